"""Postings as arrays, scores added up in a dense array that is reset afterwards."""
import numpy as np


class BM25:
    def __init__(self, documents, k1, b):
        lists = {}
        for number, words in enumerate(documents):
            for word in set(words):
                lists.setdefault(word, []).append((number, words.count(word)))
        length = np.array([len(words) for words in documents], dtype=float)
        share = length / length.mean() if length.sum() > 0 else np.zeros(len(length))
        bottom = k1 * (1 - b + b * share)
        n = len(documents)
        self._n = n
        self._parts = {}
        for word, rows in lists.items():
            at, count = (np.array(column) for column in zip(*rows))
            idf = np.log1p((n - len(rows) + 0.5) / (len(rows) + 0.5))
            self._parts[word] = at, idf * count * (k1 + 1) / (count + bottom[at])

    def score(self, query):
        total = np.zeros(self._n)
        for word in query:
            if word in self._parts:
                at, part = self._parts[word]
                total[at] += part
        return total.tolist()

    def search(self, query, k):
        total = {}
        for word in query:
            if word in self._parts:
                for number, part in zip(*(column.tolist() for column in self._parts[word])):
                    total[number] = total.get(number, 0.0) + part
        return sorted(total, key=lambda number: (-round(total[number], 11), number))[:k]
