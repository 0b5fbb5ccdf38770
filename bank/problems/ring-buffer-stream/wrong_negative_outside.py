"""Lets a negative index wrap around twice.
Fails: indices outside
"""
from collections import deque
from fractions import Fraction


class Window:
    def __init__(self, capacity):
        self.capacity = capacity
        self.clear()

    def clear(self):
        self.ring = [None] * self.capacity
        self.start = 0
        self.count = 0
        self.total = Fraction(0)
        self.candidates = deque()

    def push(self, value):
        gone = None
        if self.count == self.capacity:
            gone = self.ring[self.start]
            self.total -= Fraction(gone)
            if self.candidates[0] == gone:
                self.candidates.popleft()
            self.start = (self.start + 1) % self.capacity
            self.count -= 1
        self.ring[(self.start + self.count) % self.capacity] = value
        self.count += 1
        self.total += Fraction(value)
        while self.candidates and self.candidates[-1] < value:
            self.candidates.pop()
        self.candidates.append(value)
        return gone

    def get(self, i):
        if i >= self.count or not self.count:
            return None
        i %= self.count
        return self.ring[(self.start + i) % self.capacity]

    def values(self):
        return [self.get(i) for i in range(self.count)]

    def mean(self):
        return float(self.total / self.count) if self.count else None

    def largest(self):
        return self.candidates[0] if self.candidates else None
