"""Out-of-fold target encoding of one row, with smoothing."""

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    n = int(rng.integers(4, 13))
    m = int(rng.integers(1, 6))
    return {
        "n": n,
        "k": int(rng.integers(1, n)),
        "m": m,
        "j": int(rng.integers(0, m + 1)),
        "rate": int(rng.integers(4, 21)),
        "w": int(rng.choice([5, 10, 20])),
    }


def value(hits: float, rows: float, rate: int, w: int) -> float:
    return (hits + w * rate / 100) / (rows + w)


def accept(n: int, k: int, m: int, j: int, rate: int, w: int) -> bool:
    return abs(j / m - k / n) > 0.2 and abs(k / n - rate / 100) > 0.1


def key(n: int, k: int, m: int, j: int, rate: int, w: int) -> float:
    labels = np.r_[np.ones(k), np.zeros(n - k), np.ones(j), np.zeros(m - j)]
    fold = np.r_[np.zeros(n), np.ones(m)]
    other = labels[fold == 0]
    return float(np.average([other.mean(), rate / 100], weights=[len(other), w]))


def key_independent(n: int, k: int, m: int, j: int, rate: int, w: int) -> float:
    return value(k, n, rate, w)


FAMILY = Family(
    slug="smoothed-target-encoding",
    topic="target-encoding-out-of-fold",
    level="apply",
    minutes=2,
    difficulty=0.3,
    stem=(
        "A category has {n} rows with {k} positives outside a fold, and {m} rows with {j} "
        "positives inside it. The overall rate is {rate} %, and the prior counts as {w} rows. "
        "Which target encoding do the rows inside the fold get?"
    ),
    unit="",
    digits=3,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("encoding-with-own-fold", lambda n, k, m, j, rate, w: value(k + j, n + m, rate, w)),
        Slip("encoding-unsmoothed", lambda n, k, m, j, rate, w: k / n),
        Slip("encoding-own-fold-only", lambda n, k, m, j, rate, w: value(j, m, rate, w)),
        Slip("encoding-plain-mean-with-prior", lambda n, k, m, j, rate, w: (k / n + rate / 100) / 2),
        Slip("encoding-global-only", lambda n, k, m, j, rate, w: rate / 100),
    ],
    explanation="Only the other folds count: ({k} + {w} × {rate} %) / ({n} + {w}) = {key}.",
    sources=["Micci-Barreca 2001; scikit-learn TargetEncoder with cross fitting."],
    variants=20,
)
