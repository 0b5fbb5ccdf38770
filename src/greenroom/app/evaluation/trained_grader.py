"""A regressor over the features of `grading.likeness`, fitted on other questions, calibrated and cut into levels.

It exists to measure the features. It is fitted on the data at hand whenever it runs, and is never stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import ExtraTreesRegressor, GradientBoostingRegressor
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LinearRegression

from greenroom.app.evaluation.answers import Floats, Ints
from greenroom.app.evaluation.graded_answers import GradedAnswer
from greenroom.app.evaluation.grading_metrics import RIGHT_FROM_01, nearest_level, qwk
from greenroom.app.evaluation.reference_graders import texts_without_answers
from greenroom.app.evaluation.word_vectors import nearness_from
from greenroom.grading.likeness import Nearness, Rarity, likeness, rarity_of, resemblance, words_of

N_INNER = 4
_ASKED_FOR = (
    "what",
    "why",
    "how",
    "when",
    "which",
    "where",
    "list",
    "name",
    "explain",
    "differ",
    "advantag",
    "mani",
)
_NEAREST = (1, 3)
_SHRINK = 2.0
_PLACES = 41
_SWEEPS = 3

Exemplars = Sequence[Sequence[GradedAnswer]]


class Marks(NamedTuple):
    """score[n] in 0..1, p_right[n]: chance of a mark of at least 0.5, level[n]: index into the levels."""

    score: Floats
    p_right: Floats
    level: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Turns answers into features."""

    rarity: Rarity
    nearness: Nearness

    def features(self, rows: Sequence[GradedAnswer]) -> Floats:
        """X[n_answers, n_features]: best over references, of the nearest reference, and what the question asks."""
        return np.array([self._row(row) for row in rows], dtype=np.float64)

    def _row(self, row: GradedAnswer) -> Floats:
        each = np.array(
            [likeness(row.question, r, row.answer, self.rarity, self.nearness) for r in row.references]
        )
        asked = set(words_of(row.question).stems)
        about = [float(word in asked) for word in _ASKED_FOR]
        sizes = [min(len(words_of(r).content) for r in row.references), len(words_of(row.question).content)]
        return np.concatenate(
            [each.max(axis=0), each[each[:, 0].argmax()], each.mean(axis=0)[:3], about, sizes]
        )


class TrainedGrader:
    """Fitted on graded answers; predicts others, with exemplars of the same question where there are some."""

    def __init__(
        self,
        train: Sequence[GradedAnswer],
        levels: Floats,
        *,
        others: Sequence[GradedAnswer] = (),
        seed: int = 0,
    ) -> None:
        """Fits. Of `others`, the answers to be predicted, only questions and references are read."""
        self._train, self._levels, self._seed = train, levels, seed
        known = [*texts_without_answers([*train, *others]), *(row.answer for row in train)]
        self._reader = _Reader(rarity=rarity_of(known), nearness=nearness_from(known))
        self._y = np.array([row.score_01 for row in train])
        self._by_question: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(train):
            self._by_question[row.question_id].append(index)
        features = self._reader.features(train)
        self._model = _fit(features, self._y, seed)
        self._held_out = self._predict_held_out(features)
        self._stages: dict[int | None, _Stage] = {}

    def predict(self, rows: Sequence[GradedAnswer], exemplars: Exemplars | None = None) -> Marks:
        """Marks. Answers to the same question that were trained on count as exemplars too."""
        raw = _mean(self._model, self._reader.features(rows))
        given = exemplars or [()] * len(rows)
        at_hand: list[list[tuple[GradedAnswer, float]]] = []
        for row, more in zip(rows, given, strict=True):
            own = [
                (self._train[i], float(self._held_out[i])) for i in self._by_question.get(row.question_id, ())
            ]
            at_hand.append(own + [(graded, np.nan) for graded in more])
        score, p_right, level = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows), dtype=np.int64)
        few = max((len(more) for more in given), default=0)
        sizes = [self._size(row, more, few) for row, more in zip(rows, given, strict=True)]
        for size in set(sizes):
            where = np.array([i for i, own in enumerate(sizes) if own == size], dtype=np.int64)
            told = [self._completed(rows[i], at_hand[i]) for i in where]
            marks = self._stage(size).marks([rows[i] for i in where], raw[where], told, self._reader.rarity)
            score[where], p_right[where], level[where] = marks
        return Marks(score=score, p_right=p_right, level=level)

    def _size(self, row: GradedAnswer, more: Sequence[GradedAnswer], few: int) -> int | None:
        """How many exemplars the second stage is fitted for; None: all other answers to a question it knows."""
        if row.question_id in self._by_question:
            return None
        return few if more else 0

    def _completed(
        self, row: GradedAnswer, at_hand: list[tuple[GradedAnswer, float]]
    ) -> list[tuple[GradedAnswer, float]]:
        """Exemplars with the mark that the first stage gives them."""
        new = [graded for graded, own in at_hand if np.isnan(own)]
        if not new:
            return at_hand
        marks = iter(_mean(self._model, self._reader.features(new)))
        return [(graded, next(marks) if np.isnan(own) else own) for graded, own in at_hand]

    def _predict_held_out(self, features: Floats) -> Floats:
        """What models that saw no answer to the same question say of the training answers."""
        names = sorted(self._by_question)
        n_parts = min(N_INNER, len(names))
        if n_parts < 2:
            return _mean(self._model, features)
        part = dict(
            zip(
                np.random.default_rng(self._seed).permutation(names),
                np.arange(len(names)) % n_parts,
                strict=True,
            )
        )
        parts = np.array([part[row.question_id] for row in self._train])
        held_out = np.zeros(len(self._y))
        for k in range(n_parts):
            model = _fit(features[parts != k], self._y[parts != k], self._seed)
            held_out[parts == k] = _mean(model, features[parts == k])
        return held_out

    def _stage(self, size: int | None) -> _Stage:
        if size not in self._stages:
            dice = np.random.default_rng(self._seed)
            told = [self._drawn(index, size, dice) for index in range(len(self._train))]
            self._stages[size] = _Stage(
                self._train, self._held_out, told, self._y, self._levels, self._reader.rarity, self._seed
            )
        return self._stages[size]

    def _drawn(
        self, index: int, size: int | None, dice: np.random.Generator
    ) -> list[tuple[GradedAnswer, float]]:
        others = [i for i in self._by_question[self._train[index].question_id] if i != index]
        if size is not None and size < len(others):
            others = [others[i] for i in dice.choice(len(others), size, replace=False)]
        return [(self._train[i], float(self._held_out[i])) for i in others]


class _Stage:
    """The second stage: exemplars, calibration and cuts, fitted on marks of questions held out."""

    def __init__(
        self,
        rows: Sequence[GradedAnswer],
        raw: Floats,
        told: Sequence[Sequence[tuple[GradedAnswer, float]]],
        y: Floats,
        levels: Floats,
        rarity: Rarity,
        seed: int,
    ) -> None:
        self._has_exemplars = any(told)
        features = self._features(rows, raw, told, rarity)
        self._model: Any  # Any: scikit-learn has no types
        if self._has_exemplars:
            self._model = GradientBoostingRegressor(
                n_estimators=120,
                max_depth=3,
                learning_rate=0.05,
                subsample=0.6,
                min_samples_leaf=15,
                random_state=seed,
            )
            score = _cross_fitted(self._model, features, y, [row.question_id for row in rows], seed)
        else:
            self._model = LinearRegression()
            score = self._model.fit(features, y).predict(features)
        self._model.fit(features, y)
        score = np.clip(score, 0.0, 1.0)
        self._chance = IsotonicRegression(y_min=0.01, y_max=0.99, out_of_bounds="clip")
        self._chance.fit(score, y >= RIGHT_FROM_01)
        self._cuts = fit_cuts(score, nearest_level(y, levels), len(levels))

    def marks(
        self,
        rows: Sequence[GradedAnswer],
        raw: Floats,
        told: Sequence[Sequence[tuple[GradedAnswer, float]]],
        rarity: Rarity,
    ) -> Marks:
        """Marks of answers whose first-stage mark is `raw[n]`."""
        score = np.clip(self._model.predict(self._features(rows, raw, told, rarity)), 0.0, 1.0)
        return Marks(
            score=score,
            p_right=np.asarray(self._chance.predict(score)),
            level=np.searchsorted(self._cuts, score, side="right").astype(np.int64),
        )

    def _features(
        self,
        rows: Sequence[GradedAnswer],
        raw: Floats,
        told: Sequence[Sequence[tuple[GradedAnswer, float]]],
        rarity: Rarity,
    ) -> Floats:
        if not self._has_exemplars:
            return raw[:, None]
        table = [
            _from_exemplars(row, mark, graded, rarity)
            for row, mark, graded in zip(rows, raw, told, strict=True)
        ]
        return np.array(table, dtype=np.float64)


def _from_exemplars(
    row: GradedAnswer, mark: float, told: Sequence[tuple[GradedAnswer, float]], rarity: Rarity
) -> list[float]:
    """First-stage mark; how the exemplars' marks differ from theirs, shrunk; marks of the most alike."""
    n_means = len(_NEAREST) + 1
    if not told:
        return [mark, 0.0, mark, *([mark] * n_means), 0.0, 0.0, 0.0]
    alike = np.array([resemblance(row.answer, graded.answer, row.question, rarity) for graded, _ in told])
    y = np.array([graded.score_01 for graded, _ in told])
    off = y - np.array([own for _, own in told])
    order = np.argsort(-alike, kind="stable")
    bias = float(off.sum() / (len(told) + _SHRINK))
    weights = (alike + 0.05) ** 3
    near = [float(y[order[:k]].mean()) for k in _NEAREST]
    is_right = y >= RIGHT_FROM_01
    best_right, best_wrong = (float(alike[w].max()) if w.any() else 0.0 for w in (is_right, ~is_right))
    mean = float(weights @ y / weights.sum())
    return [
        mark,
        bias,
        mark + bias,
        *near,
        mean,
        float(alike.max()),
        best_right - best_wrong,
        float(y.mean()),
    ]


def _fit(features: Floats, y: Floats, seed: int) -> tuple[Any, Any]:  # Any: scikit-learn has no types
    trees = ExtraTreesRegressor(150, min_samples_leaf=4, max_features=0.4, random_state=seed)
    boosted = GradientBoostingRegressor(
        n_estimators=150, max_depth=3, learning_rate=0.05, subsample=0.6, max_features=0.4, random_state=seed
    )
    return trees.fit(features, y), boosted.fit(features, y)


def _mean(models: tuple[Any, Any], features: Floats) -> Floats:  # Any: scikit-learn has no types
    return np.asarray(0.6 * models[0].predict(features) + 0.4 * models[1].predict(features), dtype=np.float64)


def _cross_fitted(
    model: Any, features: Floats, y: Floats, questions: Sequence[str], seed: int
) -> Floats:  # Any: as above
    names = sorted(set(questions))
    n_parts = min(N_INNER, len(names))
    if n_parts < 2:
        return np.asarray(model.fit(features, y).predict(features))
    part = dict(
        zip(np.random.default_rng(seed + 1).permutation(names), np.arange(len(names)) % n_parts, strict=True)
    )
    parts = np.array([part[name] for name in questions])
    score = np.zeros(len(y))
    for k in range(n_parts):
        score[parts == k] = model.fit(features[parts != k], y[parts != k]).predict(features[parts == k])
    return score


def fit_cuts(score: Floats, level: Ints, n_levels: int) -> Floats:
    """cuts[n_levels - 1]: where a score goes into the next level, for the best QWK.

    Begins where as many scores as marks lie below each cut, then moves one cut at a time.
    """
    below = [float((level < k).mean()) for k in range(1, n_levels)]
    cuts = np.quantile(score, below) if n_levels > 1 else np.zeros(0)
    places = np.quantile(score, np.linspace(0, 1, _PLACES))

    def worth(tried: Floats) -> float:
        value = qwk(level, np.searchsorted(tried, score, side="right").astype(np.int64), n_levels)
        return -1.0 if np.isnan(value) else value

    best = worth(cuts)
    for _ in range(_SWEEPS):
        for k in range(len(cuts)):
            for place in places:
                tried = np.sort(np.concatenate([cuts[:k], [place], cuts[k + 1 :]]))
                value = worth(tried)
                if value > best + 1e-9:
                    best, cuts = value, tried
    return np.asarray(cuts)
