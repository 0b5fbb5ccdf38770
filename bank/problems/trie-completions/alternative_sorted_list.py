"""A dict of weights and a sorted list that is renewed when it is asked after a change: a prefix is a range."""
from bisect import bisect_left


class Completions:
    def __init__(self):
        self._weights = {}
        self._sorted = []
        self._is_stale = False

    def add(self, phrase, weight):
        self._is_stale |= phrase not in self._weights
        self._weights[phrase] = self._weights.get(phrase, 0) + weight

    def remove(self, phrase):
        if self._weights.pop(phrase, None) is None:
            return False
        self._is_stale = True
        return True

    def weight(self, phrase):
        return self._weights.get(phrase, 0)

    def complete(self, prefix, k):
        if self._is_stale:
            self._sorted = sorted(self._weights)
            self._is_stale = False
        found = []
        for i in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            phrase = self._sorted[i]
            if not phrase.startswith(prefix):
                break
            found.append(phrase)
        found.sort(key=lambda phrase: -self._weights[phrase])
        return found[:k]

    def size(self):
        return len(self._weights)

    def add_many(self, weights):
        for phrase, weight in weights.items():
            self.add(phrase, weight)

    def complete_many(self, prefixes, k):
        return [self.complete(prefix, k) for prefix in prefixes]
