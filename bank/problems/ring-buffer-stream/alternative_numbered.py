"""Values numbered for ever; whole-number arithmetic for the sum; candidates with their numbers."""
from collections import deque

ONE = 1 << 1100


def whole(value):
    top, bottom = float(value).as_integer_ratio()
    return top * (ONE // bottom)


class Window:
    def __init__(self, capacity):
        self.capacity = capacity
        self.clear()

    def clear(self):
        self.kept = {}
        self.first = self.next = 0
        self.total = 0
        self.best = deque()

    def push(self, value):
        gone = None
        if self.next - self.first == self.capacity:
            gone = self.kept.pop(self.first)
            self.total -= whole(gone)
            if self.best[0] == self.first:
                self.best.popleft()
            self.first += 1
        while self.best and self.kept[self.best[-1]] <= value:
            self.best.pop()
        self.kept[self.next] = value
        self.best.append(self.next)
        self.total += whole(value)
        self.next += 1
        return gone

    def get(self, i):
        at = self.next + i if i < 0 else self.first + i
        return self.kept.get(at)

    def values(self):
        return [self.kept[at] for at in range(self.first, self.next)]

    def mean(self):
        n = self.next - self.first
        return self.total / (ONE * n) if n else None

    def largest(self):
        return self.kept[self.best[0]] if self.best else None
