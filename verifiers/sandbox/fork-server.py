"""Serves the jobs of one slot, each in a process forked from this warm one into namespaces of its own.

Started by the launcher inside bubblewrap, as an unprivileged user whose only capability is CAP_SYS_ADMIN of its own
user namespace. It never reads a job: for each connection it clones a child ("init") into fresh pid, mount and ipc
namespaces, and waits. Init reads the job, mounts empty folders, gives up its rights, starts the candidate, relays its
output, and reports how it ended. Init is process 1 of the job: when it ends, all of it ends.

On the connection, in: the job as a 4-byte length and JSON; once the candidate runs, the lines of its exchange in the
same form, so that no copy of them is in its memory; then any byte or the end of the stream means: stop. Out: frames of
a type byte, a 4-byte length and a body: `s` (started), `o`, `e` (stdout, stderr), `x` (replies), `r` (report), `f` (fault of ours).
"""

import base64
import ctypes
import fcntl
import gc
import importlib.util
import json
import os
import resource
import select
import signal
import socket
import struct
import sys

NEW_NAMESPACES = 0x20000000 | 0x00020000 | 0x08000000  # pid, mount, ipc
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
PROC_FLAGS = MS_NOSUID | MS_NODEV | MS_NOEXEC
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38
SYS_CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
CHUNK = 65536
LONGEST_REPLY = 16 << 20
LAST_CAPABILITY = 40
PYTHONS_SIGNALS = [signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT]

libc = ctypes.CDLL(None, use_errno=True)
libc_with_lock = ctypes.PyDLL(None)


class Fault(Exception):
    """Something of ours failed; the launcher turns it into an error that is not the candidate's."""

    def __init__(self, message, code="SANDBOX_FAULT"):
        super().__init__(message)
        self.code = code


def must(result, what):
    if result < 0:
        raise Fault(f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


# --- the warm process -------------------------------------------------------------------------------------------


def load_module(path):
    """Imports a warm program from its file, without running its `main`."""
    spec = importlib.util.spec_from_file_location("warm_" + os.path.basename(path).replace(".", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def clone_into_namespaces():
    # The raw call, for os.fork() takes no flags. What os.fork() does for threads is not needed: there is but one.
    return must(libc.syscall(SYS_CLONE, NEW_NAMESPACES | signal.SIGCHLD, 0, 0, 0, 0), "clone")


def serve(config):
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(config["socket"])
    listener.listen(4)
    programs = [(program["argv"], load_module(program["module"])) for program in config["warm"]]
    seccomp = base64.b64decode(config["seccomp"])
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    gc.collect()
    gc.freeze()
    os.write(1, b"ready\n")
    while True:
        connection, _ = listener.accept()
        pid = clone_into_namespaces()
        if pid == 0:
            run_init(connection, listener, programs, seccomp)
            os._exit(0)
        connection.close()
        os.waitpid(pid, 0)


# --- init: process 1 of a job -----------------------------------------------------------------------------------


def run_init(connection, listener, programs, seccomp):
    try:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        job = receive_message(connection)
        if job is None:
            return
        mount_folders(job["limits"])
        write_files(job["files"])
        listener.close()
        restrict(job["limits"], seccomp)
        ours, theirs = socket.socketpair() if job["exchange"] else (None, None)
        candidate = start_candidate(job, theirs, programs)
        send_frame(connection, b"s", b"")
        exchange = Exchange(ours, receive_message(connection)) if ours else None
        Supervisor(connection, job, candidate, exchange).run()
    except BaseException as error:  # nothing may escape: the launcher waits for a frame
        code = getattr(error, "code", "SANDBOX_FAULT")
        send_frame(connection, b"f", json.dumps({"code": code, "message": str(error)}).encode())


def receive_exactly(connection, size):
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(min(size - len(data), 1 << 20))
        if not piece:
            return None
        data += piece
    return bytes(data)


def receive_message(connection):
    head = receive_exactly(connection, 4)
    body = head and receive_exactly(connection, struct.unpack(">I", head)[0])
    return json.loads(body) if body else None


def send_frame(connection, kind, body):
    connection.sendall(kind + struct.pack(">I", len(body)) + body)


def mount(kind, target, flags, options):
    must(libc.mount(kind, target, kind, flags, options), f"mount {target.decode()}")


def mount_folders(limits):
    size = f"size={limits['diskBytes']},nr_inodes=16384,mode=755".encode()
    mount(b"tmpfs", b"/work", MS_NOSUID | MS_NODEV, size)
    mount(b"tmpfs", b"/tmp", MS_NOSUID | MS_NODEV, size)
    mount(b"tmpfs", b"/dev/shm", MS_NOSUID | MS_NODEV, size)
    mount(b"tmpfs", b"/run", MS_RDONLY | MS_NOSUID | MS_NODEV, b"size=4k")
    mount(b"proc", b"/proc", PROC_FLAGS, b"")


def content_of(item):
    return base64.b64decode(item["base64"]) if "base64" in item else item["text"].encode("utf-8", "surrogatepass")


def write_files(files):
    os.chdir("/work")
    for file in files:
        folder = os.path.dirname(file["path"])
        if folder:
            os.makedirs(folder, exist_ok=True)
        with open(file["path"], "wb") as out:
            out.write(content_of(file))


class Exchange:
    """Hands the candidate one line at a time, the next when the reply to the one before has come whole."""

    def __init__(self, channel, lines):
        channel.setblocking(False)
        self.channel = channel
        self.fd = channel.fileno()
        self.lines = iter(lines)
        self.replies = []
        self.partial = bytearray()
        self.unsent = b""
        self.violated = False
        self.open = True

    def start(self):
        self.send_next()

    def send_next(self):
        line = next(self.lines, None)
        if line is None:
            self.close()
        else:
            self.unsent = line.encode("utf-8", "surrogatepass") + b"\n"
            self.push()

    def push(self):
        try:
            self.unsent = self.unsent[self.channel.send(self.unsent) :]
        except BlockingIOError:
            pass
        except OSError:
            self.close()

    def take(self):
        """Reads what has come. A second line before it was asked for, or one without end, breaks the lock step."""
        try:
            data = self.channel.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            return self.close()
        self.partial += data
        end = data.find(b"\n")
        if end < 0:
            self.violated = len(self.partial) > LONGEST_REPLY
        elif end + 1 < len(data) or self.unsent:
            self.violated = True
        else:
            self.replies.append(bytes(self.partial))
            self.partial.clear()
            self.send_next()

    def close(self):
        self.open = False
        self.channel.close()


class Supervisor:
    """Relays the candidate's streams within their bounds until it ends, then reports."""

    def __init__(self, connection, job, candidate, exchange):
        self.connection = connection
        self.cap = job["limits"]["outputBytes"]
        self.pid, self.stdin, stdout, stderr = candidate
        self.pending = memoryview(content_of(job["stdin"]))
        self.kinds = {stdout: b"o", stderr: b"e"}
        self.counts = {b"o": 0, b"e": 0}
        self.flooded = False
        self.exchange = exchange
        self.poll = select.poll()

    def run(self):
        ended = os.pidfd_open(self.pid)
        for fd in (*self.kinds, ended, self.connection.fileno()):
            self.poll.register(fd, select.POLLIN)
        self.feed(first=True)
        if self.exchange:
            self.poll.register(self.exchange.fd, select.POLLIN)
            self.exchange.start()
            self.watch_exchange()
        running = True
        while running and not self.flooded and not (self.exchange and self.exchange.violated):
            for fd, event in self.poll.poll():
                if fd == self.stdin:
                    self.feed()
                elif fd in self.kinds:
                    self.relay(fd)
                elif self.exchange and fd == self.exchange.fd:
                    self.step(event)
                else:
                    running = False
        self.finish()

    def step(self, event):
        if event & select.POLLOUT:
            self.exchange.push()
        if self.exchange.open and event & ~select.POLLOUT:
            self.exchange.take()
        self.watch_exchange()

    def watch_exchange(self):
        if not self.exchange.open:
            self.poll.unregister(self.exchange.fd)
            self.exchange.fd = -1
        elif self.exchange.unsent:
            self.poll.modify(self.exchange.fd, select.POLLIN | select.POLLOUT)
        else:
            self.poll.modify(self.exchange.fd, select.POLLIN)

    def feed(self, first=False):
        """Writes what fits of the rest of standard input, and closes it at its end."""
        try:
            if self.pending:
                self.pending = self.pending[os.write(self.stdin, self.pending) :]
        except BlockingIOError:
            pass
        except OSError:
            self.pending = self.pending[:0]
        if self.pending and first:
            self.poll.register(self.stdin, select.POLLOUT)
        elif not self.pending:
            if not first:
                self.poll.unregister(self.stdin)
            os.close(self.stdin)

    def relay(self, fd):
        data = os.read(fd, CHUNK)
        kind = self.kinds[fd]
        if not data:
            self.poll.unregister(fd)
            del self.kinds[fd]
            return False
        room = self.cap - self.counts[kind]
        self.counts[kind] += len(data)
        if room > 0:
            send_frame(self.connection, kind, data[:room])
        self.flooded = self.counts[kind] > 4 * self.cap
        return True

    def finish(self):
        status = None
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass
        while True:
            try:
                pid, code = os.wait()
            except ChildProcessError:
                break
            if pid == self.pid:
                status = code
        if self.exchange and self.exchange.open:
            self.last_reply()
        for fd in list(self.kinds):  # no writer is left, so this ends
            while not self.flooded and self.relay(fd):
                pass
        if self.exchange:
            send_frame(self.connection, b"x", b"".join(self.exchange.replies))
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        report = {
            "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            "flooded": self.flooded,
            "violated": bool(self.exchange and self.exchange.violated),
            "stdoutBytes": self.counts[b"o"],
            "stderrBytes": self.counts[b"e"],
            "cpuMs": (used.ru_utime + used.ru_stime) * 1000,
            "peakMemoryBytes": used.ru_maxrss * 1024,
        }
        send_frame(self.connection, b"r", json.dumps(report).encode())


    def last_reply(self):
        """A reply may have come just before the end; no process is left that could send another."""
        while self.exchange.open and not self.exchange.violated:
            had = len(self.exchange.partial), len(self.exchange.replies)
            self.exchange.take()
            if had == (len(self.exchange.partial), len(self.exchange.replies)):
                return


# --- what init takes from itself before it starts the candidate, which inherits it --------------------------------


def restrict(limits, seccomp):
    prefer_for_oom_kill()
    apply_rlimits(limits)
    drop_capabilities()
    install_seccomp(seccomp)


def prefer_for_oom_kill():
    """A job goes first when the slot's memory runs out, never the warm process."""
    libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # else the file is root's
    with open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    must(libc.mount(None, b"/proc", None, MS_REMOUNT | PROC_FLAGS | MS_RDONLY, None), "remount /proc")


def apply_rlimits(limits):
    bounds = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: int(limits["cpuMs"] / 1000) + 2,
        resource.RLIMIT_FSIZE: limits["diskBytes"],
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_NPROC: limits["processes"] + 3,
        resource.RLIMIT_MEMLOCK: 65536,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    if limits["dataBytes"]:
        bounds[resource.RLIMIT_DATA] = limits["dataBytes"]
    for limit, value in bounds.items():
        resource.setrlimit(limit, (value, value))


def drop_capabilities():
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = struct.pack("Ii", 0x20080522, 0)
    must(libc.capset(header, b"\0" * 24), "capset")
    must(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def install_seccomp(program):
    class Filter(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]

    bpf = Filter(len(program) // 8, program)
    must(libc.prctl(PR_SET_SECCOMP, 2, ctypes.byref(bpf), 0, 0), "seccomp")


# --- the candidate's process ------------------------------------------------------------------------------------


def start_candidate(job, channel, programs):
    stdin, to_stdin = os.pipe()
    from_stdout, stdout = os.pipe()
    from_stderr, stderr = os.pipe()
    streams = [stdin, stdout, stderr] + ([channel.fileno()] if channel else [])
    module = find_warm(job["argv"], programs)
    pid = fork_warm(module, job, streams) if module else execute(job, streams)
    for fd in streams[:3]:
        os.close(fd)
    if channel:
        channel.close()
    os.set_blocking(to_stdin, False)
    return pid, to_stdin, from_stdout, from_stderr


def find_warm(argv, programs):
    for prefix, module in programs:
        if argv[: len(prefix)] == prefix:
            return module
    return None


def above(fd):
    """A copy that no standard number hides, closed when a program takes over."""
    return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 64)


def execute(job, streams):
    """Starts a program without copying this process; every descriptor of ours is closed on the way."""
    argv = job["argv"]
    moves = [(os.POSIX_SPAWN_DUP2, above(fd), number) for number, fd in enumerate(streams)]
    try:
        return os.posix_spawnp(
            argv[0], argv, job["env"], file_actions=moves, setsid=True, setsigdef=PYTHONS_SIGNALS
        )
    except OSError as error:
        if argv[0].startswith(("/work/", ".")):
            return execute({**job, "argv": ["false"]}, streams)
        raise Fault(f"cannot start {argv[0]}: {error.strerror}", "TOOL_MISSING") from None
    finally:
        for _, fd, _ in moves:
            os.close(fd)


def fork_warm(module, job, streams):
    # Not os.fork(): the hooks it runs in the child, such as a new seed for `random`, cost a millisecond and would make
    # runs differ.
    pid = must(libc_with_lock.fork(), "fork")
    if pid == 0:
        try:
            libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
            os.setsid()
            for number, fd in enumerate([above(fd) for fd in streams]):
                os.dup2(fd, number, inheritable=True)
            os.closerange(len(streams), 256)
            run_warm(module, job["argv"], job["env"])
        finally:
            os._exit(127)
    return pid


def run_warm(module, argv, environment):
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = argv[1:]
    code = 1
    try:
        code = module.main(argv)
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
    serve(json.loads(sys.argv[1]))
