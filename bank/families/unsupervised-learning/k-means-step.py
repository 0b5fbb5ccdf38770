"""New centre after one step of Lloyd's algorithm in one dimension."""

import numpy as np
from sklearn.cluster import KMeans

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    xs = sorted(int(v) for v in rng.choice(np.arange(0, 31), 6, replace=False))
    return {"xs": xs, "a": int(rng.integers(2, 9)), "b": int(rng.integers(18, 28))}


def left(xs: list[int], a: int, b: int) -> list[int]:
    return [x for x in xs if abs(x - a) < abs(x - b)]


def accept(xs: list[int], a: int, b: int) -> bool:
    tie = any(abs(x - a) == abs(x - b) for x in xs)
    return not tie and 2 <= len(left(xs, a, b)) <= 4


def key(xs: list[int], a: int, b: int) -> float:
    start = np.array([[a], [b]], dtype=float)
    labels = (
        KMeans(2, init=start, n_init=1, max_iter=1).fit(start).predict(np.array(xs, dtype=float)[:, None])
    )
    return float(np.mean(np.array(xs)[labels == 0]))


def key_independent(xs: list[int], a: int, b: int) -> float:
    mine = left(xs, a, b)
    return sum(mine) / len(mine)


def median(xs: list[int], a: int, b: int) -> float:
    return float(np.median(left(xs, a, b)))


def show(xs: list[int], a: int, b: int) -> dict[str, str]:
    return {"points": ", ".join(map(str, xs))}


FAMILY = Family(
    slug="k-means-step",
    topic="k-means-and-failure-modes",
    level="apply",
    minutes=1.5,
    difficulty=-0.3,
    stem=(
        "Points lie at {points}; the present centres of k-means are {a} and {b}. Where is the "
        "first centre after one step?"
    ),
    unit="",
    digits=2,
    response="choice",
    draw=draw,
    accept=accept,
    show=show,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip(
            "k-means-includes-old-centre",
            lambda xs, a, b: (sum(left(xs, a, b)) + a) / (len(left(xs, a, b)) + 1),
        ),
        Slip("k-means-takes-median", median),
        Slip("k-means-half-of-points", lambda xs, a, b: sum(xs[:3]) / 3),
        Slip("k-means-moves-half-way", lambda xs, a, b: (a + key_independent(xs, a, b)) / 2),
        Slip(
            "k-means-nearest-one-point-more",
            lambda xs, a, b: sum(xs[: len(left(xs, a, b)) + 1]) / (len(left(xs, a, b)) + 1),
        ),
        Slip("k-means-midrange", lambda xs, a, b: (min(left(xs, a, b)) + max(left(xs, a, b))) / 2),
    ],
    explanation=(
        "Assign each point to the nearer centre, then take the mean of those assigned to the first: {key}."
    ),
    sources=["Lloyd 1982, Least squares quantization in PCM."],
    variants=20,
)
