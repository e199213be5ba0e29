def settle(bins, capacity):
    if capacity <= 0 or any(content < 0 for content in bins):
        raise ValueError("capacity must be positive")
    excess = 0
    for i, content in enumerate(bins):
        total = content + excess
        bins[i] = min(total, capacity)
        excess = total - bins[i]
    return excess
