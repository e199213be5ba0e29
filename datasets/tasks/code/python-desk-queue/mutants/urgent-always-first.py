import sys


class Desk:
    def __init__(self):
        self.urgent, self.regular, self.streak = [], [], 0

    def waiting(self):
        return self.urgent + self.regular

    def join(self, name, lane):
        if name in self.waiting():
            return f"{name} is already waiting"
        lane.append(name)

    def leave(self, name):
        for lane in (self.urgent, self.regular):
            if name in lane:
                lane.remove(name)
                return None
        return f"{name} is not waiting"

    def next(self):
        if not self.waiting():
            return "nobody"
        if self.urgent:
            self.streak += 1
            return self.urgent.pop(0)
        self.streak = 0
        return self.regular.pop(0)

    def list(self):
        copy = Desk()
        copy.urgent, copy.regular, copy.streak = self.urgent[:], self.regular[:], self.streak
        return " ".join(copy.next() for _ in self.waiting()) or "-"

    def obey(self, words):
        match words:
            case ["join", name]:
                return self.join(name, self.regular)
            case ["join", name, "urgent"]:
                return self.join(name, self.urgent)
            case ["leave", name]:
                return self.leave(name)
            case ["next"]:
                return self.next()
            case ["list"]:
                return self.list()
        return "unknown: " + " ".join(words)


def main():
    desk = Desk()
    for line in sys.stdin:
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words == ["close"]:
            break
        answer = desk.obey(words)
        if answer is not None:
            print(answer)
    sys.exit(3 if desk.waiting() else 0)


main()
