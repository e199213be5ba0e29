"""Calls functions of a Bash candidate inside the sandbox, each call in a shell of its own.

Speaks lines of JSON on file descriptor 3, one reply to each question, in lock step, as `python.py` does; the first line says
nothing, since the candidate lies in a file. Arguments are texts. A result is {"stdout": text, "status": number}, without the
newlines at the end of the text, as `$(...)` has it. What a candidate writes while it is read in counts for nothing.

No shell holds the channel, and nothing expected is in here. `main` also works in a process forked from one that
imported this file.
"""

import json
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from python_channel import Channel  # noqa: E402

del sys.path[0]

CANDIDATE = "./candidate.sh"
MAX_CHARACTERS = 4 << 20
READ_IN = ". %s >/dev/null </dev/null; " % CANDIDATE
NAMES = READ_IN + "declare -F"
CALL = READ_IN + '"$@"'


class TooLong(Exception):
    """A call that writes more than a result may have."""


def shell(script, *words):
    """What a shell writes, and its status: below 0 for the signal that ended it."""
    ended = subprocess.Popen(
        ["bash", "-c", script, "bash", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        written = ended.stdout.read(MAX_CHARACTERS + 1)
        if len(written) > MAX_CHARACTERS:
            raise TooLong()
        return written.decode("utf-8", "replace"), ended.wait()
    finally:
        end_group(ended.pid)
        ended.stdout.close()


def end_group(leader):
    """What a call has left running goes on no longer."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except OSError:
        pass


def function_names():
    written, _ = shell(NAMES)
    return {line.rpartition(" ")[2] for line in written.splitlines()}


def answer(question, names):
    name = question["call"]
    if name not in names:
        return {"undefined": name}
    try:
        written, status = shell(CALL, name, *question["args"])
    except TooLong:
        return {"unserialisable": "an output of more than %d bytes" % MAX_CHARACTERS}
    except (OSError, ValueError) as error:
        return {"unserialisable": "nothing: the call could not be made (%s)" % error}
    return {"returned": {"stdout": written.rstrip("\n"), "status": status}}


def main(argv):
    channel = Channel()
    channel.ask()
    channel.reply('{"compiled":true}')
    names = set()
    question = channel.ask()
    while question is not None:
        if "load" in question:
            names = function_names()
            reply = {"loaded": True}
        else:
            reply = {"id": question["id"], **answer(question, names)}
        channel.reply(json.dumps(reply))
        question = channel.ask()


if __name__ == "__main__":
    main(sys.argv)
