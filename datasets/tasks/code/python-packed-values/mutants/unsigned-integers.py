class Malformed(ValueError):
    pass


def encode(value):
    if value is None:
        return b"\x00"
    if value is False or value is True:
        return b"\x02" if value else b"\x01"
    if type(value) is int:
        return b"\x10" + sized(integer_body(value))
    if type(value) is str:
        return b"\x20" + sized(value.encode())
    if type(value) is bytes:
        return b"\x30" + sized(value)
    if type(value) is list:
        return b"\x40" + varint(len(value)) + b"".join(map(encode, value))
    if type(value) is tuple:
        return b"\x41" + varint(len(value)) + b"".join(map(encode, value))
    if type(value) is dict:
        return b"\x50" + varint(len(value)) + encoded_pairs(value)
    raise TypeError(f"cannot encode a {type(value).__name__}")


def encoded_pairs(dictionary):
    for key in dictionary:
        if type(key) not in (int, str, bytes):
            raise TypeError(f"cannot encode a key of type {type(key).__name__}")
    pairs = sorted((encode(key), encode(value)) for key, value in dictionary.items())
    return b"".join(key + value for key, value in pairs)


def sized(body):
    return varint(len(body)) + body


def varint(number):
    groups = bytearray()
    while number > 0x7F:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    groups.append(number)
    return bytes(groups)


def integer_body(number):
    if number == 0:
        return b""
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def decode(data):
    reader = Reader(data)
    value = reader.value()
    if reader.position != len(data):
        raise Malformed("bytes after the value")
    return value


class Reader:
    def __init__(self, data):
        self.data, self.position = data, 0

    def take(self, count):
        end = self.position + count
        if end > len(self.data):
            raise Malformed("the data ends too early")
        part, self.position = self.data[self.position : end], end
        return part

    def varint(self):
        number, shift = 0, 0
        while True:
            (group,) = self.take(1)
            number |= (group & 0x7F) << shift
            shift += 7
            if group < 0x80:
                break
        if group == 0 and shift > 7:
            raise Malformed("a varint that is not the shortest")
        return number

    def value(self):
        (tag,) = self.take(1)
        if tag in (0x00, 0x01, 0x02):
            return (None, False, True)[tag]
        readers = {
            0x10: self.integer,
            0x20: self.text,
            0x30: self.sized,
            0x40: self.items,
            0x41: lambda: tuple(self.items()),
            0x50: self.pairs,
        }
        if tag not in readers:
            raise Malformed(f"unknown tag {tag}")
        return readers[tag]()

    def sized(self):
        return self.take(self.varint())

    def integer(self):
        body = self.sized()
        number = int.from_bytes(body, "big")
        if integer_body(number) != body:
            raise Malformed("an integer that is not the shortest")
        return number

    def text(self):
        try:
            return self.sized().decode()
        except UnicodeDecodeError as error:
            raise Malformed("a string that is not UTF-8") from error

    def items(self):
        return [self.value() for _ in range(self.varint())]

    def pairs(self):
        result, last = {}, b""
        for _ in range(self.varint()):
            start = self.position
            key = self.value()
            encoded = self.data[start : self.position]
            if type(key) not in (int, str, bytes) or encoded <= last:
                raise Malformed("a key that is not allowed or not in order")
            result[key], last = self.value(), encoded
        return result
