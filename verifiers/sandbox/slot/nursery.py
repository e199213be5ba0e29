"""The process that has the warm programs loaded, and clones each job's first process from itself."""

import ctypes
import mmap
import os
import select
import signal
import socket

from first import run_first
from kernel import CLONE_NEWNS, CLONE_NEWPID, CLONE_VM, PR_SET_DUMPABLE, clone, libc, must, pack_end

STACK_BYTES = 65536


def nurse(relay, programs, seccomp):
    """Clones a first process for each message `f`, which brings its descriptors; kills it on `k`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # with a handler, a candidate could send it to process 1
    libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # else its namespaces cannot be named; its capability shields it
    namespaces = Namespaces()
    while True:
        order, fds, _, _ = socket.recv_fds(relay, 1, 8)
        if not order:
            os._exit(0)
        if order != b"f":
            continue  # a late order to kill what has ended
        reaper = namespaces.enter_new()
        pid = clone(CLONE_NEWNS)
        if pid == 0:
            relay.close()
            run_first(fds, programs, seccomp)
        for fd in fds:
            os.close(fd)
        end = watch(pid, relay)
        os.kill(reaper, signal.SIGKILL)
        os.waitpid(reaper, 0)  # returns when all of the namespace is gone
        relay.send(end)


class Namespaces:
    """Makes pid namespaces, each with a process 1 that does nothing but reap.

    It shares the memory of this process, so that making it costs no copy, and sleeps in one system call. Candidates
    can so be killed by any signal, as processes are; process 1 would be spared those of its own namespace.
    """

    def __init__(self):
        self.own = os.pidfd_open(os.getpid())
        self.stack = mmap.mmap(-1, STACK_BYTES)
        start = ctypes.addressof(ctypes.c_char.from_buffer(self.stack))
        self.stack_top = ctypes.c_void_p(start + STACK_BYTES - 64)
        self.sleep = ctypes.cast(libc.pause, ctypes.c_void_p)

    def enter_new(self):
        """What this process forks next is in a new namespace; returns the pid of its process 1."""
        must(libc.setns(self.own, CLONE_NEWPID), "setns")
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # inherited: orphans vanish without a wait
        flags = CLONE_NEWPID | CLONE_VM | signal.SIGCHLD
        reaper = must(libc.clone(self.sleep, self.stack_top, flags, None), "clone")
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        its_own = os.pidfd_open(reaper)
        must(libc.setns(its_own, CLONE_NEWPID), "setns")
        os.close(its_own)
        return reaper


def watch(pid, relay):
    """Waits for the end of a first process."""
    ended = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(ended, select.POLLIN)
    poll.register(relay, select.POLLIN)
    while not any(fd == ended for fd, _ in poll.poll()):
        if not relay.recv(1):
            os._exit(0)
        os.kill(pid, signal.SIGKILL)
    os.close(ended)
    _, status, used = os.wait4(pid, 0)
    return pack_end(status, used)
