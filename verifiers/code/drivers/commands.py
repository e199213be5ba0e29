"""Runs commands beside a candidate inside the sandbox, and hands out what the last of them reports.

Speaks one line of JSON each way on file descriptor 3:

    {"nonce": text, "steps": [[word, ...], ...], "report": path or null}
        -> {"nonce": text, "steps": [{"status": n, "text": what it said}], "report": text or null}

A step that fails is the last. "status" is below 0 for the signal that ended a step; the report is read from the file, or
is what the last step wrote on standard output. The nonce is known to this process alone: it is in no argument, file,
environment or descriptor of a step, and no step may look into this process, so that only this one can reply.
`main` also works in a process forked from one that imported this file.
"""

import ctypes
import json
import os
import subprocess
import sys
import tempfile

CHANNEL = 3
MAX_TEXT = 60_000
MAX_REPORT = 4 << 20
PR_SET_DUMPABLE = 4


def run(words):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        try:
            ended = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=out, stderr=error, close_fds=True)
        except OSError as problem:
            return {"status": 127, "text": "%s: %s" % (words[0], problem.strerror)}, ""
        written, said = head_of(out, MAX_REPORT), head_of(error, MAX_TEXT)
    return {"status": ended.returncode, "text": (said or written)[:MAX_TEXT]}, written


def head_of(file, size):
    file.seek(0)
    return file.read(size).decode("utf-8", "replace")


def run_all(question):
    steps, written = [], ""
    for words in question["steps"]:
        step, written = run(words)
        steps.append(step)
        if step["status"] != 0:
            break
    ran = len(steps) == len(question["steps"])
    return {"nonce": question["nonce"], "steps": steps, "report": report_of(question, written) if ran else None}


def report_of(question, written):
    path = question["report"]
    if path is None:
        return written
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(fd, "rb") as file:
            return head_of(file, MAX_REPORT)
    except OSError:
        return None


def main(argv):
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    with open(CHANNEL, "r+b", buffering=0) as channel:
        line = b""
        while not line.endswith(b"\n"):
            line += channel.read(1 << 20)
        reply = memoryview(json.dumps(run_all(json.loads(line))).encode() + b"\n")
        while reply:
            reply = reply[channel.write(reply) :]


if __name__ == "__main__":
    main(sys.argv)
