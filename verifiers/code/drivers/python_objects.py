"""Steps of a case, for `python`: objects of the candidate that outlast a call, and helpers of the task's to call back.

A question about a step is {"id", "step": {"new" | "call" | "get", "on", "take", "as", "expects", "first"}, "args", "kwargs",
"argsAfter"}. Among arguments {"$handle": name} is what an earlier step of the case kept, and {"$helper": name} a function
that lives elsewhere: to call it, a line {"helper", "args", "kwargs"} goes out, and its answer {"returned": wire} or
{"raised": {"type", "message"}} comes back before the reply to the question does.
"""

import _thread
import builtins
import itertools
from builtins import BaseException, Exception, KeyError, TypeError, callable, getattr, isinstance, issubclass, iter, list, str, type

from python_wire import Unserialisable, decode, decoders, encode, members_of, mro_of, quote

islice = itertools.islice
built_in_errors = {
    name: item for name, item in vars(builtins).items() if isinstance(item, type) and issubclass(item, BaseException)
}


class Absent(BaseException):
    """A name that the candidate does not define, or an object that no step kept."""


class Objects:
    def __init__(self, channel, nested, describe):
        self.channel = channel
        self.nested, self.describe = nested, describe
        self.kept = {}
        self.loop = None
        self.turn = _thread.allocate_lock()
        decoders["$handle"] = self.handle
        decoders["$helper"] = self.helper
        decoders["$asyncHelper"] = self.async_helper

    def reply_to(self, module, question):
        try:
            members = self.answer(module, question)
        except Gone:
            raise
        except Unserialisable as reason:
            members = '"unserialisable":%s' % quote("an argument changed to %s" % reason)
        except BaseException:
            members = '"unserialisable":"a result that breaks its own serialisation"'
        return '{"id":%d,%s}' % (question["id"], members)

    def answer(self, module, question):
        """The members of the reply, as JSON text."""
        step = question["step"]
        if step["first"]:
            self.kept.clear()
        args = ()
        try:
            args = decode(question["args"])
            value = self.do(module, step, args, decode(question["kwargs"]))
            text = '"returned":%s' % (self.nested(encode, value) if step["expects"] else "null")
        except Absent as absent:
            return '"undefined":%s' % quote(str(absent))
        except Unserialisable as reason:
            return '"unserialisable":%s' % quote(str(reason))
        except Gone:
            raise
        except BaseException as error:
            text = '"raised":%s' % self.nested(self.describe, error)
        return text + (',"argsAfter":%s' % self.nested(encode, args) if question["argsAfter"] else "")

    def do(self, module, step, args, kwargs):
        """What a step comes to."""
        value = kept = self.settled(self.perform(module, step, args, kwargs))
        if "take" in step:
            kept, value = self.take(value, step["take"])
        if "as" in step:
            self.kept[step["as"]] = kept
        return value

    def perform(self, module, step, args, kwargs):
        target = self.find(module, step["on"]) if "on" in step else None
        if "get" in step:
            return getattr(target, step["get"])
        name = step.get("new", step.get("call"))
        if name is None:
            return target
        function = getattr(target, name) if "on" in step else self.named(module, name)
        if not callable(function):
            raise Absent(name)
        return function(*args, **kwargs)

    def find(self, module, name):
        return self.kept[name] if name in self.kept else self.named(module, name)

    def named(self, module, name):
        try:
            return module.__dict__[name]
        except KeyError:
            raise Absent(name) from None

    def handle(self, name):
        try:
            return self.kept[name]
        except KeyError:
            raise Absent(name) from None

    # --- what waits -------------------------------------------------------------------------------------------------

    def settled(self, value):
        return self.wait_for(value) if has_member(value, "__await__") else value

    def wait_for(self, awaitable):
        """One loop for all steps: what waits in one may be set free by another."""
        if self.loop is None:
            import asyncio

            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)
        return self.loop.run_until_complete(finish(awaitable))

    def take(self, value, count):
        """The iterator, and its next items."""
        if not has_member(value, "__aiter__"):
            iterator = iter(value)
            return iterator, list(islice(iterator, count))
        iterator = value.__aiter__()
        return iterator, self.wait_for(next_items(iterator, count))

    # --- helpers ----------------------------------------------------------------------------------------------------

    def helper(self, name):
        def helper(*args, **kwargs):
            return self.ask(name, args, kwargs)

        return helper

    def async_helper(self, name):
        async def helper(*args, **kwargs):
            return self.ask(name, args, kwargs)

        return helper

    def ask(self, name, args, kwargs):
        text = '{"helper":%s,"args":%s,"kwargs":%s}' % (quote(name), plain(list(args)), plain(kwargs))
        with self.turn:
            self.channel.reply(text)
            answer = self.channel.ask()
        if answer is None:
            raise Gone()
        if "raised" in answer:
            raise error_of(**answer["raised"])
        return decode(answer["returned"])


class Gone(BaseException):
    """Nobody answers any more: the talk has ended."""


def plain(value):
    try:
        return encode(value)
    except Unserialisable as reason:
        raise TypeError("this can only be called with plain values, not with %s" % reason) from None


def error_of(type, message):
    kind = built_in_errors.get(type)
    return kind(message) if kind else Exception("%s: %s" % (type, message))


def has_member(value, name):
    for base in mro_of(type(value)):
        if name in members_of(base):
            return True
    return False


async def finish(awaitable):
    return await awaitable


async def next_items(iterator, count):
    items = []
    while len(items) < count:
        try:
            items.append(await iterator.__anext__())
        except StopAsyncIteration:
            break
    return items
