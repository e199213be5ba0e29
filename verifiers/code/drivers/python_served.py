"""Serves a candidate to a suite in another sandbox: see `python_link`."""

import importlib
import io
import sys
import types

from python_channel import read
from python_link import Link, Missing

MAX_SPOKEN = 64 << 10
MISSING = object()


def serve_suite(channel, setup, code, load, nested):
    """Loads the candidate on the first line, then does what the suite asks for until it asks no more."""
    channel.take_line()
    sys.stdout = spoken.stream
    try:
        names = run_setup(setup)
    except Exception:  # the suite finds the same, and tells of it
        names = {}
    module, reply = load(code, names)
    channel.reply(reply)
    if reply.startswith('{"raised"'):
        return
    nested(serve_requests, channel, module, classes_among(names), nested)


def serve_requests(channel, module, classes, nested):
    link, lent = None, {}
    while True:
        work = channel.serve_requests(None if link else module.__dict__, lent, printed)
        if work is None:
            return
        link = link or Link(channel, CandidateRules(module), classes, lent)
        if type(work) is bytes:
            reply = nested(link.serve, read(work))
        else:
            reply = nested(link.told, *work)
        channel.reply(reply)


def run_setup(setup):
    """The names that a task's set-up defines."""
    if not setup:
        return {}
    names = {"__name__": "given"}
    exec(compile(setup, "setup.py", "exec", dont_inherit=True), names)
    return {name: item for name, item in names.items() if name[:2] != "__"}


def classes_among(names):
    return {name: item for name, item in names.items() if isinstance(item, type) and item.__module__ == "given"}


class CandidateRules:
    """The candidate serves its own names, and refuses nothing: the suite is trusted."""

    trusts = True

    def __init__(self, module):
        self.module = module
        self.spoken = spoken.take

    def get(self, name):
        module, name = self.place(name)
        if name == "":
            return True
        value = vars(module).get(name, MISSING)
        # A module within a package is imported by its own name.
        if value is MISSING or module is not self.module and isinstance(value, types.ModuleType):
            raise Missing(name)
        return value

    def names(self, name=None):
        module, _ = self.place(name or "")
        names = vars(module).get("__all__")
        if names is None:
            names = [n for n in vars(module) if n[:1] != "_" and not isinstance(vars(module)[n], types.ModuleType)]
        return list(names)

    def put(self, name, value):
        module, name = self.place(name)
        setattr(module, name, value)

    def place(self, name):
        """`shop.cart:Cart` is a name of that module of a tree; any other name is one of the only module."""
        module, colon, name = name.rpartition(":")
        return (importlib.import_module(module) if colon else self.module), name

    def serve(self, operation, target, name):
        pass

    def may_lend(self, value, kind):
        return True

    def hear(self, text):
        pass


class Spoken:
    """Takes what a candidate prints, so that it comes out where the suite listens for it."""

    def __init__(self):
        self.bytes = io.BytesIO()
        self.stream = io.TextIOWrapper(self.bytes, encoding="utf-8", errors="surrogateescape", write_through=True)

    def take(self):
        data = self.bytes.getvalue()
        if not data:
            return ""
        self.bytes.seek(0)
        self.bytes.truncate()
        return data[:MAX_SPOKEN].decode("utf-8", "replace")


spoken = Spoken()  # here, where it is done once, and not in each fork
printed = spoken.bytes.getvalue
