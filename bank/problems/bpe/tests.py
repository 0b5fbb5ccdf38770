"""Tests for byte-pair encoding."""
import numpy as np

from greenroom.judge.cases import Case

NEWEST = {"low": 5, "lower": 2, "newest": 6, "widest": 3}


def script(counts: dict, n_merges: int, *texts: str) -> list:
    return [("__init__", []), ("train", [counts, n_merges]), *[("encode", [text]) for text in texts]]


def visible() -> list[Case]:
    return [
        Case("the example", calls=script(NEWEST, 4, "lowest slow")),
        Case("ties go to the smaller pair", calls=script({"zy": 3, "ab": 3}, 2, "ab zy")),
        Case("a run of one letter", calls=script({"aaaaa": 2}, 3, "aaaaaaa aaa a")),
        Case("stops when no pair occurs twice", calls=script({"abc": 1, "d": 1}, 10, "abc d")),
        Case("before any training", calls=[("__init__", []), ("encode", ["low  er"])]),
    ]


def corpus(rng: np.random.Generator, n: int, letters: str, longest: int) -> dict[str, int]:
    words = ["".join(rng.choice(list(letters), rng.integers(1, longest + 1))) for _ in range(n)]
    return {word: int(rng.integers(1, 9)) for word in words}


def text_of(rng: np.random.Generator, counts: dict[str, int], n: int, letters: str) -> str:
    seen = list(counts)
    fresh = list(corpus(rng, n, letters, 9))
    return " ".join(str(w) for w in rng.permutation([*rng.choice(seen, n), *fresh]))


def hidden(rng: np.random.Generator) -> list[Case]:
    few = corpus(rng, 25, "ab", 8)
    some = corpus(rng, 60, "abcde", 7)
    many = corpus(rng, 600, "abcdefghijklmnopqrstuvwxyz", 10)
    long_text = " ".join(str(w) for w in rng.choice(list(many), 6_000))
    cases = [
        Case("random words of five letters", calls=script(some, 40, text_of(rng, some, 30, "abcde"))),
        Case("more merges than pairs", calls=script({"ab": 2, "b": 1}, 100, "ab b a abab")),
        Case("no merges asked for", calls=script(NEWEST, 0, "low")),
        Case("an empty frequency map", calls=script({}, 5, "low")),
        Case("an empty text", calls=script(NEWEST, 5, "", "   \n\t ")),
        Case("one-letter words", calls=script({"a": 4, "b": 4, "c": 1}, 5, "a b c d")),
        Case("characters never seen", calls=script(NEWEST, 8, "lowé newest! 最 newest")),
        Case("counts decide, not words", calls=script({"xy": 1, "yx": 9, "xyz": 1, "xyw": 1}, 2, "xy yx xyz")),
        Case("a pair that occurs exactly twice", calls=script({"pq": 1, "pqr": 1}, 6, "pq pqr")),
        Case("two merges that spell the same symbol", calls=script({"abc": 3, "bcd": 9, "abcd": 2, "ab": 8, "zabc": 2}, 12, "abcd zabcd abc bcd")),
        Case("training twice", calls=[("__init__", []), ("train", [NEWEST, 6]), ("train", [{"ab": 3}, 6]), ("encode", ["newest ab"])]),
        Case("two texts after one training", calls=script(some, 15, "abc abc", "abc cab", "e")),
        Case("many words, a long text", calls=script(many, 150, long_text)),
    ]
    for n_merges in (3, 8, 15, 30):
        counts = corpus(rng, 25, "ab", 8)
        cases.append(Case("random words of two letters", calls=script(counts, n_merges, text_of(rng, counts, 20, "abc"))))
    return [*cases, Case("long runs", calls=script(few | {"a" * 13: 5, "ab" * 6: 3}, 12, "a" * 9 + " " + "ab" * 5 + "a"))]


def sized(n: int, rng: np.random.Generator) -> Case:
    counts = {f"{i:x}": 2 for i in range(n)}
    return Case(f"n={n}", calls=script(counts, 5, "ff"))
