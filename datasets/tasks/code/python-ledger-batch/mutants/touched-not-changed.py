class LedgerError(Exception):
    pass


class UnknownAccount(LedgerError, KeyError):
    pass


class Overdrawn(LedgerError):
    pass


def post(balances, entries, *, overdraft=0):
    work = balances.copy()
    touched = set()
    for source, target, amount in entries:
        if amount <= 0 or (source is None and target is None):
            raise ValueError("invalid entry")
        if source is not None and source not in work:
            raise UnknownAccount(source)
        if target is not None and target not in work:
            raise UnknownAccount(target)
        if source is not None:
            if work[source] - amount < -overdraft:
                raise Overdrawn(source)
            work[source] -= amount
            touched.add(source)
        if target is not None:
            work[target] += amount
            touched.add(target)
    balances.clear()
    balances.update(work)
    return sorted(touched)
