from collections import Counter, defaultdict
from math import exp, log


class NaiveBayes:
    def __init__(self, alpha):
        self.alpha = alpha
        self.documents = Counter()
        self.words = defaultdict(Counter)
        self.vocabulary = set()

    def update(self, documents, labels):
        for document, label in zip(documents, labels):
            self.documents[label] += 1
            self.words[label].update(document)
            self.vocabulary.update(document)

    def log_posterior(self, document):
        known = [word for word in document if word in self.vocabulary]
        scores = {}
        for label, count in self.documents.items():
            seen = self.words[label]
            total = sum(seen.values()) + self.alpha * len(self.vocabulary)
            scores[label] = log(count) + sum(log((seen[word] + self.alpha) / total) for word in known)
        if not scores:
            return {}
        top = max(scores.values())
        norm = top + log(sum(exp(score - top) for score in scores.values()))
        return {label: score - norm for label, score in scores.items()}

    def predict(self, document):
        posterior = self.log_posterior(document)
        if not posterior:
            return None
        top = max(posterior.values())
        return min(label for label, value in posterior.items() if value >= top - 1e-12)
