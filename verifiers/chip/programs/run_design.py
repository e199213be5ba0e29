"""Compiles one design with its driver and simulates it; runs inside the sandbox, as its own warm program.

Its last argument is JSON: `compile` and `alone` are command lines of the compiler (the design under its driver; the
design by itself, tried when the first fails), `image` and `aloneImage` what they write, `simulate` the command line of
the simulator, `erase` the files that must be gone before it starts, `ports` how many port lines to report, `mark`
a word that the design cannot know. With `hidden` the simulator reads the image out of a pipe, and no file of it is left
for what is simulated to read. Standard error receives the compiler's messages, then one line: the mark and JSON
`{"compiled": bool, "ports": [line...], "alone": code}`. Standard output is the simulator's alone.
"""

import json
import os
import signal
import sys


def run(command):
    """Runs a compiler and returns its exit code; what it prints goes to standard error. Dies of what it died of."""
    actions = [(os.POSIX_SPAWN_DUP2, 2, 1)]
    defaults = [signal.SIGPIPE, signal.SIGXFSZ]
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=actions, setsigdef=defaults)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    return code


def read_ports(image, limit):
    """The lines of the compiled image that tell of modules and their ports; the outermost come first."""
    lines = []
    try:
        with open(image, errors="replace") as file:
            for line in file:
                if ".port_info" in line or ".scope module" in line:
                    lines.append(line.strip())
                    if len(lines) == limit:
                        break
    except OSError:
        pass
    return lines


def hide(image):
    """Moves a file into a pipe, from which it can be read once; returns the path by which a program finds that."""
    with open(image, "rb") as file:
        content = file.read()
    os.unlink(image)
    output, entry = os.pipe()
    if os.fork() == 0:
        # The writer has no memory and no descriptor left by the time the reader meets the end.
        os.close(output)
        with open(entry, "wb") as pipe:
            pipe.write(content)
        os._exit(0)
    os.close(entry)
    os.set_inheritable(output, True)
    return f"/dev/fd/{output}"


def main(argv):
    task = json.loads(argv[-1])
    report = {"compiled": run(task["compile"]) == 0}
    if report["compiled"]:
        report["ports"] = read_ports(task["image"], task["ports"])
    else:
        report["alone"] = run(task["alone"])
        report["ports"] = read_ports(task["aloneImage"], task["ports"])
    os.write(2, f"{task['mark']}{json.dumps(report)}\n".encode())
    if not report["compiled"]:
        return 1
    for path in task["erase"]:
        os.unlink(path)
    for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    simulate = task["simulate"]
    if task.get("hidden"):
        path = hide(task["image"])
        simulate = [path if word == task["image"] else word for word in simulate]
    os.execvp(simulate[0], simulate)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
