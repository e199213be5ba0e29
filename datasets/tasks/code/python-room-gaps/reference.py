def gaps(bookings, opens, closes, length):
    found = []
    free = opens
    for start, end in bookings:
        if end <= opens:
            continue
        if start >= closes:
            break
        if start - free >= length:
            found.append((free, start))
        free = end
    if closes - free >= length:
        found.append((free, closes))
    return found
