"""The batch path of the learner model: all learners advance together, one answer each per step, in NumPy.

The same equations as `core.mastery`, the same numbers (a property test holds them together), for millions
of answers: learners share nothing but the items' difficulties, so step t updates all of them at once. Several
sets of parameters can be replayed side by side: state arrays have the axes [n_sets, ...].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from greenroom.app.evaluation.answers import Answers, Floats, Ints
from greenroom.app.forgetting import recall_batch, reviews_of
from greenroom.core.filtering import DAY_IN_MS, PI_OVER_8, Parameters
from greenroom.core.memory import DEFAULT_WEIGHTS, RIGHT_CREDIT, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Answers in step order: step t holds the t-th answer of every learner that has one, longest logs first.

    All that does not depend on the parameters is worked out once: which (learner, skill) and (learner, item)
    pairs an answer touches, how often they were touched before and how many days ago.
    """

    rows: Ints
    """rows[k]: the answer's place in the log; step t is starts[t]:starts[t + 1]."""
    starts: Ints
    correct: Floats
    general_days: Floats
    """Days since the learner's last answer; 0 at first or without times."""
    general_n: Floats
    item_pair: Ints
    item_n: Floats
    item_recall_01: Floats
    """FSRS recall of the item just before the answer; 1 at first or without times."""
    entry_starts: Ints
    """Entries (answer, skill) of step t are entry_starts[t]:entry_starts[t + 1]."""
    entry_row: Ints
    """Row of the entry within its step."""
    entry_first: Ints
    """First entry of each row, within its step."""
    skill_pair: Ints
    skill_n: Floats
    skill_days: Floats
    share: Floats
    is_single: tuple[bool, ...]
    """Whether every answer of the step has one skill."""
    n_item_pairs: int
    n_skill_pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What was predicted before each answer, in log order: arrays [n_sets, n_answers]."""

    probability_01: Floats
    mean_logit: Floats
    """Ability minus difficulty."""
    ability_variance: Floats


def layout_of(answers: Answers) -> Layout:
    """Works out the step order of a log."""
    lengths = np.bincount(answers.learner, minlength=answers.n_learners)
    rank = np.empty(answers.n_learners, np.int64)
    rank[np.argsort(-lengths, kind="stable")] = np.arange(answers.n_learners)
    rows = np.lexsort((rank[answers.learner], answers.position))
    starts = np.concatenate([[0], np.cumsum(np.bincount(answers.position))]).astype(np.int64)

    counts = np.diff(answers.first)[rows]
    entry_ends = np.cumsum(counts)
    entry_starts = np.concatenate([[0], entry_ends])[starts]
    entries = np.repeat(answers.first[rows] - (entry_ends - counts), counts) + np.arange(
        len(answers.skill_of)
    )
    step_of_row = answers.position[rows]
    row_in_step = np.arange(answers.n) - starts[step_of_row]

    item = _touches(answers.learner * answers.n_items + answers.item, answers.time_ms)
    skill_key = answers.learner[answers.row_of] * answers.n_skills + answers.skill_of
    skill = _touches(skill_key, answers.time_ms[answers.row_of])
    general = _touches(answers.learner, answers.time_ms)
    return Layout(
        rows=rows,
        starts=starts,
        correct=answers.correct[rows],
        general_days=general.days[rows],
        general_n=answers.position[rows].astype(np.float64),
        item_pair=item.pair[rows],
        item_n=item.n_before[rows],
        item_recall_01=item_recall(answers)[rows],
        entry_starts=entry_starts,
        entry_row=np.repeat(row_in_step, counts),
        entry_first=(entry_ends - counts) - np.repeat(entry_starts[:-1], np.diff(starts)),
        skill_pair=skill.pair[entries],
        skill_n=skill.n_before[entries],
        skill_days=skill.days[entries],
        share=answers.share[entries],
        is_single=tuple(bool(x) for x in np.diff(entry_starts) == np.diff(starts)),
        n_item_pairs=item.n_pairs,
        n_skill_pairs=skill.n_pairs,
    )


def item_recall(answers: Answers) -> Floats:
    """FSRS recall of each answer's item just before it, default weights; 1 at first or without times.

    Right counts as GOOD and wrong as AGAIN, so only cards that come back need a replay.
    """
    if not answers.has_times:
        return np.ones(answers.n)
    grade = np.where(answers.correct >= RIGHT_CREDIT, int(Grade.GOOD), int(Grade.AGAIN))
    keys = answers.learner * answers.n_items + answers.item
    recalls = recall_batch(reviews_of(keys, grade, answers.time_ms), [DEFAULT_WEIGHTS])
    return np.asarray(recalls[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Touches:
    pair: Ints
    n_before: Floats
    days: Floats
    n_pairs: int


def _touches(keys: Ints, time_ms: Ints) -> _Touches:
    """Compact pair numbers, touches of the pair before, and days since the last one."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    is_new = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    group = np.cumsum(is_new) - 1
    start = np.flatnonzero(is_new)
    times = time_ms[order]
    gap = np.concatenate([[0], np.diff(times)])
    gap[is_new | (times < 0)] = 0
    n = len(keys)
    pair, n_before, days = np.empty(n, np.int64), np.empty(n), np.empty(n)
    pair[order] = group
    n_before[order] = np.arange(n) - start[group]
    days[order] = np.maximum(gap, 0) / DAY_IN_MS
    return _Touches(pair=pair, n_before=n_before, days=days, n_pairs=len(start))


class _Sets:
    """The parameters as columns [n_sets, 1]."""

    def __init__(self, sets: Sequence[Parameters]) -> None:
        def column(name: str) -> Floats:
            return np.array([[getattr(entry, name)] for entry in sets], np.float64)

        self.n = len(sets)
        self.general_variance = column("general_variance")
        self.general_drift = column("general_drift")
        self.general_gain = column("general_gain")
        self.general_fast_variance = column("general_fast_variance")
        self.general_keep = column("general_fast_keep")
        self.topic_variance = column("topic_variance")
        self.topic_drift = column("topic_drift")
        self.topic_gain = column("topic_gain")
        self.topic_fast_variance = column("topic_fast_variance")
        self.topic_keep = column("topic_fast_keep")
        self.item_variance = column("item_variance")
        self.item_gain_right = column("item_gain_right")
        self.item_gain_wrong = column("item_gain_wrong")
        self.retry_weight = column("retry_weight")
        self.forgetting = column("forgetting")
        self.drift_per_day = column("drift_per_day")
        self.general_half_life = column("general_half_life_days")
        self.topic_half_life = column("topic_half_life_days")


def _aged(
    slow: Floats, fast_mean: Floats, fast: Floats, days: Floats, prior: Floats, fast_prior: Floats,
    drift: Floats, half_life: Floats,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Slow variance, fast mean and fast variance after `days` without an answer (`core.mastery.aged`)."""
    grown = np.where(slow < prior, np.minimum(prior, slow + drift * days), slow)
    kept = 0.5 ** (days / half_life)
    square = kept * kept
    return grown, fast_mean * kept, fast * square + (1 - square) * fast_prior


def replay_batch(
    layout: Layout,
    sets: Sequence[Parameters],
    *,
    difficulty_logit: Floats,
    difficulty_variance: Floats,
    has_times: bool,
) -> Replayed:
    """Replays the log under each set of parameters, from no evidence at all.

    `difficulty_logit`, `difficulty_variance`: [n_answers], in log order, fixed during the replay.
    """
    p = _Sets(sets)
    n = len(layout.rows)
    b, bv = difficulty_logit[layout.rows], difficulty_variance[layout.rows]
    n_learners = int(layout.starts[1]) if n else 0
    gm, gf = np.zeros((p.n, n_learners)), np.zeros((p.n, n_learners))
    gv = np.repeat(p.general_variance, n_learners, axis=1)
    gfv = np.repeat(p.general_fast_variance, n_learners, axis=1)
    tm, tf = np.zeros((p.n, layout.n_skill_pairs)), np.zeros((p.n, layout.n_skill_pairs))
    tv = np.repeat(p.topic_variance, layout.n_skill_pairs, axis=1)
    tfv = np.repeat(p.topic_fast_variance, layout.n_skill_pairs, axis=1)
    im = np.zeros((p.n, layout.n_item_pairs))
    iv = np.repeat(p.item_variance, layout.n_item_pairs, axis=1)
    general_rest = (1 - p.general_keep**2) * p.general_fast_variance
    topic_rest = (1 - p.topic_keep**2) * p.topic_fast_variance
    out_p, out_m, out_v = np.empty((p.n, n)), np.empty((p.n, n)), np.empty((p.n, n))

    for t in range(len(layout.starts) - 1):
        a, z = int(layout.starts[t]), int(layout.starts[t + 1])
        ea, ez = int(layout.entry_starts[t]), int(layout.entry_starts[t + 1])
        k = z - a
        is_single = layout.is_single[t]
        pair, share = layout.skill_pair[ea:ez], layout.share[ea:ez]
        # What is believed at the moment of the answer.
        v_gen, m_fast, v_fast = gv[:, :k], gf[:, :k], gfv[:, :k]
        v_top, m_tfast, v_tfast = tv[:, pair], tf[:, pair], tfv[:, pair]
        if has_times:
            v_gen, m_fast, v_fast = _aged(
                v_gen, m_fast, v_fast, layout.general_days[a:z], p.general_variance,
                p.general_fast_variance, p.drift_per_day, p.general_half_life,
            )  # fmt: skip
            v_top, m_tfast, v_tfast = _aged(
                v_top, m_tfast, v_tfast, layout.skill_days[ea:ez], p.topic_variance,
                p.topic_fast_variance, p.drift_per_day, p.topic_half_life,
            )  # fmt: skip
        m_top = tm[:, pair]
        mean_part, variance_part = m_top + m_tfast, v_top + v_tfast
        if not is_single:
            first = layout.entry_first[a:z]
            mean_part = np.add.reduceat(mean_part * share, first, axis=1)
            variance_part = np.add.reduceat(variance_part * (share * share), first, axis=1)
        item = layout.item_pair[a:z]
        m_item, v_item = im[:, item], iv[:, item]
        if has_times:
            faded = layout.item_recall_01[a:z] ** p.forgetting
            m_item = faded * m_item
            v_item = faded**2 * v_item + (1 - faded**2) * p.item_variance
        mean = gm[:, :k] + m_fast + mean_part + m_item - b[a:z]
        ability = v_gen + v_fast + variance_part + v_item
        variance = ability + bv[a:z]
        k_sq = 1.0 / (1.0 + PI_OVER_8 * variance)
        attenuation = np.sqrt(k_sq)
        s = 1.0 / (1.0 + np.exp(-np.clip(mean * attenuation, -700, 700)))
        out_p[:, a:z], out_m[:, a:z], out_v[:, a:z] = s, mean, ability

        # What the answer changes (`core.filtering.gain_of` without guessing).
        y = layout.correct[a:z]
        pull, shrink = attenuation * (y - s), k_sq * s * (1.0 - s)
        n_item = layout.item_n[a:z]
        learned = (p.item_gain_wrong + (p.item_gain_right - p.item_gain_wrong) * y) / (1 + n_item)
        im[:, item] = m_item + v_item * pull + learned
        iv[:, item] = v_item - v_item * v_item * shrink
        is_retry = n_item > 0
        if is_retry.any():
            weight = np.where(is_retry, p.retry_weight, 1.0)
            pull, shrink = pull * weight, shrink * weight
        gm[:, :k] += v_gen * pull + p.general_gain / (1 + 0.1 * layout.general_n[a:z])
        gv[:, :k] = v_gen - v_gen * v_gen * shrink + p.general_drift
        gf[:, :k] = p.general_keep * (m_fast + v_fast * pull)
        gfv[:, :k] = p.general_keep**2 * (v_fast - v_fast * v_fast * shrink) + general_rest
        if not is_single:
            row = layout.entry_row[ea:ez]
            pull, shrink = pull[:, row] * share, shrink[:, row] * (share * share)
        gained = share * p.topic_gain / (1 + 0.1 * layout.skill_n[ea:ez])
        tm[:, pair] = m_top + v_top * pull + gained
        tv[:, pair] = v_top - v_top * v_top * shrink + share * p.topic_drift
        tf[:, pair] = p.topic_keep * (m_tfast + v_tfast * pull)
        tfv[:, pair] = p.topic_keep**2 * (v_tfast - v_tfast * v_tfast * shrink) + topic_rest
    back = np.empty(n, np.int64)
    back[layout.rows] = np.arange(n)
    return Replayed(probability_01=out_p[:, back], mean_logit=out_m[:, back], ability_variance=out_v[:, back])
