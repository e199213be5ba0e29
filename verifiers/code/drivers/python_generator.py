"""Draws inputs by a task's own program, in a sandbox that holds no candidate.

The first line is {"source": text}, which defines `generate(random)`; the reply is {"ready": true} or {"fault": text}. Each
further line is a plan, {"seed": text} or {"choices": [...]}, and its reply {"args": wire, "choices": [...]}, {"tooMany": true} or
{"fault": text}.

`random` is a `random.Random` all of whose numbers are whole ones below a bound, taken from the seed or from the list: 0 where
that has ended. What was drawn is told, so that an input can be drawn again with simpler choices.
"""

import json
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from python_channel import Channel  # noqa: E402
from python_wire import Unserialisable, encode  # noqa: E402

MOST_DRAWS = 20_000
MOST_BELOW = 1 << 31
MAX_MESSAGE = 500


class TooMany(BaseException):
    """An input drew more numbers than anyone has use for."""


class Drawn(random.Random):
    """All methods of the class come down to the three at the end."""

    def __init__(self, next_below):
        super().__init__(0)
        self.next_below = next_below
        self.choices_made = []

    def below(self, bound):
        if len(self.choices_made) >= MOST_DRAWS:
            raise TooMany()
        value = self.next_below(bound, len(self.choices_made))
        self.choices_made.append(value)
        return value

    def _randbelow(self, bound):
        return self.below(bound) if bound <= MOST_BELOW else self.getrandbits(bound.bit_length() + 30) % bound

    def random(self):
        return (self.below(1 << 27) * (1 << 26) + self.below(1 << 26)) / (1 << 53)

    def getrandbits(self, count):
        value = 0
        for taken in range(0, count, 30):
            value = value << min(30, count - taken) | self.below(1 << min(30, count - taken))
        return value


def numbers_of(plan):
    if "seed" in plan:
        source = random.Random(plan["seed"])
        return lambda bound, index: source.randrange(bound)
    listed = plan["choices"]
    return lambda bound, index: min(listed[index], bound - 1) if index < len(listed) else 0


def draw(generate, plan):
    drawn = Drawn(numbers_of(plan))
    try:
        args = generate(drawn)
        if type(args) not in (list, tuple):
            raise TypeError("generate(random) gives %s, not the list of arguments" % type(args).__name__)
        return '{"args":%s,"choices":%s}' % (encode(list(args)), json.dumps(drawn.choices_made))
    except TooMany:
        return '{"tooMany":true}'
    except (Exception, Unserialisable) as error:
        return fault(error)


def fault(error):
    return json.dumps({"fault": "%s: %s" % (type(error).__name__, str(error)[:MAX_MESSAGE])})


def load(source):
    names = {"__name__": "generator"}
    exec(compile(source, "generator.py", "exec", dont_inherit=True), names)
    return names["generate"]


def main():
    channel = Channel()
    try:
        generate = load(channel.ask()["source"])
    except Exception as error:
        channel.reply(fault(error))
        return
    channel.reply('{"ready":true}')
    plan = channel.ask()
    while plan is not None:
        channel.reply(draw(generate, plan))
        plan = channel.ask()


if __name__ == "__main__":
    main()
