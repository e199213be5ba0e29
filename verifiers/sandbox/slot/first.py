"""The first process of a job: it reads the job, gives up its rights, and becomes or starts the candidate."""

import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import sys

from kernel import (
    JOB_OOM_SCORE,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_RDONLY,
    MS_REMOUNT,
    PR_SET_DUMPABLE,
    PR_SET_PDEATHSIG,
    PR_SET_SECCOMP,
    Fault,
    drop_capabilities,
    libc,
    must,
    pack_end,
    set_oom_score,
)
from messages import content_of, receive_message

PROC_FLAGS = MS_NOSUID | MS_NODEV | MS_NOEXEC
PYTHONS_SIGNALS = [signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT]


def run_first(fds, programs, seccomp):
    """Tells the relay `s` when the candidate starts, `e` and its end if it is another process, `f` and a fault."""
    for fd in fds:
        os.set_inheritable(fd, False)
    relay, streams = socket.socket(fileno=fds[0]), fds[1:]
    try:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        job = receive_message(relay)
        if job is None:
            os._exit(0)
        if not job["exchange"]:
            os.close(streams.pop())
        mount_folders(job["limits"])
        write_files(job["files"])
        restrict(job["limits"], seccomp)
        module = find_warm(job["argv"], programs)
        if module:
            relay.sendall(b"s")
            become_warm(module, job, streams)
        relay.sendall(b"e" + wait_for(execute(job, streams, relay)))
    except BaseException as error:  # nothing may escape: the relay waits for a word
        code = getattr(error, "code", "SANDBOX_FAULT")
        relay.sendall(b"f" + json.dumps({"code": code, "message": str(error)}).encode())
    os._exit(0)


def mount(kind, target, flags, options):
    must(libc.mount(kind, target, kind, flags, options), f"mount {target.decode()}")


def mount_folders(limits):
    size = f"size={limits['diskBytes']},nr_inodes=16384,mode=755".encode()
    mount(b"tmpfs", b"/work", MS_NOSUID | MS_NODEV, size)
    mount(b"tmpfs", b"/tmp", MS_NOSUID | MS_NODEV, size)
    mount(b"tmpfs", b"/dev/shm", MS_NOSUID | MS_NODEV, size)
    mount(b"tmpfs", b"/run", MS_RDONLY | MS_NOSUID | MS_NODEV, b"size=4k")
    mount(b"proc", b"/proc", PROC_FLAGS, b"")


def write_files(files):
    os.chdir("/work")
    for file in files:
        folder = os.path.dirname(file["path"])
        if folder:
            os.makedirs(folder, exist_ok=True)
        with open(file["path"], "wb") as out:
            out.write(content_of(file))


def restrict(limits, seccomp):
    """Takes from this process what no candidate may have; what it starts inherits the lack."""
    libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # else its own files in /proc are root's
    set_oom_score(JOB_OOM_SCORE)
    must(libc.mount(None, b"/proc", None, MS_REMOUNT | PROC_FLAGS | MS_RDONLY, None), "remount /proc")
    apply_rlimits(limits)
    drop_capabilities()
    install_seccomp(seccomp)


def apply_rlimits(limits):
    bounds = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: int(limits["cpuMs"] / 1000) + 2,
        resource.RLIMIT_FSIZE: limits["diskBytes"],
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_NPROC: limits["processes"] + 4,
        resource.RLIMIT_MEMLOCK: 65536,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    if limits["dataBytes"]:
        bounds[resource.RLIMIT_DATA] = limits["dataBytes"]
    for limit, value in bounds.items():
        resource.setrlimit(limit, (value, value))


def install_seccomp(program):
    class Filter(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]

    bpf = Filter(len(program) // 8, program)
    must(libc.prctl(PR_SET_SECCOMP, 2, ctypes.byref(bpf), 0, 0), "seccomp")


def find_warm(argv, programs):
    for prefix, module in programs:
        if argv[: len(prefix)] == prefix:
            return module
    return None


def above(fd):
    """A copy that no standard number hides, closed when a program takes over."""
    return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 64)


def execute(job, streams, relay):
    """Starts a program without copying this process; every descriptor of ours is closed on the way."""
    argv = job["argv"]
    moves = [(os.POSIX_SPAWN_DUP2, above(fd), number) for number, fd in enumerate(streams)]
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)  # the program is of the same user
    relay.sendall(b"s")
    try:
        return os.posix_spawnp(
            argv[0], argv, job["env"], file_actions=moves, setsid=True, setsigdef=PYTHONS_SIGNALS
        )
    except OSError as error:
        if argv[0].startswith(("/work/", ".")):
            return execute({**job, "argv": ["false"]}, streams, relay)
        raise Fault(f"cannot start {argv[0]}: {error.strerror}", "TOOL_MISSING") from None
    finally:
        for _, fd, _ in moves:
            os.close(fd)
        for fd in streams:
            os.close(fd)
        streams.clear()


def wait_for(program):
    """Reaps until the program ends, ends what it left, and tells its end with the usage of all."""
    ended = None
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            return pack_end(ended, resource.getrusage(resource.RUSAGE_CHILDREN))
        if pid == program:
            ended = status
            try:
                os.kill(-1, signal.SIGKILL)
            except ProcessLookupError:
                pass


def become_warm(module, job, streams):
    os.setsid()
    for number, fd in enumerate([above(fd) for fd in streams]):
        os.dup2(fd, number, inheritable=True)
    os.closerange(len(streams), 256)
    os.environ.clear()
    os.environ.update(job["env"])
    sys.argv = job["argv"][1:]
    code = 1
    try:
        code = module.main(job["argv"])
    except SystemExit as stop:
        code = stop.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)
