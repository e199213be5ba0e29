"""Messages between the launcher, the relay and a first process: a 4-byte length and JSON."""

import base64
import json
import struct


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


def frame(body):
    return struct.pack(">I", len(body)) + body


def content_of(item):
    return base64.b64decode(item["base64"]) if "base64" in item else item["text"].encode("utf-8", "surrogatepass")
