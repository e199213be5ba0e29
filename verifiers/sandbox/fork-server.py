"""Serves the jobs of one slot, each in a process forked from a warm one into namespaces of its own.

Started by the launcher inside bubblewrap, as an unprivileged user whose only capability is CAP_SYS_ADMIN of its own
user namespace. It is two processes that live as long as the slot:

- the *relay* speaks with the launcher, hands each job on, relays its streams, and reports how it ended;
- the *nursery* has the warm programs loaded and never reads a job: on demand it clones a *first* process into fresh
  pid and mount namespaces, ends all of the namespace after it, and tells how it ended. What the relay has read can so
  never be in a candidate's memory.

A first process reads its job, mounts empty folders and gives up its rights. Then it becomes the candidate (a warm
program), or starts it and waits (any other).

From the launcher: the job as a 4-byte length and JSON, the lines of its exchange in the same form; then any byte or
the end of the stream means: stop. To it: frames of a type byte, a 4-byte length and a body: `s` (started), `o`, `e`
(stdout, stderr), `x` (replies), `r` (report), `f` (fault of ours).
"""

import base64
import ctypes
import fcntl
import gc
import importlib.util
import json
import mmap
import os
import resource
import select
import signal
import socket
import struct
import sys

CLONE_VM, CLONE_NEWNS, CLONE_NEWPID = 0x00000100, 0x00020000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
PROC_FLAGS = MS_NOSUID | MS_NODEV | MS_NOEXEC
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38
SYS_CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
LAST_CAPABILITY = 40
PYTHONS_SIGNALS = [signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT]
CHUNK = 65536
STACK_BYTES = 65536
LONGEST_REPLY = 16 << 20
# How early the kernel takes a process when the slot's memory runs out; the launcher tells processes apart by it.
RELAY_OOM_SCORE, JOB_OOM_SCORE = "500", "1000"
# exit code or -1, signal or -1, CPU time in ms, peak memory in bytes
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


def main(config):
    programs = [(program["argv"], load_module(program["module"])) for program in config["warm"]]
    relay_end, nursery_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    set_oom_score(RELAY_OOM_SCORE)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    gc.collect()
    gc.freeze()
    # In a namespace of its own making, or it could not come back to it from those that it makes.
    if must(libc.syscall(SYS_CLONE, CLONE_NEWPID | signal.SIGCHLD, 0, 0, 0, 0), "clone") == 0:
        relay_end.close()
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        nurse(nursery_end, programs, base64.b64decode(config["seccomp"]))
    nursery_end.close()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(config["socket"])
    listener.listen(4)
    drop_capabilities()
    os.write(1, b"ready\n")
    relay(listener, relay_end)


def load_module(path):
    """Imports a warm program from its file, without running its `main`."""
    spec = importlib.util.spec_from_file_location("warm_" + os.path.basename(path).replace(".", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def set_oom_score(score):
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write(score)


# --- the nursery ------------------------------------------------------------------------------------------------


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
        # The raw call, for os.fork() takes no flags, and runs hooks such as a new seed for `random` that cost a
        # millisecond and would make runs differ. What it does for threads is not needed: there is but one.
        pid = must(libc.syscall(SYS_CLONE, CLONE_NEWNS | signal.SIGCHLD, 0, 0, 0, 0), "clone")
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


def pack_end(status, used):
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else -1
    return END.pack(code, number, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss * 1024)


# --- the first process of a job ---------------------------------------------------------------------------------


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


def receive_exactly(connection, size):
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(min(size - len(data), 1 << 20))
        if not piece:
            return None
        data += piece
    return bytes(data)


def receive_body(connection):
    head = receive_exactly(connection, 4)
    return head and receive_exactly(connection, struct.unpack(">I", head)[0])


def receive_message(connection):
    body = receive_body(connection)
    return json.loads(body) if body else None


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


# --- the relay --------------------------------------------------------------------------------------------------


def relay(listener, nursery):
    while True:
        child = Child(nursery)
        connection, body = None, None
        while not body:  # a connection that ends without a job is one that was made ahead of need
            connection = listener.accept()[0]
            body = receive_body(connection)
        job = json.loads(body)
        child.send_job(body)
        exchange = Exchange(child.channel, receive_message(connection)) if job["exchange"] else None
        Supervisor(connection, job, child, exchange, nursery).run()
        connection.close()


class Child:
    """A first process that waits for its job, and our ends of all that leads to it."""

    def __init__(self, nursery):
        self.words, their_words = socket.socketpair()
        self.channel, their_channel = socket.socketpair()
        stdin, self.stdin = os.pipe()
        self.stdout, stdout = os.pipe()
        self.stderr, stderr = os.pipe()
        theirs = [their_words.fileno(), stdin, stdout, stderr, their_channel.fileno()]
        socket.send_fds(nursery, [b"f"], theirs)
        for fd in (stdin, stdout, stderr):
            os.close(fd)
        their_words.close()
        their_channel.close()
        os.set_blocking(self.stdin, False)

    def send_job(self, body):
        try:
            self.words.sendall(struct.pack(">I", len(body)) + body)
        except OSError:
            pass  # it has ended already; how is told by the nursery


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

    def take_rest(self):
        """A reply may have come just before the end; no process is left that could send another."""
        while self.open and not self.violated:
            had = len(self.partial), len(self.replies)
            self.take()
            if had == (len(self.partial), len(self.replies)):
                return

    def close(self):
        self.open = False
        self.channel.close()


class Supervisor:
    """Relays the streams of one job within their bounds until it ends, then reports."""

    def __init__(self, connection, job, child, exchange, nursery):
        self.connection = connection
        self.cap = job["limits"]["outputBytes"]
        self.child = child
        self.pending = memoryview(content_of(job["stdin"]))
        self.kinds = {child.stdout: b"o", child.stderr: b"e"}
        self.counts = {b"o": 0, b"e": 0}
        self.flooded = False
        self.fault = None
        self.end = None
        self.own_end = None
        self.exchange = exchange
        self.nursery = nursery
        self.poll = select.poll()

    def run(self):
        actions = {
            self.child.words.fileno(): self.hear,
            self.nursery.fileno(): self.conclude,
            self.connection.fileno(): self.stop,
            self.child.stdin: self.feed,
            self.child.stdout: self.relay_stdout,
            self.child.stderr: self.relay_stderr,
        }
        if self.exchange:
            actions[self.exchange.fd] = self.step
        for fd in actions:
            if fd != self.child.stdin:
                self.poll.register(fd, select.POLLIN)
        self.poll.register(self.child.stdin, select.POLLOUT)
        while self.end is None:
            for fd, event in self.poll.poll():
                actions[fd](event)
        self.report()

    def hear(self, _):
        """What the first process says: it started the candidate, how that ended, or a fault."""
        try:
            word = self.child.words.recv(CHUNK)
        except OSError:
            word = b""
        if not word:
            self.forget(self.child.words.fileno())
        if word[:1] == b"s":
            self.send(b"s", b"")
            if self.exchange:
                self.exchange.send_next()
                self.watch_exchange()
            word = word[1:]
        if word[:1] == b"e":
            self.own_end = END.unpack(word[1:])
        elif word[:1] == b"f":
            self.fault = word[1:]

    def conclude(self, _):
        end = self.nursery.recv(END.size)
        if not end:
            os._exit(1)
        self.end = END.unpack(end)

    def forget(self, fd):
        try:
            self.poll.unregister(fd)
        except KeyError:
            pass

    def stop(self, _):
        self.forget(self.connection.fileno())
        self.kill()

    def kill(self):
        self.nursery.send(b"k")

    def feed(self, _):
        """Writes what fits of the rest of standard input, and closes it at its end."""
        try:
            if self.pending:
                self.pending = self.pending[os.write(self.child.stdin, self.pending) :]
        except BlockingIOError:
            return
        except OSError:
            self.pending = self.pending[:0]
        if not self.pending:
            self.poll.unregister(self.child.stdin)
            os.close(self.child.stdin)
            self.child.stdin = -1

    def relay_stdout(self, _):
        return self.relay(self.child.stdout)

    def relay_stderr(self, _):
        return self.relay(self.child.stderr)

    def relay(self, fd):
        data = os.read(fd, CHUNK)
        kind = self.kinds[fd]
        if not data:
            self.forget(fd)
            del self.kinds[fd]
            return False
        room = self.cap - self.counts[kind]
        self.counts[kind] += len(data)
        if room > 0:
            self.send(kind, data[:room])
        if not self.flooded and self.counts[kind] > 4 * self.cap:
            self.flooded = True
            self.kill()
        return True

    def step(self, event):
        if not self.exchange.open:
            return
        if event & select.POLLOUT:
            self.exchange.push()
        if self.exchange.open and event & ~select.POLLOUT:
            self.exchange.take()
        if self.exchange.violated:
            self.forget(self.exchange.fd)
            self.kill()
        else:
            self.watch_exchange()

    def watch_exchange(self):
        if not self.exchange.open:
            self.forget(self.exchange.fd)
        elif self.exchange.unsent:
            self.poll.modify(self.exchange.fd, select.POLLIN | select.POLLOUT)
        else:
            self.poll.modify(self.exchange.fd, select.POLLIN)

    def send(self, kind, body):
        try:
            self.connection.sendall(kind + struct.pack(">I", len(body)) + body)
        except OSError:
            pass  # the launcher has gone on; the job is ended all the same

    def report(self):
        self.hear_rest()
        if self.exchange:
            self.exchange.take_rest()
        for fd in list(self.kinds):  # no writer is left, so this ends
            while not self.flooded and self.relay(fd):
                pass
        if self.exchange:
            self.send(b"x", b"".join(self.exchange.replies))
        code, number, cpu_ms, peak = self.own_end or self.end
        report = {
            "exit": None if code < 0 else code,
            "signal": None if number < 0 else number,
            "flooded": self.flooded,
            "violated": bool(self.exchange and self.exchange.violated),
            "stdoutBytes": self.counts[b"o"],
            "stderrBytes": self.counts[b"e"],
            "cpuMs": cpu_ms,
            "peakMemoryBytes": peak,
        }
        if self.fault:
            self.send(b"f", self.fault)
        else:
            self.send(b"r", json.dumps(report).encode())
        self.close()

    def hear_rest(self):
        self.child.words.setblocking(False)
        try:
            self.hear(0)
        except BlockingIOError:
            pass

    def close(self):
        for fd in (self.child.stdin, self.child.stdout, self.child.stderr):
            if fd >= 0:
                os.close(fd)
        self.child.words.close()
        self.child.channel.close()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
