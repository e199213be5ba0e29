"""The channel of a driver on file descriptor 3."""

import json
import os

CHANNEL = 3
CHUNK = 1 << 16

scan = json.JSONDecoder().scan_once
receive, send = os.read, os.write


class Channel:
    def __init__(self, number=CHANNEL):
        self.number = number
        self.unread = b""

    def ask(self):
        line = self.take_line()
        return None if line is None else read(line)

    def take_line(self):
        """The next line, as bytes, or None at the end."""
        line, newline, rest = self.unread.partition(b"\n")
        if not newline:
            pieces = [line]
            while not newline:
                data = receive(self.number, CHUNK)
                if not data:
                    return None
                piece, newline, rest = data.partition(b"\n")
                pieces.append(piece)
            line = b"".join(pieces)
        self.unread = rest
        return line

    def reply(self, text):
        data = text.encode("ascii") + b"\n"
        while data:
            data = data[send(self.number, data) :]

    def serve_calls(self, names):
        """Answers what it can of the questions about the functions in `names`. Then None at the end; the line of a
        question that was left; or, where a call was made but not told, its id, its arguments, whether these are asked
        for, its result, and what it raised or None."""
        return self.take_line()

    def serve_requests(self, names, lent, printed):
        """The same of the requests of a suite (see `python_link`) for the functions in `lent`, a dictionary by number, or
        if it is empty for the first one that is asked for of `names`, unless they are None. `printed()` tells the bytes
        that were printed. What was not told of a call is what `Link.told` takes."""
        return self.take_line()


def read(line):
    return scan(line.decode(), 0)[0]
