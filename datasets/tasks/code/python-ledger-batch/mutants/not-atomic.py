class LedgerError(Exception):
    pass


class UnknownAccount(LedgerError, KeyError):
    pass


class Overdrawn(LedgerError):
    pass


def post(balances, entries, *, overdraft=0):
    before = dict(balances)
    for source, target, amount in entries:
        if amount <= 0:
            raise ValueError("amount must be positive")
        if source is None and target is None:
            raise ValueError("entry without accounts")
        if source is not None and source not in balances:
            raise UnknownAccount(source)
        if target is not None and target not in balances:
            raise UnknownAccount(target)
        if source is not None:
            if balances[source] - amount < -overdraft:
                raise Overdrawn(source)
            balances[source] -= amount
        if target is not None:
            balances[target] += amount
    return sorted(name for name in balances if balances[name] != before[name])
