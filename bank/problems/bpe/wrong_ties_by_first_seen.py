"""Breaks ties by which pair was seen first.
Fails: ties go to the smaller pair
"""
from collections import Counter

END = "</w>"


def merge(symbols, pair):
    """The symbols with every occurrence of the pair joined, left to right."""
    out, i = [], 0
    while i < len(symbols):
        if tuple(symbols[i : i + 2]) == pair:
            out.append(pair[0] + pair[1])
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return out


class BPE:
    def __init__(self):
        self.rank = {}

    def train(self, counts, n_merges):
        words = [([*word, END], count) for word, count in counts.items()]
        self.rank, merges = {}, []
        while len(merges) < n_merges:
            pairs = Counter()
            for symbols, count in words:
                for pair in zip(symbols, symbols[1:]):
                    pairs[pair] += count
            if not pairs:
                break
            best = max(pairs, key=pairs.get)
            if pairs[best] < 2:
                break
            self.rank.setdefault(best, len(merges))
            merges.append(list(best))
            words = [(merge(symbols, best), count) for symbols, count in words]
        return merges

    def encode(self, text):
        known = {}
        tokens = []
        for word in text.split():
            if word not in known:
                known[word] = self.encode_word(word)
            tokens += known[word]
        return tokens

    def encode_word(self, word):
        symbols = [*word, END]
        while True:
            present = [pair for pair in zip(symbols, symbols[1:]) if pair in self.rank]
            if not present:
                return symbols
            symbols = merge(symbols, min(present, key=self.rank.get))
