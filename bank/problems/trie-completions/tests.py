"""Tests for completions."""
import numpy as np

from greenroom.judge.cases import Case


def script(*calls: tuple) -> list:
    return [("__init__", []), *[(name, list(args)) for name, *args in calls]]


def visible() -> list[Case]:
    return [
        Case("the example", calls=script(("add", "attention is all you need", 9), ("add", "attention head", 4), ("add", "attend", 4), ("complete", "att", 2), ("size",))),
        Case("equal weights", calls=script(("add", "b", 1), ("add", "c", 1), ("add", "a", 1), ("complete", "", 3))),
        Case("added twice", calls=script(("add", "lora", 2), ("add", "lorax", 4), ("add", "lora", 3), ("weight", "lora"), ("complete", "lo", 1), ("size",))),
        Case("the prefix is a phrase", calls=script(("add", "rag", 1), ("add", "rag eval", 1), ("complete", "rag", 5))),
        Case("a phrase inside another is removed", calls=script(("add", "top", 5), ("add", "top-k", 1), ("remove", "top"), ("remove", "top"), ("complete", "t", 5), ("weight", "top"), ("size",))),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def word(letters: str, low: int, high: int) -> str:
        return "".join(rng.choice(list(letters), int(rng.integers(low, high))))

    def mixed(n: int) -> list:
        calls = []
        for _ in range(n):
            kind = rng.choice(["add", "add", "remove", "weight", "complete", "size"])
            text = word("abc", 1, 5)
            if kind == "add":
                calls.append((kind, text, int(rng.integers(1, 4))))
            elif kind == "complete":
                calls.append((kind, text[: int(rng.integers(0, 3))], int(rng.integers(0, 5))))
            elif kind == "size":
                calls.append((kind,))
            else:
                calls.append((kind, text))
        return calls

    phrases = [word("abcdefgh", 8, 14) for _ in range(15_000)]
    many = {p: int(rng.integers(1, 100)) for p in phrases}
    asks = [phrases[int(rng.integers(0, 15_000))][:5] for _ in range(6_000)]
    return [
        *[Case("random calls", calls=script(*mixed(200))) for _ in range(3)],
        Case("a phrase below another is removed", calls=script(("add", "a", 1), ("add", "abc", 2), ("remove", "abc"), ("complete", "", 9), ("complete", "ab", 9), ("size",))),
        Case("added again after removal", calls=script(("add", "x", 7), ("remove", "x"), ("add", "x", 2), ("weight", "x"), ("size",))),
        Case("a prefix that leads nowhere", calls=script(("add", "abc", 1), ("complete", "abd", 3), ("complete", "abcd", 3))),
        Case("removal of what is only a prefix", calls=script(("add", "abc", 1), ("remove", "ab"), ("weight", "ab"), ("complete", "ab", 2))),
        Case("nothing added", calls=script(("complete", "", 3), ("size",), ("remove", "a"), ("weight", "a"))),
        Case("nothing asked for", calls=script(("add", "abc", 1), ("complete", "a", 0))),
        Case("characters of any script", calls=script(("add", "größe", 2), ("add", "gro", 2), ("add", "注意力", 3), ("complete", "", 9), ("complete", "注", 1))),
        Case("many phrases and calls", calls=script(("add_many", many), ("complete_many", asks, 5), ("size",))),
    ]
