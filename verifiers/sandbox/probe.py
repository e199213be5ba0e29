"""Tries, from inside a sandbox, what a candidate must not be able to do. Prints one JSON object of name -> why not.

A trial that holds is `null`. Arguments: a loopback port that listens on the host, and paths that must not be seen.
"""

import ctypes
import json
import os
import signal
import socket
import sys

libc = ctypes.CDLL(None, use_errno=True)
NEW_USER_NAMESPACE = 0x10000000
PTRACE_TRACEME = 0


def status(field):
    with open("/proc/self/status") as lines:
        return next(line.split()[1] for line in lines if line.startswith(field + ":"))


def expect(condition, why):
    return None if condition else why


def refused(result):
    return expect(result < 0, "it was allowed")


def opens_for_writing(path):
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT))  # never written to: it may be the host's own setting
    except OSError:
        return None
    return f"{path} opened for writing"


def network():
    port = int(sys.argv[1])
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
    except OSError:
        return None
    return "a port of the host answered"


def processes():
    others = [name for name in os.listdir("/proc") if name.isdigit() and int(name) not in (1, 2, os.getpid())]
    return expect(not others, f"other processes are visible: {others}")


def process_limit():
    children = []
    try:
        for _ in range(200):
            child = os.fork()
            if child == 0:
                signal.pause()
            children.append(child)
    except OSError:
        return None
    finally:
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)
    return "200 processes could be started under a limit of 8"


def hidden():
    seen = [path for path in sys.argv[2:] if os.path.exists(path)]
    return expect(not seen, f"visible: {seen}")


trials = {
    "unprivileged user": lambda: expect(os.getuid() != 0, "it runs as root"),
    "no capabilities": lambda: expect(int(status("CapEff"), 16) == 0, f"CapEff is {status('CapEff')}"),
    "no new privileges": lambda: expect(status("NoNewPrivs") == "1", "not set"),
    "system call filter": lambda: expect(status("Seccomp") == "2", f"Seccomp is {status('Seccomp')}"),
    "no namespaces": lambda: refused(libc.unshare(NEW_USER_NAMESPACE)),
    "no mounts": lambda: refused(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)),
    "no tracing": lambda: refused(libc.ptrace(PTRACE_TRACEME, 0, 0, 0)),
    "no kernel settings": lambda: opens_for_writing("/proc/sys/kernel/core_pattern"),
    "read-only toolchain": lambda: opens_for_writing("/usr/bin/.assay-probe"),
    "no network": network,
    "no other processes": processes,
    "no host files": hidden,
    "bounded processes": process_limit,
}

print(json.dumps({name: trial() for name, trial in trials.items()}))
