def settle(bins, capacity):
    if capacity < 0 or any(content < 0 for content in bins):
        raise ValueError("negative amount")
    for i in range(len(bins) - 1):
        extra = max(0, bins[i] - capacity)
        bins[i] -= extra
        bins[i + 1] += extra
    return 0
