"""Bank-wide cues: how well a reader who knows nothing would do by form alone, and where the keys stand.

The cue-only reader is a conditional logistic regression (McFadden 1974) over features of an option relative
to the others of its item; it is fitted on other topics than those it is tried on. It has to stay within two
standard errors of chance.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import chi2

from greenroom.content.flaws import ABSOLUTE, HEDGE, bare, content_words
from greenroom.core.items import ChoiceSpec, Item, Kind

N_FOLDS = 5
RIDGE = 3.0
"""Strength of the pull towards no cue at all; keeps small banks from fitting noise."""
LEAST_ITEMS = 40
"""Below this the classifier says nothing."""
STANDARD_ERRORS = 2.0
LEAST_P = 0.01
"""Of the chi-square test of key positions."""

FEATURES = (
    *("length", "is longest", "is shortest", "position first", "position last", "position middle"),
    *("overlap with stem", "overlap with options", "absolutes", "hedges", "holds digits", "numeric extreme"),
    *("holds code", "holds maths", "commas", "parenthesis", "negation", "gives a reason"),
)
_REASON = re.compile(r"\b(because|since|so that|therefore|thus|which means)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(not|no|cannot|without|nothing|none)\b|n't\b", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CueReport:
    """How the cue-only reader did. `accuracy_01` is None where there are too few items to tell."""

    n_items: int
    accuracy_01: float | None
    chance_01: float
    standard_error: float
    weights: dict[str, float]
    """Feature -> weight of the fit on all items, standardised: which cue works."""
    most_guessable: tuple[tuple[str, float], ...]
    """(item id, probability given to its key by a fit on other topics), highest first"""

    @property
    def is_within_bounds(self) -> bool:
        """True where the reader does not beat chance by more than two standard errors."""
        return (
            self.accuracy_01 is None
            or self.accuracy_01 <= self.chance_01 + STANDARD_ERRORS * self.standard_error
        )


def features_of(item: Item) -> Matrix:
    """X[n_options, n_features], each relative to the item's other options."""
    assert isinstance(item.spec, ChoiceSpec)
    texts = [option.text for option in item.spec.options]
    lengths = np.array([len(bare(text)) for text in texts], dtype=float)
    words = [content_words(text) for text in texts]
    stem = content_words(item.stem_text)
    n = len(texts)
    numbers = [
        float(found.group().replace(",", "")) if (found := _NUMBER.search(t)) else math.nan for t in texts
    ]
    extreme = np.zeros(n)
    if not any(math.isnan(x) for x in numbers):
        extreme[int(np.argmax(numbers))] = extreme[int(np.argmin(numbers))] = 1.0
    position = np.arange(n)
    columns = [
        np.log1p(lengths),
        (lengths == lengths.max()) / np.sum(lengths == lengths.max()),
        (lengths == lengths.min()) / np.sum(lengths == lengths.min()),
        position == 0,
        position == n - 1,
        (position > 0) & (position < n - 1) & (position == n // 2),
        [len(stem & own) for own in words],
        [
            sum(len(own & other) for k, other in enumerate(words) if k != index)
            for index, own in enumerate(words)
        ],
        [len(ABSOLUTE.findall(text)) for text in texts],
        [len(HEDGE.findall(text)) for text in texts],
        [bool(re.search(r"\d", text)) for text in texts],
        extreme,
        ["`" in text for text in texts],
        ["$" in text for text in texts],
        [text.count(",") for text in texts],
        ["(" in text for text in texts],
        [bool(_NEGATION.search(text)) for text in texts],
        [bool(_REASON.search(text)) for text in texts],
    ]
    X = np.column_stack([np.asarray(column, dtype=float) for column in columns])
    centred: Matrix = X - X.mean(axis=0)
    return centred


def cue_report(items: Sequence[Item]) -> CueReport:
    """The cue-only reader over choice items, cross-validated by topic. The same every time."""
    asked = [item for item in items if item.kind is Kind.CHOICE and isinstance(item.spec, ChoiceSpec)]
    chances = np.array([item.guess_01 for item in asked])
    chance = float(chances.mean()) if asked else 0.25
    error = float(np.sqrt(np.sum(chances * (1 - chances)))) / len(asked) if asked else 0.0
    if len(asked) < LEAST_ITEMS:
        return CueReport(n_items=len(asked), accuracy_01=None, chance_01=chance, standard_error=error, weights={},
                         most_guessable=())  # fmt: skip
    X = [features_of(item) for item in asked]
    keys = np.array([_key(item) for item in asked])
    scale = np.concatenate(X).std(axis=0)
    scale[scale == 0] = 1.0
    X = [x / scale for x in X]
    folds = np.array([zlib.crc32(item.topic.encode()) % N_FOLDS for item in asked])
    given = np.zeros(len(asked))
    hits = np.zeros(len(asked))
    for fold in range(N_FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        weights = _fit([X[k] for k in inside], keys[inside])
        for k in outside:
            chances_given = _softmax(X[k] @ weights)
            given[k] = chances_given[keys[k]]
            best = np.flatnonzero(chances_given >= chances_given.max() - 1e-12)
            hits[k] = (keys[k] in best) / len(best)
    order = np.argsort(-given)[:40]
    return CueReport(
        n_items=len(asked),
        accuracy_01=float(hits.mean()),
        chance_01=chance,
        standard_error=error,
        weights={name: round(float(w), 3) for name, w in zip(FEATURES, _fit(X, keys), strict=True)},
        most_guessable=tuple((asked[k].id, round(float(given[k]), 3)) for k in order),
    )


def _key(item: Item) -> int:
    assert isinstance(item.spec, ChoiceSpec)
    return next(k for k, option in enumerate(item.spec.options) if option.is_right)


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max())
    made: Matrix = powers / powers.sum()
    return made


def _fit(X: Sequence[Matrix], keys: NDArray[np.int64]) -> Matrix:
    """Weights of the conditional logit with a ridge. Options are padded to one width; X[n_items][n_options, k]."""
    width, k = max(len(x) for x in X), X[0].shape[1]
    padded = np.zeros((len(X), width, k))
    closed = np.full((len(X), width), -np.inf)
    for index, x in enumerate(X):
        padded[index, : len(x)] = x
        closed[index, : len(x)] = 0.0
    rows = np.arange(len(X))
    at_key = padded[rows, keys]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = padded @ weights + closed
        top = scores.max(axis=1, keepdims=True)
        powers = np.exp(scores - top)
        total = powers.sum(axis=1, keepdims=True)
        value = np.sum(np.log(total[:, 0]) + top[:, 0] - scores[rows, keys]) + RIDGE * weights @ weights / 2
        expected = np.einsum("io,iok->k", powers / total, padded)
        return float(value), expected - at_key.sum(axis=0) + RIDGE * weights

    found: Matrix = minimize(loss, np.zeros(k), jac=True, method="L-BFGS-B").x
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReport:
    """Where the keys stand: counts[n_options], chi-square and its p-value (1 where there are too few)."""

    n_options: int
    counts: tuple[int, ...]
    chi_square: float
    p: float


def position_reports(items: Sequence[Item]) -> list[PositionReport]:
    """One report for each number of options, of choice items."""
    made: list[PositionReport] = []
    asked = [item for item in items if item.kind is Kind.CHOICE and isinstance(item.spec, ChoiceSpec)]
    for n_options in sorted({len(item.spec.options) for item in asked if isinstance(item.spec, ChoiceSpec)}):
        keys = [_key(item) for item in asked if len(item.spec.options) == n_options]  # type: ignore[union-attr]  # choices
        counts = np.bincount(keys, minlength=n_options)
        expected = len(keys) / n_options
        statistic = float(np.sum((counts - expected) ** 2 / expected))
        p = float(chi2.sf(statistic, n_options - 1)) if expected >= 5 else 1.0
        made.append(
            PositionReport(
                n_options=n_options, counts=tuple(map(int, counts)), chi_square=round(statistic, 2), p=p
            )
        )
    return made
