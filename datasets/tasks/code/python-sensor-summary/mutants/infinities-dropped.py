import math
from statistics import fmean, pstdev


def summarise(readings, *, floor=None, ceiling=None, trim=0):
    if trim < 0 or (floor is not None and ceiling is not None and floor > ceiling):
        raise ValueError("bad options")
    values = []
    for reading in readings:
        if math.isnan(reading):
            continue
        if floor is not None:
            reading = max(reading, floor)
        if ceiling is not None:
            reading = min(reading, ceiling)
        if math.isfinite(reading):
            values.append(reading)
    values.sort()
    values = values[trim:len(values) - trim]
    if not values:
        return None
    return len(values), fmean(values), pstdev(values)
