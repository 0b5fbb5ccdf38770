"""Takes the word's total count for the number of documents.
Fails: a word that repeats in one document
"""
from collections import Counter, defaultdict
from math import log


class BM25:
    def __init__(self, documents, k1, b):
        self.k1 = k1
        self.size = len(documents)
        mean = sum(map(len, documents)) / max(self.size, 1) or 1.0
        self.norm = [k1 * (1 - b + b * len(document) / mean) for document in documents]
        self.postings = defaultdict(list)
        for number, document in enumerate(documents):
            for word, count in Counter(document).items():
                self.postings[word].append((number, count))

    def found(self, query):
        scores = defaultdict(float)
        for word in query:
            postings = self.postings.get(word, [])
            n = sum(count for _, count in postings)
            weight = log(1 + max(self.size - n + 0.5, 0.01) / (n + 0.5))
            for number, count in postings:
                scores[number] += weight * count * (self.k1 + 1) / (count + self.norm[number])
        return scores

    def score(self, query):
        scores = self.found(query)
        return [scores.get(number, 0.0) for number in range(self.size)]

    def search(self, query, k):
        scores = self.found(query)
        ranked = sorted(scores, key=lambda number: (-round(scores[number], 11), number))
        return ranked[:k]
