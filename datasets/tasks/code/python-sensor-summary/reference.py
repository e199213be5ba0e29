import math


def summarise(readings, *, floor=None, ceiling=None, trim=0):
    if trim < 0:
        raise ValueError("trim is negative")
    if floor is not None and ceiling is not None and floor > ceiling:
        raise ValueError("the floor is above the ceiling")
    low = -math.inf if floor is None else floor
    high = math.inf if ceiling is None else ceiling
    kept = sorted(min(max(reading, low), high) for reading in readings if not math.isnan(reading))
    kept = kept[trim : len(kept) - trim]
    if not kept:
        return None
    infinite = [reading for reading in kept if math.isinf(reading)]
    if infinite:
        return len(kept), sum(infinite), math.nan
    mean = math.fsum(kept) / len(kept)
    spread = math.sqrt(math.fsum((reading - mean) ** 2 for reading in kept) / len(kept))
    return len(kept), mean, spread
