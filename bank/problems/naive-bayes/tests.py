"""Tests for naive Bayes."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-8, rel_tol=1e-8)
MAIL = [["buy", "now"], ["meet", "now"], ["meet", "me"]]
KIND = ["spam", "ham", "ham"]


def visible() -> list[Case]:
    learned = [("__init__", [1.0]), ("update", [MAIL, KIND])]
    return [
        Case("the example", calls=[*learned, ("predict", [["buy", "buy"]]), ("log_posterior", [["me"]])]),
        Case("a repeated word", calls=[*learned, ("log_posterior", [["buy", "buy", "meet"]])]),
        Case("a word never learned", calls=[*learned, ("log_posterior", [["hello", "buy", "hello"]])]),
        Case("an empty document", calls=[*learned, ("log_posterior", [[]]), ("predict", [[]])]),
        Case("two batches", calls=[("__init__", [0.5]), ("update", [MAIL[:1], KIND[:1]]), ("update", [MAIL[1:], KIND[1:]]), ("log_posterior", [["now"]])]),
        Case("before any document", calls=[("__init__", [1.0]), ("predict", [["a"]]), ("log_posterior", [["a"]])]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    words = [f"w{i}" for i in range(30)]

    def text(n: int) -> list[str]:
        return [str(w) for w in rng.choice(words, n, p=np.arange(1, 31) / 465)]

    def corpus(n: int, labels: str) -> list:
        return [[text(int(rng.integers(0, 12))) for _ in range(n)], [str(c) for c in rng.choice(list(labels), n)]]

    some = corpus(40, "abc")
    asks = [("log_posterior", [text(8)]) for _ in range(4)] + [("predict", [text(5)]) for _ in range(4)]
    return [
        Case("random documents", calls=[("__init__", [1.0]), ("update", some), *asks], compare=LOOSE),
        Case("a small alpha", calls=[("__init__", [0.01]), ("update", some), *asks], compare=LOOSE),
        Case("random batches", calls=[("__init__", [0.3]), ("update", corpus(10, "ab")), asks[0], ("update", corpus(10, "bc")), *asks], compare=LOOSE),
        Case("a long document", calls=[("__init__", [1.0]), ("update", some), ("log_posterior", [text(5000)]), ("predict", [text(5000)])], compare=LOOSE),
        Case("a long document of one class", calls=[("__init__", [0.1]), ("update", [[["x"] * 9 + ["y"], ["y"] * 9 + ["x"]], ["a", "b"]]), ("log_posterior", [["x"] * 5000]), ("predict", [["y"] * 5000])], compare=LOOSE),
        Case("a tie", calls=[("__init__", [1.0]), ("update", [[["x"], ["x"]], ["zebra", "ant"]]), ("predict", [["x"]]), ("predict", [["q"]])]),
        Case("a class of empty documents", calls=[("__init__", [1.0]), ("update", [[[], ["x", "y"], []], ["e", "f", "e"]]), ("log_posterior", [["x"]]), ("predict", [[]])], compare=LOOSE),
        Case("only empty documents", calls=[("__init__", [1.0]), ("update", [[[], [], []], ["e", "f", "e"]]), ("log_posterior", [["x"]]), ("predict", [["x"]])], compare=LOOSE),
        Case("one class", calls=[("__init__", [2.0]), ("update", [[["x"]], ["only"]]), ("log_posterior", [["x", "x"]])], compare=LOOSE),
        Case("an empty batch", calls=[("__init__", [2.0]), ("update", [[], []]), ("predict", [["x"]])]),
    ]
