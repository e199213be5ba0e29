def frontiers(land):
    result = {}
    for (r, c), owner in land.items():
        if owner is None:
            continue
        for dr, dc in ((1, 0), (0, 1)):
            other = land.get((r + dr, c + dc))
            if other is not None and other != owner:
                key = (owner, other)
                result[key] = result.get(key, 0) + 1
    return result


def enclosed(land):
    result = {}
    seen = set()
    for start, owner in land.items():
        if owner is not None or start in seen:
            continue
        stack, group, owners, open_sea = [start], {start}, set(), False
        while stack:
            r, c = stack.pop()
            for dr, dc in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                n = (r + dr, c + dc)
                if n not in land:
                    open_sea = True
                elif land[n] is not None:
                    owners.add(land[n])
                elif n not in group:
                    group.add(n)
                    stack.append(n)
        seen |= group
        if not open_sea and len(owners) == 1:
            result.setdefault(owners.pop(), set()).update(group)
    return result
