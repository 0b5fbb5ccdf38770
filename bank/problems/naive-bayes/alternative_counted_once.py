"""Each different word of a document once, times its count; totals kept up to date."""
import math
from collections import Counter


class NaiveBayes:
    def __init__(self, alpha):
        self._alpha = alpha
        self._n = {}
        self._total = {}
        self._count = {}
        self._everywhere = set()

    def update(self, documents, labels):
        for words, label in zip(documents, labels):
            self._n[label] = self._n.get(label, 0) + 1
            self._total[label] = self._total.get(label, 0) + len(words)
            for word, times in Counter(words).items():
                self._count[label, word] = self._count.get((label, word), 0) + times
                self._everywhere.add(word)

    def log_posterior(self, document):
        asked = {w: n for w, n in Counter(document).items() if w in self._everywhere}
        size, everything = len(self._everywhere), sum(self._n.values())
        raw = []
        for label in self._n:
            value = math.log(self._n[label] / everything)
            if asked:
                floor = math.log(self._total[label] + self._alpha * size)
                for word, times in asked.items():
                    value += times * (math.log(self._count.get((label, word), 0) + self._alpha) - floor)
            raw.append(value)
        if not raw:
            return {}
        peak = max(raw)
        shift = peak + math.log(math.fsum(math.exp(v - peak) for v in raw))
        return dict(zip(self._n, (v - shift for v in raw)))

    def predict(self, document):
        found = sorted(self.log_posterior(document).items())
        best = None
        for label, value in found:
            if best is None or value > best[1] + 1e-12:
                best = (label, value)
        return best and best[0]
