"""A dict of dicts, repeated words of the query folded, and heapq for the best k."""
import heapq
import math
from collections import Counter


class BM25:
    def __init__(self, documents, k1, b):
        self.k1, self.b = k1, b
        self.lengths = [len(d) for d in documents]
        self.mean = sum(self.lengths) / max(len(self.lengths), 1)
        self.index = {}
        for i, d in enumerate(documents):
            for w in d:
                self.index.setdefault(w, Counter())[i] += 1

    def _one(self, w, i):
        holders = self.index[w]
        idf = math.log(1 + (len(self.lengths) - len(holders) + 0.5) / (len(holders) + 0.5))
        f = holders[i]
        return idf * f * (self.k1 + 1) / (f + self.k1 * (1 - self.b + self.b * self.lengths[i] / self.mean))

    def _all(self, query):
        total = Counter()
        for w, times in Counter(query).items():
            for i in self.index.get(w, ()):
                total[i] += times * self._one(w, i)
        return total

    def score(self, query):
        total = self._all(query)
        return [float(total[i]) for i in range(len(self.lengths))]

    def search(self, query, k):
        total = self._all(query)
        return heapq.nsmallest(k, total, key=lambda i: (-round(total[i], 11), i))
