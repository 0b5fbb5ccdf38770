"""What happened before each answer: counts, outcomes and runs, worked out for all answers at once.

A key groups answers (learner; learner and item; learner and skill). All functions take keys[n] with the
answers of a key in time order, and give arrays[n] of what was known strictly before each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from greenroom.app.evaluation.answers import Answers, Floats, Ints
from greenroom.core.units import DAY_MS

NEVER_DAYS = 365.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Per answer: tries and successes before, last outcome (2: none), signed run, lag since the last."""

    tries: Floats
    wins: Floats
    last: Ints
    run: Ints
    """Length of the run of equal outcomes that just ended here: positive right, negative wrong, 0 none."""
    lag_answers: Floats
    """Answers of the learner since the last one of this key; 0 where there was none."""
    lag_days: Floats
    """Days since then; 365 where there was none or no times."""


def past_of(keys: Ints, is_right: Floats, position: Ints, time_ms: Ints) -> Past:
    """The past of each answer within its key."""
    n = len(keys)
    order = np.argsort(keys, kind="stable")
    ordered, y = keys[order], is_right[order]
    is_new = np.concatenate([[True], ordered[1:] != ordered[:-1]]) if n else np.zeros(0, np.bool_)
    start = np.flatnonzero(is_new)[np.cumsum(is_new) - 1]
    index = np.arange(n)
    total = np.concatenate([[0.0], np.cumsum(y)])
    before = np.maximum(index - 1, 0)
    run_start = np.maximum.accumulate(np.where(is_new | np.concatenate([[True], y[1:] != y[:-1]]), index, 0))
    length = np.where(is_new, 0, index - run_start[before])
    past_time = time_ms[order]
    has_time = ~is_new & (past_time >= 0) & (past_time[before] >= 0)
    days = np.where(has_time, np.maximum(past_time - past_time[before], 0) / DAY_MS, NEVER_DAYS)
    past_position = position[order]

    def back(values: Floats) -> Floats:
        placed = np.empty(n)
        placed[order] = values
        return placed

    return Past(
        tries=back((index - start).astype(np.float64)),
        wins=back(total[index] - total[start]),
        last=back(np.where(is_new, 2.0, y[before] >= 0.5)).astype(np.int64),
        run=back(np.where(y[before] >= 0.5, length, -length).astype(np.float64)).astype(np.int64),
        lag_answers=back(np.where(is_new, 0, past_position - past_position[before]).astype(np.float64)),
        lag_days=back(days),
    )


def faded_share(keys: Ints, is_right: Floats, tries: Floats, *, keep: float, prior: float = 0.65) -> Floats:
    """Share right before each answer with older answers fading by `keep` each, from one prior answer."""
    groups, pair = np.unique(keys, return_inverse=True)
    wins, weight = np.zeros(len(groups)), np.zeros(len(groups))
    order = np.argsort(tries, kind="stable")
    ends = np.cumsum(np.bincount(tries.astype(np.int64)))
    shares = np.empty(len(keys))
    first = 0
    for end in ends:
        rows = order[first:end]
        at = pair[rows]
        shares[rows] = (wins[at] + prior) / (weight[at] + 1.0)
        wins[at] = keep * wins[at] + is_right[rows]
        weight[at] = keep * weight[at] + 1.0
        first = int(end)
    return shares


def learner_item_keys(answers: Answers) -> Ints:
    """One key per learner and item."""
    return answers.learner * answers.n_items + answers.item


def learner_skill_keys(answers: Answers) -> Ints:
    """One key per learner and skill, for each entry of the incidence."""
    return answers.learner[answers.row_of] * answers.n_skills + answers.skill_of


def skill_past(answers: Answers, is_right: Floats) -> Past:
    """The past of each entry (answer, skill) within learner and skill."""
    rows = answers.row_of
    return past_of(learner_skill_keys(answers), is_right[rows], answers.position[rows], answers.time_ms[rows])


def over_skills(answers: Answers, values: Floats) -> Floats:
    """Mean over the skills of each answer: values[e] -> [n]."""
    return np.add.reduceat(values * answers.share, answers.first[:-1])
