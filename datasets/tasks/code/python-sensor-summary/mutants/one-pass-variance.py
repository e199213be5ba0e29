import math


def summarise(readings, *, floor=None, ceiling=None, trim=0):
    if trim < 0 or (floor is not None and ceiling is not None and floor > ceiling):
        raise ValueError("bad options")
    values = sorted(r for r in readings if not math.isnan(r))
    if floor is not None:
        values = [max(v, floor) for v in values]
    if ceiling is not None:
        values = [min(v, ceiling) for v in values]
    values = values[trim:len(values) - trim]
    if not values:
        return None
    n = len(values)
    mean = sum(values) / n
    if math.isinf(mean) or math.isnan(mean):
        return n, mean, math.nan
    mean_square = sum(v * v for v in values) / n
    return n, mean, math.sqrt(max(0.0, mean_square - mean * mean))
