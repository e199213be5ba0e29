"""The native part of `python.py`, see `../calls/native/`: most questions are answered there, without any Python of ours."""

import ctypes
import os

from python_channel import CHANNEL, Channel, read


def load():
    """The functions of the library where it was built and can be loaded; else None."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    try:
        functions = ctypes.PyDLL(os.path.join(folder, "calls.so")).functions
    except OSError:
        return None
    functions.restype = ctypes.py_object
    return functions()


functions = load()
FastestChannel = Channel
if functions:
    open_lines, take_line, ask, reply, serve_calls, serve_requests = functions

    class FastestChannel(Channel):
        def __init__(self, number=CHANNEL):
            self.number = number
            open_lines(number, read)

        take_line = take_line
        ask = ask
        reply = reply
        serve_calls = serve_calls
        serve_requests = serve_requests
