def settle(bins, capacity):
    if capacity < 0 or any(content < 0 for content in bins):
        raise ValueError("negative amount")
    spilt = 0
    for i in range(len(bins)):
        while bins[i] > capacity:
            bins[i] -= 1
            if i + 1 < len(bins):
                bins[i + 1] += 1
            else:
                spilt += 1
    return spilt
