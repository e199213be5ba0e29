import heapq


class Unknown(LookupError):
    pass


class JobBoard:
    def __init__(self, run):
        self._run = run
        self._queue = []
        self._results = {}
        self._state = {}
        self._count = 0

    def __len__(self):
        return sum(state == "waiting" for state in self._state.values())

    def add(self, name, priority=0):
        if name in self._state:
            raise ValueError(name)
        heapq.heappush(self._queue, (-priority, self._count, name))
        self._count += 1
        self._state[name] = "waiting"

    def cancel(self, name):
        if self.state(name) != "waiting":
            return False
        self._state[name] = "cancelled"
        return True

    def state(self, name):
        try:
            return self._state[name]
        except KeyError:
            raise Unknown(name) from None

    async def work(self):
        while self._queue:
            _, _, name = heapq.heappop(self._queue)
            if self._state[name] == "cancelled":
                continue
            try:
                result = await self._run(name)
            except Exception as error:
                self._state[name] = "failed"
                result = str(error)
            else:
                self._state[name] = "done"
            yield name, self._state[name], result
