def neighbours(field):
    row, column = field
    return [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]


def frontiers(land):
    sides = {}
    for (row, column), owner in land.items():
        for neighbour in ((row + 1, column), (row, column + 1)):
            other = land.get(neighbour)
            if owner is None or other is None or owner == other:
                continue
            pair = (min(owner, other), max(owner, other))
            sides[pair] = sides.get(pair, 0) + 1
    return sides


def region(land, start):
    found, waiting = {start}, [start]
    while waiting:
        for field in neighbours(waiting.pop()):
            if field in land and land[field] is None and field not in found:
                found.add(field)
                waiting.append(field)
    return found


def enclosed(land):
    result, seen = {}, set()
    for field, owner in land.items():
        if owner is not None or field in seen:
            continue
        fields = region(land, field)
        seen |= fields
        around = {land.get(n, "") for f in fields for n in neighbours(f) if n not in fields}
        if len(around) == 1 and "" not in around:
            result.setdefault(around.pop(), set()).update(fields)
    return result
