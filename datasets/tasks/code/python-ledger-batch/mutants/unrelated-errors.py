class LedgerError(Exception):
    pass


class UnknownAccount(KeyError):
    pass


class Overdrawn(LedgerError):
    pass


def post(balances, entries, *, overdraft=0):
    work = dict(balances)
    for source, target, amount in entries:
        if amount <= 0 or (source is None and target is None):
            raise ValueError("invalid entry")
        for name in (source, target):
            if name is not None and name not in work:
                raise UnknownAccount(name)
        if source is not None:
            if work[source] + overdraft < amount:
                raise Overdrawn(source)
            work[source] -= amount
        if target is not None:
            work[target] += amount
    changed = sorted(n for n in work if work[n] != balances[n])
    balances.update(work)
    return changed
