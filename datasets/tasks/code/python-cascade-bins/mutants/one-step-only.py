def settle(bins, capacity):
    if capacity < 0 or any(content < 0 for content in bins):
        raise ValueError("negative amount")
    overflow = [max(0, content - capacity) for content in bins]
    for i, extra in enumerate(overflow):
        bins[i] -= extra
        if i + 1 < len(bins):
            bins[i + 1] += extra
    return overflow[-1] if overflow else 0
