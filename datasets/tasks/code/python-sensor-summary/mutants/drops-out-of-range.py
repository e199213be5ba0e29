import math


def summarise(readings, *, floor=None, ceiling=None, trim=0):
    if trim < 0:
        raise ValueError("trim must not be negative")
    low = -math.inf if floor is None else floor
    high = math.inf if ceiling is None else ceiling
    if low > high:
        raise ValueError("floor above ceiling")
    values = sorted(r for r in readings if low <= r <= high)
    values = values[trim:len(values) - trim]
    if not values:
        return None
    n = len(values)
    mean = sum(values) / n
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / n)
    return n, mean, spread
