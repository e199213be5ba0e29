"""Loads the warm programs of a slot, and becomes one of them for each job; the rest is native, see slot.h.

Its argument is JSON: `library` is the native part, `socket` where the launcher connects, `seccomp` the filter in
base64, `warm` the modules of the programs in the order of their numbers, `cpu` which of the CPUs the slot keeps to, or -1.
"""

import base64
import ctypes
import gc
import importlib.util
import json
import os
import signal
import sys


def main(config):
    programs = [load_module(path) for path in config["warm"]]
    slot = ctypes.PyDLL(config["library"])
    slot.serve.restype = ctypes.py_object
    seccomp = base64.b64decode(config["seccomp"])
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # with a handler, a candidate could send it to process 1
    gc.collect()
    gc.freeze()
    number, argv, variables = slot.serve(config["socket"].encode(), seccomp, len(seccomp), config["cpu"])
    become(programs[number], argv, variables)


def load_module(path):
    """Imports a warm program from its file, without running its `main`."""
    spec = importlib.util.spec_from_file_location("warm_" + os.path.basename(path).replace(".", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def become(program, argv, variables):
    """Few steps, in few modules: each page that this writes to has to be copied for each job."""
    for variable in variables:
        name, _, value = variable.partition("=")
        os.environ[name] = value
    sys.argv = argv[1:]
    code = 1
    try:
        code = program.main(argv)
    except SystemExit as stop:
        code = stop.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
