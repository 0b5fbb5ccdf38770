"""Looks at all phrases at every call.
Fails: many phrases and calls
"""
class Completions:
    def __init__(self):
        self.weights = {}

    def add(self, phrase, weight):
        self.weights[phrase] = self.weights.get(phrase, 0) + weight

    def remove(self, phrase):
        return self.weights.pop(phrase, None) is not None

    def weight(self, phrase):
        return self.weights.get(phrase, 0)

    def complete(self, prefix, k):
        found = [phrase for phrase in self.weights if phrase.startswith(prefix)]
        return sorted(found, key=lambda phrase: (-self.weights[phrase], phrase))[:k]

    def size(self):
        return len(self.weights)

    def add_many(self, weights):
        for phrase, weight in weights.items():
            self.add(phrase, weight)

    def complete_many(self, prefixes, k):
        return [self.complete(prefix, k) for prefix in prefixes]
