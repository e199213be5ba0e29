def settle(bins, capacity):
    if capacity < 0 or any(content < 0 for content in bins):
        raise ValueError("neither a capacity nor the content of a bin can be negative")
    excess = 0
    for position, content in enumerate(bins):
        content += excess
        bins[position] = min(content, capacity)
        excess = content - bins[position]
    return excess
