"""NDCG of four ranked results with graded relevance."""

from math import log2

import numpy as np
from sklearn.metrics import ndcg_score

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {"rel": [int(v) for v in rng.integers(0, 4, 4)]}


def dcg(rel: list[int]) -> float:
    return sum(r / log2(i + 2) for i, r in enumerate(rel))


def ndcg(rel: list[int]) -> float:
    return dcg(rel) / dcg(sorted(rel, reverse=True))


def accept(rel: list[int]) -> bool:
    return sum(rel) >= 4 and len(set(rel)) >= 3 and ndcg(rel) < 0.93


def key(rel: list[int]) -> float:
    return float(ndcg_score([rel], [[4, 3, 2, 1]]))


def key_independent(rel: list[int]) -> float:
    return ndcg(rel)


def exponential(rel: list[int]) -> float:
    return ndcg([2**r - 1 for r in rel])


def by_rank(rel: list[int]) -> float:
    best = sorted(rel, reverse=True)
    return sum(r / (i + 1) for i, r in enumerate(rel)) / sum(r / (i + 1) for i, r in enumerate(best))


def show(rel: list[int]) -> dict[str, str]:
    return {"grades": ", ".join(map(str, rel))}


FAMILY = Family(
    slug="ndcg-at-four",
    topic="ranking-metrics-ndcg-map-mrr",
    level="apply",
    minutes=3,
    difficulty=0.4,
    stem=(
        "Four results are shown; their relevance grades from first to last are {grades}. With "
        "linear gain and discount $1/\\log_2(\\text{{rank}} + 1)$, what is the NDCG?"
    ),
    unit="",
    digits=3,
    response="choice",
    draw=draw,
    accept=accept,
    show=show,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("ndcg-exponential-gain", exponential),
        Slip("ndcg-discount-by-rank", by_rank),
        Slip("ndcg-ideal-is-all-top", lambda rel: dcg(rel) / dcg([3, 3, 3, 3])),
        Slip("ndcg-cut-at-two", lambda rel: dcg(rel[:2]) / dcg(sorted(rel, reverse=True)[:2])),
        Slip("ndcg-root-gain", lambda rel: ndcg([r**0.5 for r in rel])),
        Slip(
            "ndcg-worst-for-ideal",
            lambda rel: (
                dcg(rel) / dcg(sorted(rel)) if dcg(rel) < dcg(sorted(rel)) else dcg(sorted(rel)) / dcg(rel)
            ),
        ),
    ],
    explanation="DCG of {grades} divided by the DCG of the same grades sorted downwards: {key}.",
    sources=["Järvelin and Kekäläinen 2002; scikit-learn ndcg_score."],
    variants=20,
)
