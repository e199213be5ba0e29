"""Runs the commands of a compiler inside the sandbox, and hands out the files that they made.

Speaks one line of JSON each way on file descriptor 3:

    {"steps": [[word, ...], ...], "environment": {name: value}, "output": [pattern, ...]}
        -> {"steps": [{"status": n, "text": what it said}], "files": [{"path", "base64"}]}

The first step that fails is the last; then there are no files. "status" is below 0 for the signal that ended a step.
Candidates are only read here, never run. `main` also works in a process forked from one that imported this file.
"""

import base64
import glob
import json
import os
import subprocess
import sys

CHANNEL = 3
MAX_TEXT = 60_000

usable_cpus = os.sched_getaffinity(0)  # before the slot keeps to one of them


def run(words, environment):
    """What a compiler says comes on either stream."""
    try:
        ended = subprocess.run(
            words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as error:
        return {"status": 127, "text": "%s: %s" % (words[0], error.strerror)}
    return {"status": ended.returncode, "text": ended.stdout[:MAX_TEXT].decode("utf-8", "replace")}


def build(question):
    environment = {**os.environ, **question["environment"]}
    os.sched_setaffinity(0, usable_cpus)  # compilers work on several files at a time
    steps = []
    for words in question["steps"]:
        steps.append(run(words, environment))
        if steps[-1]["status"] != 0:
            return {"steps": steps, "files": []}
    paths = sorted({path for pattern in question["output"] for path in glob.glob(pattern)})
    return {"steps": steps, "files": [{"path": path, "base64": content_of(path)} for path in paths]}


def content_of(path):
    with open(path, "rb") as file:
        return base64.b64encode(file.read()).decode()


def main(argv):
    channel = open(CHANNEL, "r+b", buffering=0)
    line = b""
    while not line.endswith(b"\n"):
        line += channel.read(1 << 20)
    reply = memoryview(json.dumps(build(json.loads(line))).encode() + b"\n")
    while reply:
        reply = reply[channel.write(reply) :]


if __name__ == "__main__":
    main(sys.argv)
