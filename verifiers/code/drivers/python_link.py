"""Lends objects between two processes: the suite of a task in one sandbox, the candidate in another.

Lines of JSON go back and forth in lock step. A request asks the other side to do something with an object that it
lent: {"do": operation, "on": wire, "name", "args", "kwargs", "drop": [ids no longer held]}. Its answer is {"value": wire}
or {"raised": ...}; before it answers, the other side may make requests of its own. Both have "changed": the
arguments that stand otherwise after the call, as pairs of a number and the new content.

Either side is a `Link` with its own rules of what it lends and serves. Plain data travels by value (`python_link_wire`),
everything else is lent: a number goes over, and a stand-in (`python_stand_in`) acts for the object there.
"""

import json
import weakref

from python_link_wire import Packer, Unpacker, snapshot, was_changed
from python_stand_in import COPIES, DUNDERS, Builder
from python_wire import Unserialisable, quote

MAX_NESTING = 40
MAX_LENT = 200_000
LONGEST_TEXT = 2000

scan = json.JSONDecoder().scan_once


class Gone(BaseException):
    """The other side has ended."""


class Missing(Exception):
    """The candidate has no such name."""


class Link:
    """`rules.serve(operation, target, name)` refuses what this side does not do for the other, by an exception."""

    def __init__(self, channel, rules, given=None, lent=None):
        self.channel = channel
        self.rules = rules
        self.given = given or {}
        self.lent = {} if lent is None else lent  # number -> object
        # Identity of a lent object -> number; it lives as long as it is lent.
        self.numbers = {id(value): number for number, value in self.lent.items()}
        self.last_number = len(self.lent)
        self.stand_ins = weakref.WeakValueDictionary()
        self.dropped = []
        self.builder = Builder(self)
        self.nesting = 0
        self.answers = 0
        self.last = None  # the request made last and its answer, for evidence
        self.loop = None

    # --- what this side asks ------------------------------------------------------------------------------------

    def ask(self, operation, target=None, name=None, args=(), kwargs=None):
        if self.nesting >= MAX_NESTING:
            raise RecursionError("calls back and forth are nested deeper than %d" % MAX_NESTING)
        packer = Packer(self)
        text = '{"do":%s,"on":%s,"name":%s,"args":%s,"kwargs":%s%s}' % (
            quote(operation),
            packer.text(target),
            quote(name) if name is not None else "null",
            packer.text(list(args)),
            packer.text(kwargs or {}),
            self.drops(),
        )
        self.nesting += 1
        self.last = text, None
        try:
            answer = self.talk(text)
            self.last = text, answer
        finally:
            self.nesting -= 1
        self.answers += 1
        return self.take(answer, packer.containers)

    def drops(self):
        """What to tell of the stand-ins that are gone."""
        dropped, self.dropped = self.dropped, []
        return ',"drop":%s' % json.dumps(dropped) if dropped else ""

    def talk(self, text):
        self.channel.reply(text)
        while True:
            message = self.receive()
            if "do" not in message:
                return message
            self.channel.reply(self.serve(message))

    def receive(self):
        message = self.channel.ask()
        if type(message) is not dict or "gone" in message:
            raise Gone()
        return message

    def take(self, answer, containers):
        self.rules.hear(answer.get("out"))
        unpacker = Unpacker(self, containers)
        if "missing" in answer:
            raise Missing(str(answer["missing"]))
        error = unpacker.exception(answer["raised"]) if "raised" in answer else None
        value = None if error else unpacker.value(answer["value"])
        for index, content in answer.get("changed") or ():
            unpacker.rewrite(containers[index], content)
        if error:
            raise error
        return value

    # --- what this side serves ----------------------------------------------------------------------------------

    def serve(self, request):
        unpacker = Unpacker(self, [])
        try:
            target = unpacker.value(request["on"])
            args, kwargs = unpacker.items(request["args"]), unpacker.members(request["kwargs"])
            self.forget(request.get("drop"))
            before = [snapshot(item) for item in unpacker.containers]
        except Exception as error:
            return '{"raised":%s}' % Packer(self).exception(error)
        result = raised = None
        try:
            self.rules.serve(request["do"], target, request["name"])
            result = operations[request["do"]](self, target, request["name"], args, kwargs)
        except BaseException as error:
            raised = error
        return self.told(unpacker.containers, before, result, raised)

    def told(self, containers, before, result, raised):
        """The answer to a request, from the containers among its arguments, what stood in them before, and what came."""
        packer = Packer(self)
        packer.know(containers)
        try:
            if raised is not None:
                raise raised
            text = '"value":%s' % packer.text(result)
        except Missing as error:
            text = '"missing":%s' % quote(str(error))
        except Gone:
            raise
        except Unserialisable as reason:
            text = '"raised":%s' % packer.exception(TypeError("it cannot be handed over: %s" % reason))
        except BaseException as error:
            text = '"raised":%s' % packer.exception(error)
        return "{%s%s%s}" % (text, changes(packer, containers, before), self.spoken())

    def spoken(self):
        text = self.rules.spoken()
        return ',"out":%s' % quote(text) if text else ""

    def lend(self, value):
        number = self.numbers.get(id(value))
        if number is None:
            if len(self.lent) >= MAX_LENT:
                raise Unserialisable("more than %d objects are lent" % MAX_LENT)
            self.last_number += 1
            number = self.last_number
            self.lent[number] = value
            self.numbers[id(value)] = number
        return number

    def forget(self, numbers):
        for number in numbers or ():
            value = self.lent.pop(number, None)
            if value is not None:
                self.numbers.pop(id(value), None)

    def wait_for(self, awaitable):
        """Runs an awaitable to its end, also within a call that a running loop waits for."""
        import asyncio
        import threading

        if asyncio._get_running_loop() is None:
            self.loop = self.loop or asyncio.new_event_loop()
            return self.loop.run_until_complete(finish(awaitable))
        box = []
        thread = threading.Thread(target=lambda: box.append(outcome_of(asyncio.run, awaitable)))
        thread.start()
        thread.join()
        value, error = box[0]
        if error is not None:
            raise error
        return value


def changes(packer, containers, before):
    texts = []
    for index, (item, old) in enumerate(zip(containers, before)):
        if was_changed(item, old):
            try:
                texts.append("[%d,%s]" % (index, packer.content(item)))
            except Unserialisable:
                pass
    return ',"changed":[%s]' % ",".join(texts) if texts else ""


async def finish(awaitable):
    return await awaitable


def outcome_of(run, awaitable):
    try:
        return run(finish(awaitable)), None
    except BaseException as error:
        return None, error


# --- operations ---------------------------------------------------------------------------------------------------


def special(link, target, name, args, kwargs):
    """What an operator or a built-in function of the other side comes to: the method of the class, as Python has it."""
    if name not in DUNDERS:
        raise AttributeError(name)
    return getattr(type(target), name)(target, *args, **kwargs)


def plain(link, target, name, args, kwargs):
    """The part of an instance that is of a built-in class, without what its own class makes of it."""
    for kind in (int, float, str, tuple, list, dict, set, frozenset, bytes):
        if isinstance(target, kind):
            return kind.__new__(kind, target) if kind in (int, float, str, tuple, frozenset, bytes) else copy_of(kind, target)
    raise TypeError("no built-in value")


def copy_of(kind, target):
    if kind is dict:
        return dict(dict.items(target))
    return kind(kind.__iter__(target))


operations = {
    "item": lambda link, target, name, args, kwargs: target[args[0]],
    "copy": lambda link, target, name, args, kwargs: COPIES[name](target),
    "dir": lambda link, target, name, args, kwargs: dir(target),
    "get": lambda link, target, name, args, kwargs: link.rules.get(name),
    "names": lambda link, target, name, args, kwargs: link.rules.names(name),
    "put": lambda link, target, name, args, kwargs: link.rules.put(name, args[0]),
    "call": lambda link, target, name, args, kwargs: target(*args, **kwargs),
    "method": lambda link, target, name, args, kwargs: getattr(target, name)(*args, **kwargs),
    "attr": lambda link, target, name, args, kwargs: getattr(target, name),
    "set": lambda link, target, name, args, kwargs: setattr(target, name, args[0]),
    "delete": lambda link, target, name, args, kwargs: delattr(target, name),
    "special": special,
    "plain": plain,
    "await": lambda link, target, name, args, kwargs: link.wait_for(target),
    "anext": lambda link, target, name, args, kwargs: link.wait_for(target.__anext__()),
}
