class LedgerError(Exception):
    pass


class UnknownAccount(LedgerError, KeyError):
    pass


class Overdrawn(LedgerError):
    pass


def post(balances, entries, *, overdraft=0):
    work = dict(balances)
    for source, target, amount in entries:
        if amount <= 0 or (source is None and target is None):
            raise ValueError("invalid entry")
        if source is not None:
            if source not in work:
                raise UnknownAccount(source)
            if work[source] - amount < -overdraft:
                raise Overdrawn(source)
            work[source] -= amount
        if target is not None:
            work[target] = work.get(target, 0) + amount
    changed = sorted(n for n in work if work[n] != balances.get(n))
    balances.update(work)
    return changed
