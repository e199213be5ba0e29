"""What the processes of a slot ask of the kernel, and how they tell that something of ours failed."""

import ctypes
import os
import signal
import struct

CLONE_VM, CLONE_NEWNS, CLONE_NEWPID = 0x00000100, 0x00020000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38
SYS_CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
LAST_CAPABILITY = 40
# How early the kernel takes a process when the slot's memory runs out; the launcher tells processes apart by it.
RELAY_OOM_SCORE, JOB_OOM_SCORE = "500", "1000"
# How a process ended: exit code or -1, signal or -1, CPU time in ms, peak memory in bytes.
END = struct.Struct(">iidq")

libc = ctypes.CDLL(None, use_errno=True)


class Fault(Exception):
    """Something of ours failed; the launcher turns it into an error that is not the candidate's."""

    def __init__(self, message, code="SANDBOX_FAULT"):
        super().__init__(message)
        self.code = code


def must(result, what):
    if result < 0:
        raise Fault(f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def clone(flags):
    """Like os.fork(), which takes no flags, and runs hooks such as a new seed for `random` that cost a millisecond and
    would make runs differ. What it does for threads is not needed: there is but one.
    """
    return must(libc.syscall(SYS_CLONE, flags | signal.SIGCHLD, 0, 0, 0, 0), "clone")


def set_oom_score(score):
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write(score)


def drop_capabilities():
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = struct.pack("Ii", 0x20080522, 0)
    must(libc.capset(header, b"\0" * 24), "capset")
    must(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def pack_end(status, used):
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else -1
    return END.pack(code, number, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss * 1024)
