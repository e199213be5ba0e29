def settle(bins, capacity):
    if capacity < 0:
        raise ValueError("capacity must not be negative")
    excess = 0
    for i, content in enumerate(bins):
        if content < 0:
            raise ValueError(f"bin {i} is negative")
        total = content + excess
        bins[i] = min(total, capacity)
        excess = total - bins[i]
    return excess
