"""Words as strings with a separator; a merge is a regular expression."""
import re
from collections import defaultdict

SEPARATOR = "\x00"


def joined(word, left, right):
    pattern = f"(?<![^{SEPARATOR}])" + re.escape(left + SEPARATOR + right) + f"(?![^{SEPARATOR}])"
    return re.sub(pattern, lambda _: left + right, word)


class BPE:
    def __init__(self):
        self.merges = []

    def train(self, counts, n_merges):
        words = {SEPARATOR.join([*word, "</w>"]): count for word, count in counts.items()}
        self.merges = []
        for _ in range(n_merges):
            totals = defaultdict(int)
            for word, count in words.items():
                symbols = word.split(SEPARATOR)
                for pair in zip(symbols, symbols[1:]):
                    totals[pair] += count
            often = max(totals.values(), default=0)
            if often < 2:
                break
            left, right = min(pair for pair, count in totals.items() if count == often)
            self.merges.append([left, right])
            words = {joined(word, left, right): count for word, count in words.items()}
        return self.merges

    def encode(self, text):
        first = {}
        for index, (left, right) in enumerate(self.merges):
            first.setdefault((left, right), index)
        done, tokens = {}, []
        for word in text.split():
            if word not in done:
                symbols = [*word, "</w>"]
                while True:
                    ranks = [first.get(pair, len(self.merges)) for pair in zip(symbols, symbols[1:])]
                    if not ranks or min(ranks) == len(self.merges):
                        break
                    symbols = joined(SEPARATOR.join(symbols), *self.merges[min(ranks)]).split(SEPARATOR)
                done[word] = symbols
            tokens.extend(done[word])
        return tokens
