"""Tests for BM25."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-9, rel_tol=1e-8)
FISH = [["red", "fish"], ["blue", "fish", "fish"], ["bird"]]


def visible() -> list[Case]:
    index = [("__init__", [FISH, 1.5, 0.75])]
    return [
        Case("a word in most documents", calls=[*index, ("search", [["fish"], 2]), ("score", [["fish"]]), ("score", [["bird"]])]),
        Case("a repeated word in the query", calls=[*index, ("score", [["red", "bird", "bird"]])]),
        Case("fewer matches than asked for", calls=[*index, ("search", [["red", "blue"], 5]), ("search", [["cat"], 5])]),
        Case("equal scores", calls=[("__init__", [[["b", "a"], ["c", "d"], ["a", "e"], ["a", "f"]], 1.2, 0.75]), ("search", [["a"], 2])]),
        Case("a word that repeats in one document", calls=[("__init__", [[["x", "x", "x"], ["y"], ["z"], ["w"]], 1.2, 0.5]), ("score", [["x"]])]),
        Case("documents of different length", calls=[("__init__", [[["x", "p", "q", "r"], ["x"], ["s"]], 1.2, 0.75]), ("score", [["x"]])]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    words = [f"w{i}" for i in range(60)]
    weight = 1 / np.arange(1, 61)

    def text(low: int, high: int) -> list[str]:
        return [str(w) for w in rng.choice(words, int(rng.integers(low, high)), p=weight / weight.sum())]

    some = [text(0, 15) for _ in range(50)]
    asks = [("score", [text(1, 4)]) for _ in range(3)] + [("search", [text(1, 4), 7]) for _ in range(6)]
    large = [[*text(3, 6), f"id{i % 4000}"] for i in range(20_000)]
    many = [("search", [[f"id{int(rng.integers(0, 4000))}", "nowhere"], 5]) for _ in range(500)]
    return [
        Case("random documents", calls=[("__init__", [some, 1.2, 0.75]), *asks], compare=LOOSE),
        Case("binary counts", calls=[("__init__", [some, 0.0, 0.75]), *asks[:3]], compare=LOOSE),
        Case("no length normalization", calls=[("__init__", [some, 2.0, 0.0]), *asks], compare=LOOSE),
        Case("full length normalization", calls=[("__init__", [some, 2.0, 1.0]), *asks], compare=LOOSE),
        Case("no documents", calls=[("__init__", [[], 1.2, 0.75]), ("score", [["a"]]), ("search", [["a"], 3])]),
        Case("only empty documents", calls=[("__init__", [[[], []], 1.2, 0.75]), ("score", [["a"]]), ("search", [["a"], 3])]),
        Case("an empty query", calls=[("__init__", [FISH, 1.2, 0.75]), ("score", [[]]), ("search", [[], 3])]),
        Case("nothing asked for", calls=[("__init__", [FISH, 1.2, 0.75]), ("search", [["fish"], 0])]),
        Case("one document", calls=[("__init__", [[["a", "b"]], 1.2, 0.75]), ("score", [["a", "a", "c"]])], compare=LOOSE),
        Case("many documents and searches", calls=[("__init__", [large, 1.2, 0.75]), *many], compare=LOOSE),
    ]
