"""Runs a Python candidate inside the sandbox.

Speaks lines of JSON on file descriptor 3, one reply to each question, in lock step:

    {"source": text}                    -> {"compiled": true} or {"syntax": {"message", "line", "column"}}
    {"load": true}                      -> {"loaded": true} or {"raised": ...}
    {"id", "call", "args", "kwargs", "argsAfter": bool}
                                        -> {"id", "returned": wire}, {"id", "raised": {"type", "bases", "message",
                                           "line"}}, {"id", "unserialisable": text} or {"id", "undefined": name};
                                           with "argsAfter" also the arguments as they stand after the call

Questions of steps have "step" instead of "call": see `python_objects`.
With "setup" (a text, or null) in the first line, what follows the load is requests of a suite: see `python_served`.

No secret is in here: expected values stay outside, so a reply that a candidate forges has to be the right answer.
Names are bound before the candidate runs, so that one that patches modules breaks nothing but itself.
`main` also works in a process forked from one that imported this file.
"""

import builtins
import os
import sys
import types
from builtins import (
    BaseException,
    RecursionError,
    SystemExit,
    bytes,
    callable,
    exec,
    getattr,
    int,
    isinstance,
    len,
    max,
    object,
    set,
    str,
    type,
)

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from python_channel import Channel, read  # noqa: E402
from python_program import FILE, MAX_MESSAGE, compile_candidate, describe_syntax, prepare  # noqa: E402
from python_wire import MAX_DEPTH, Unserialisable, decode, encode, mro_of, name_of, quote  # noqa: E402

del sys.path[0]

new_channel = Channel
exit_now = os._exit
get_limit, set_limit = sys.getrecursionlimit, sys.setrecursionlimit
loaded_modules = sys.modules
built_in_classes = {name: item for name, item in vars(builtins).items() if isinstance(item, type)}
coroutine = types.CoroutineType


# --- exceptions -------------------------------------------------------------------------------------------------


def class_name(kind):
    """A class of the candidate's own does not pass for the built-in one of the same name."""
    name = name_of(kind)
    return name if built_in_classes.get(name, kind) is kind else "candidate." + name


def describe(error):
    names = [class_name(kind) for kind in mro_of(type(error)) if kind is not object]
    fields = {"type": names[0], "bases": names[1:], "message": message_of(error), "line": line_of(error)}
    return encode(fields)


def message_of(error):
    try:
        return str.__str__(str(error))[:MAX_MESSAGE]
    except BaseException:
        return ""


def line_of(error):
    """The line of the candidate's own code in which the exception came up."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


# --- calls ------------------------------------------------------------------------------------------------------


def load(code, names=()):
    module = types.ModuleType("candidate")
    module.__dict__.update(names)
    module.__file__ = FILE
    loaded_modules["candidate"] = module
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        return module, '{"raised":%s}' % nested(describe, error)
    return module, '{"loaded":true}'


def nested(action, *arguments):
    """Calls with room on the stack, whatever limit the candidate has set."""
    limit = get_limit()
    set_limit(max(limit, 10 * MAX_DEPTH))
    try:
        return action(*arguments)
    finally:
        try:
            set_limit(limit)
        except RecursionError:
            pass


def finished(result):
    if type(result) is coroutine:
        import asyncio

        return asyncio.run(result)
    return result


def answer(module, question):
    """The members of the reply, as JSON text."""
    function = module.__dict__.get(question["call"])
    if not callable(function):
        return '"undefined":%s' % quote(question["call"])
    args, result, raised = decode(question["args"]), None, None
    try:
        result = function(*args, **decode(question["kwargs"]))
    except BaseException as error:
        raised = error
    return outcome(args, question["argsAfter"], result, raised)


def outcome(args, wants_args, result, raised):
    """The same of a call that was made."""
    try:
        if raised is None:
            text = '"returned":%s' % nested(encode, finished(result))
    except Unserialisable as reason:
        return '"unserialisable":%s' % quote(str(reason))
    except BaseException as error:
        raised = error
    if raised is not None:
        text = '"raised":%s' % nested(describe, raised)
    return text + (',"argsAfter":%s' % nested(encode, args) if wants_args else "")


def reply_to(number, make_members, *arguments):
    try:
        members = make_members(*arguments)
    except Unserialisable as reason:
        members = '"unserialisable":%s' % quote("an argument changed to %s" % reason)
    except BaseException:
        members = '"unserialisable":"a result that breaks its own serialisation"'
    return '{"id":%d,%s}' % (number, members)


def serve_calls(channel, code):
    if channel.take_line() is None:
        return
    module, reply = load(code)
    channel.reply(reply)
    objects = None
    while True:
        work = channel.serve_calls(module.__dict__)
        if work is None:
            return
        question = read(work) if type(work) is bytes else None
        if question is None:
            reply = reply_to(work[0], outcome, *work[1:])
        elif "step" in question:
            objects = objects or import_ours("python_objects").Objects(channel, nested, describe)
            reply = objects.reply_to(module, question)
        else:
            reply = reply_to(question["id"], answer, module, question)
        channel.reply(reply)


# --- start ------------------------------------------------------------------------------------------------------


def main(argv):
    prepare()
    stdout = sys.stdout
    serve(new_channel())
    try:
        stdout.flush()
    finally:
        exit_now(0)


def serve(channel):
    first = channel.ask()
    try:
        code = compile_candidate(first["source"])
    except BaseException as error:
        channel.reply('{"syntax":%s}' % encode(describe_syntax(error)))
        return
    channel.reply('{"compiled":true}')
    if "setup" in first:
        import_ours("python_served").serve_suite(channel, first["setup"], code, load, nested)
    else:
        serve_calls(channel, code)


def preload():
    """Modules that candidates often import: loaded once here instead of in each fork. Not `threading`, which costs
    every fork more than it saves the few that need it."""
    for name in COMMON_MODULES.split():
        __import__(name)
    import_ours("python_served")
    import_ours("python_objects")


ours = {}


def import_ours(name):
    """A module that lies beside this one; no candidate finds it by its path."""
    if name not in ours:
        sys.path.insert(0, HERE)
        try:
            ours[name] = __import__(name)
        finally:
            sys.path.remove(HERE)
    return ours[name]


COMMON_MODULES = """
    abc bisect calendar collections.abc contextlib copy dataclasses decimal enum fractions functools heapq itertools
    math operator re statistics string textwrap time typing
"""

def rehearse():
    """Runs what every job runs, often enough for the interpreter to have settled on how: a fork then writes to less of
    the memory that it shares, and each page that it writes to has to be copied.
    """
    stdout = sys.stdout
    for _ in range(60):
        for lines in REHEARSALS:
            ours, its = socketpair()
            with ours, its:
                ours.sendall("".join("%s\n" % dumps(line, separators=(",", ":")) for line in lines).encode())
                ours.shutdown(SHUT_WR)
                prepare()
                serve(new_channel(its.fileno()))
    sys.stdout = stdout
    del loaded_modules["candidate"]


REHEARSAL = """
from typing import Any, Dict, List, Optional, Set, Tuple, Union

class Thing:
    def __init__(self, value):
        self.value = value

def echo(*values: Any) -> Tuple[List[Any], Dict[str, int], Set[int]]:
    return [Thing(value).value for value in values], {"values": len(values)}, sorted({1, 2})

def fail(*values):
    raise ValueError(f"{values}")
"""
PLAIN = [1, 2.5, "text", None, True, [1, [2]], {"key": {"a": 1}}, {"$tuple": [1, 2]}]
OTHERS = [*PLAIN, {"$int": "12345678901234567890"}]
QUESTION = {"args": OTHERS, "kwargs": {}, "argsAfter": True}
REQUEST = {"on": {"$ref": 1}, "name": "__call__", "args": OTHERS, "kwargs": {}}
REHEARSALS = [
    [
        {"source": REHEARSAL},
        {"load": True},
        {"id": 0, "call": "echo", **QUESTION},
        {"id": 1, "call": "fail", **QUESTION},
        {"id": 2, "call": "echo", **QUESTION, "args": PLAIN},
    ],
    [
        {"source": REHEARSAL, "setup": "from typing import List"},
        {"load": True},
        {"do": "get", **REQUEST, "on": None, "name": "echo", "args": []},
        {"do": "special", **REQUEST},
        {"do": "special", **REQUEST, "args": [OTHERS, "text"]},
        {"do": "special", **REQUEST, "args": PLAIN},
    ],
]


if __name__ == "__main__":
    main(sys.argv)
else:
    from json import dumps
    from socket import SHUT_WR, socketpair

    preload()
    new_channel = import_ours("python_native").FastestChannel
    rehearse()
