"""Two stacks with running aggregates: nothing is ever subtracted, so no error outlives its value."""


class Window:
    def __init__(self, capacity):
        self.capacity = capacity
        self.clear()

    def clear(self):
        self.front = []  # (value, sum, largest) of this value and all newer ones in front, oldest on top
        self.back = []
        self.back_sum, self.back_max = 0.0, None

    def _size(self):
        return len(self.front) + len(self.back)

    def push(self, value):
        gone = None
        if self._size() == self.capacity:
            if not self.front:
                total, top = 0.0, None
                for old in reversed(self.back):
                    total += old
                    top = old if top is None else max(top, old)
                    self.front.append((old, total, top))
                self.back, self.back_sum, self.back_max = [], 0.0, None
            gone = self.front.pop()[0]
        self.back.append(value)
        self.back_sum += value
        self.back_max = value if self.back_max is None else max(self.back_max, value)
        return gone

    def get(self, i):
        n = self._size()
        i = i + n if i < 0 else i
        if i < 0 or i >= n:
            return None
        return self.front[-1 - i][0] if i < len(self.front) else self.back[i - len(self.front)]

    def values(self):
        return [entry[0] for entry in reversed(self.front)] + list(self.back)

    def mean(self):
        n = self._size()
        return ((self.front[-1][1] if self.front else 0.0) + self.back_sum) / n if n else None

    def largest(self):
        tops = [top for top in (self.front[-1][2] if self.front else None, self.back_max) if top is not None]
        return max(tops) if tops else None
