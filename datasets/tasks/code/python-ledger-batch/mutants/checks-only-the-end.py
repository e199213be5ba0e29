class LedgerError(Exception):
    pass


class UnknownAccount(LedgerError, KeyError):
    pass


class Overdrawn(LedgerError):
    pass


def post(balances, entries, *, overdraft=0):
    net = {name: 0 for name in balances}
    for source, target, amount in entries:
        if amount <= 0 or (source is None and target is None):
            raise ValueError("invalid entry")
        for name, sign in ((source, -1), (target, 1)):
            if name is None:
                continue
            if name not in net:
                raise UnknownAccount(name)
            net[name] += sign * amount
    for name, change in net.items():
        if change < 0 and balances[name] + change < -overdraft:
            raise Overdrawn(name)
    for name, change in net.items():
        balances[name] += change
    return sorted(name for name, change in net.items() if change)
