class LedgerError(Exception):
    pass


class UnknownAccount(LedgerError, KeyError):
    pass


class Overdrawn(LedgerError):
    pass


def post(balances, entries, *, overdraft=0):
    draft = dict(balances)
    for source, target, amount in entries:
        if amount <= 0 or source is None and target is None:
            raise ValueError("an entry moves a positive amount from or to an account")
        for name in (source, target):
            if name is not None and name not in draft:
                raise UnknownAccount(name)
        if source is not None:
            draft[source] -= amount
            if draft[source] < -overdraft:
                raise Overdrawn(source)
        if target is not None:
            draft[target] += amount
    changed = sorted(name for name in draft if draft[name] != balances[name])
    balances.update(draft)
    return changed
