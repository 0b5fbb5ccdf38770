"""Tests for a window over a stream."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-9, rel_tol=1e-9)
ASK = [("values", []), ("mean", []), ("largest", [])]


def pushes(values: list) -> list:
    return [("push", [value]) for value in values]


def visible() -> list[Case]:
    return [
        Case("the example", calls=[("__init__", [2]), *pushes([5.0, 1.0, 4.0]), *ASK]),
        Case("the largest leaves", calls=[("__init__", [3]), *pushes([9.0, 2.0, 1.0, 3.0]), *ASK, ("push", [0.0]), *ASK]),
        Case("equal largest values", calls=[("__init__", [2]), *pushes([7.0, 7.0, 1.0]), *ASK]),
        Case("indices outside", calls=[("__init__", [3]), *pushes([1.0, 2.0, 3.0, 4.0]), *[("get", [i]) for i in range(-5, 5)]]),
        Case("nothing pushed", calls=[("__init__", [3]), *ASK, ("get", [0]), ("get", [-1])]),
        Case("cleared", calls=[("__init__", [2]), *pushes([5.0, 6.0, 7.0]), ("clear", []), *ASK, *pushes([2.0]), *ASK, *pushes([3.0, 4.0]), *ASK]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def mixed(capacity: int, n: int, draw: object) -> list:
        calls = [("__init__", [capacity])]
        for _ in range(n):
            calls.append(("push", [draw()]))
            calls += [ASK[int(rng.integers(0, 3))], ("get", [int(rng.integers(-capacity - 1, capacity + 1))])]
        return calls

    spikes = [float(v) for v in rng.normal(size=3000)]
    for at in range(100, 2900, 250):
        spikes[at] = 1e12 * float(rng.normal())
    many = [float(v) for v in rng.normal(size=6500)]
    busy = [("__init__", [5000]), *pushes(many[:5000])]
    for value in many[5000:]:
        busy += [("push", [value]), ("mean", [])]
    busy += [("largest", []), ("get", [2500])]
    return [
        Case("random numbers", calls=mixed(7, 120, lambda: float(rng.normal())), compare=LOOSE),
        Case("random whole numbers, many equal", calls=mixed(5, 150, lambda: int(rng.integers(-3, 4))), compare=LOOSE),
        Case("room for one", calls=mixed(1, 30, lambda: float(rng.normal())), compare=LOOSE),
        Case("never full", calls=mixed(500, 60, lambda: float(rng.normal())), compare=LOOSE),
        Case("only negative numbers", calls=[("__init__", [3]), *pushes([-5.0, -2.0, -9.0, -7.0]), *ASK], compare=LOOSE),
        Case("falling and rising", calls=[("__init__", [4]), *[call for v in [9, 8, 7, 6, 5, 6, 7, 8, 9, 1] for call in (("push", [v]), ("largest", []))]]),
        Case("zeros fall out", calls=[("__init__", [2]), *pushes([0.0, 0.0, 1.0, 0.0]), *ASK], compare=LOOSE),
        Case("large values passed through", calls=[("__init__", [50]), *pushes(spikes), ("mean", []), ("largest", [])], compare=LOOSE),
        Case("a large window", calls=busy, compare=LOOSE),
    ]
