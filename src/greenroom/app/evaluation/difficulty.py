"""Difficulties learned from many learners: base + mean of the skills' offsets + the item's own offset.

Each offset has a Gaussian prior whose variance is estimated along the way (empirical Bayes, by EM), so an
item met twice stays near its skills and an item never met is its skills with the full variance. Given what
the filter believed of each learner just before each answer, the offsets maximize the predictive likelihood
of the answers: Newton steps on sums per item and per skill, a few sweeps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from greenroom.app.evaluation.answers import Answers, Bools, Floats, Ints
from greenroom.core.filtering import PI_OVER_8

LEAST_VARIANCE, MOST_VARIANCE = 0.02, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulties:
    """Learned difficulties in logits: means and variances."""

    base: float
    skill: Floats
    skill_variance: Floats
    item: Floats
    item_variance: Floats
    skill_spread: float
    """Variance of the skills' offsets around the base."""
    item_spread: float
    """Variance of the items' offsets around their skills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDifficulty:
    """Difficulty of each answer's item: arrays [n_answers]."""

    mean_logit: Floats
    variance: Floats


def unknown(answers: Answers, spread: float = 1.0) -> Difficulties:
    """Before any answer: everything at the level of the mean score."""
    share = float(np.clip(answers.correct.mean(), 0.01, 0.99))
    return Difficulties(
        base=float(-np.log(share / (1 - share))),
        skill=np.zeros(answers.n_skills),
        skill_variance=np.full(answers.n_skills, spread),
        item=np.zeros(answers.n_items),
        item_variance=np.full(answers.n_items, spread),
        skill_spread=spread,
        item_spread=spread,
    )


def by_row(answers: Answers, found: Difficulties) -> RowDifficulty:
    """The difficulty of each answer's item."""
    share = answers.share
    mean = np.add.reduceat(share * found.skill[answers.skill_of], answers.first[:-1])
    variance = np.add.reduceat(share**2 * found.skill_variance[answers.skill_of], answers.first[:-1])
    return RowDifficulty(
        mean_logit=found.base + mean + found.item[answers.item],
        variance=variance + found.item_variance[answers.item],
    )


def refit(
    answers: Answers,
    found: Difficulties,
    ability_logit: Floats,
    ability_variance: Floats,
    *,
    n_sweeps: int = 6,
    counted: Bools | None = None,
) -> Difficulties:
    """Better difficulties for what was believed of the learners: [n_answers], before each answer.

    `counted`: the answers that bear on the difficulties; None for all.
    """
    weight = None if counted is None else counted.astype(np.float64)
    share = answers.share
    base, skill, item = found.base, found.skill.copy(), found.item.copy()
    row = by_row(answers, found)
    attenuation = 1.0 / np.sqrt(1.0 + PI_OVER_8 * (ability_variance + row.variance))
    skill_spread, item_spread = found.skill_spread, found.item_spread
    skill_information, item_information = np.zeros_like(skill), np.zeros_like(item)

    def by_item(values: Floats) -> Floats:
        return _sums(answers.item, values, answers.n_items)

    def by_skill(values: Floats) -> Floats:
        return _sums(answers.skill_of, share * values[answers.row_of], answers.n_skills)

    def slopes() -> tuple[Floats, Floats]:
        offset = np.add.reduceat(share * skill[answers.skill_of], answers.first[:-1])
        x = (ability_logit - base - offset - item[answers.item]) * attenuation
        p = 1.0 / (1.0 + np.exp(-np.clip(x, -700, 700)))
        slope, curve = attenuation * (p - answers.correct), attenuation**2 * p * (1 - p)
        return (slope, curve) if weight is None else (weight * slope, weight * curve)

    for _ in range(n_sweeps):
        slope, curve = slopes()
        base += float(slope.sum() / (curve.sum() + 1.0))
        slope, curve = slopes()
        # Shares of a row sum to 1, so this step is safe though all its skills move at once.
        skill_information = by_skill(curve)
        skill += (by_skill(slope) - skill / skill_spread) / (skill_information + 1 / skill_spread)
        slope, curve = slopes()
        item_information = by_item(curve)
        item += (by_item(slope) - item / item_spread) / (item_information + 1 / item_spread)
    item_variance = 1 / (item_information + 1 / item_spread)
    skill_variance = 1 / (skill_information + 1 / skill_spread)
    return Difficulties(
        base=base,
        skill=skill,
        skill_variance=np.where(skill_information > 0, skill_variance, skill_spread),
        item=item,
        item_variance=np.where(item_information > 0, item_variance, item_spread),
        skill_spread=_spread(skill, skill_variance, skill_information > 0),
        item_spread=_spread(item, item_variance, item_information > 0),
    )


def _sums(index: Ints, values: Floats, n: int) -> Floats:
    return np.bincount(index, values, minlength=n).astype(np.float64)


def _spread(mean: Floats, variance: Floats, is_seen: Bools) -> float:
    """EM estimate of the offsets' variance, with one pseudo-offset of variance 0.5."""
    total = float((mean[is_seen] ** 2 + variance[is_seen]).sum()) + 0.5
    return float(np.clip(total / (is_seen.sum() + 1), LEAST_VARIANCE, MOST_VARIANCE))
