import math


def summarise(readings, *, floor=None, ceiling=None, trim=0):
    if trim < 0 or (floor is not None and ceiling is not None and floor > ceiling):
        raise ValueError("bad options")
    values = [r for r in readings if not math.isnan(r)]
    if floor is not None:
        values = [max(v, floor) for v in values]
    if ceiling is not None:
        values = [min(v, ceiling) for v in values]
    values.sort()
    values = values[trim:len(values) - trim]
    n = len(values)
    if n == 0:
        return None
    mean = sum(values) / n
    if n == 1 and math.isfinite(mean):
        return 1, mean, 0.0
    variance = sum((v - mean) ** 2 for v in values) / max(n - 1, 1)
    return n, mean, math.sqrt(variance)
