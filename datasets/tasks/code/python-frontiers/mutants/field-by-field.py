def frontiers(land):
    result = {}
    for (r, c), owner in land.items():
        if owner is None:
            continue
        for dr, dc in ((1, 0), (0, 1)):
            other = land.get((r + dr, c + dc))
            if other is not None and other != owner:
                key = tuple(sorted((owner, other)))
                result[key] = result.get(key, 0) + 1
    return result


def enclosed(land):
    result = {}
    for (r, c), owner in land.items():
        if owner is not None:
            continue
        around = [land.get((r + dr, c + dc), "sea") for dr, dc in ((1, 0), (-1, 0), (0, 1), (0, -1))]
        owners = {name for name in around if name is not None}
        if len(owners) == 1 and "sea" not in owners:
            result.setdefault(owners.pop(), set()).add((r, c))
    return result
