def settle(bins, capacity):
    if capacity < 0 or any(content < 0 for content in bins):
        raise ValueError("negative amount")
    bins = list(bins)
    excess = 0
    for i in range(len(bins)):
        total = bins[i] + excess
        bins[i] = min(total, capacity)
        excess = total - bins[i]
    return excess
