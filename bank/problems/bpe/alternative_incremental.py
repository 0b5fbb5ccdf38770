"""Pair counts kept up to date: only words that hold the merged pair are touched."""
from collections import defaultdict
from functools import lru_cache


def apply(word, pair):
    out = list(word)
    i = 0
    while i + 1 < len(out):
        if (out[i], out[i + 1]) == pair:
            out[i : i + 2] = [out[i] + out[i + 1]]
        i += 1
    return tuple(out)


class BPE:
    def __init__(self):
        self._merges = []

    def train(self, counts, n_merges):
        words = [tuple(word) + ("</w>",) for word in counts]
        weights = list(counts.values())
        totals, holders = defaultdict(int), defaultdict(set)

        def add(index, sign):
            for pair in zip(words[index], words[index][1:]):
                totals[pair] += sign * weights[index]
                holders[pair].add(index)

        for index in range(len(words)):
            add(index, 1)
        self._merges = []
        while len(self._merges) < n_merges and totals:
            best = max(totals.values())
            if best < 2:
                break
            pair = min(p for p, count in totals.items() if count == best)
            self._merges.append(list(pair))
            for index in holders.pop(pair):
                add(index, -1)
                words[index] = apply(words[index], pair)
                add(index, 1)
        return [list(pair) for pair in self._merges]

    def encode(self, text):
        rank = {}
        for index, pair in enumerate(self._merges):
            rank.setdefault(tuple(pair), index)

        @lru_cache(maxsize=None)
        def tokens(word):
            symbols = tuple(word) + ("</w>",)
            while len(symbols) > 1:
                pair = min(zip(symbols, symbols[1:]), key=lambda p: rank.get(p, float("inf")))
                if pair not in rank:
                    break
                symbols = apply(symbols, pair)
            return symbols

        return [token for word in text.split() for token in tokens(word)]
