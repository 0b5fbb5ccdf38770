"""What a new item costs: how well it is predicted from nothing, its topic, its author's word, a few answers.

A fifth of the items is hidden: training answers to them do not count for the difficulties (but for a first
few per item, where that is asked). Each way of knowing them is scored on the test answers to hidden items.
The author's word is simulated: the difficulty fitted with nothing hidden, plus noise, correlation 0.6 with it:
once over all items (where the topic tells much of the same), once among the items of a topic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from greenroom.app.evaluation.answers import Answers, Bools, Floats, Ints, subset
from greenroom.app.evaluation.difficulty import Difficulties, by_row, refit, unknown
from greenroom.app.evaluation.filter_fit import FittedFilter, fit_filter, replay_with
from greenroom.app.evaluation.lockstep import Layout, layout_of
from greenroom.app.evaluation.metrics import auc, log_loss
from greenroom.core.filtering import Parameters

AUTHOR_CORRELATION = 0.6
ANSWERS_SEEN = (1, 2, 5, 10, 20)
HIDDEN_SHARE = 0.2
N_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItemScore:
    """How well the hidden items are predicted, knowing so much."""

    known: str
    auc: float
    log_loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItems:
    """The curve."""

    hidden_items: int
    test_rows: int
    scores: tuple[NewItemScore, ...]


def new_item_curve(answers: Answers, *, seed: int = 0) -> NewItems:
    """The curve on a log with a test part (`answers.is_test`)."""
    train, test = subset(answers, ~answers.is_test), subset(answers, answers.is_test)
    fitted = fit_filter(train, seed=seed)
    dice = np.random.default_rng(seed)
    is_hidden = dice.random(answers.n_items) < HIDDEN_SHARE
    train_layout, test_layout = layout_of(train), layout_of(test)
    rows = is_hidden[test.item]

    def fit(counted: Bools) -> Difficulties:
        return _fit_counted(train, train_layout, fitted.parameters, counted, has_times=fitted.has_times)

    def score(known: str, found: Difficulties) -> NewItemScore:
        seen = replay_with(test, test_layout, [fitted.parameters], found, has_times=fitted.has_times)
        y, p = test.correct[rows], seen.probability_01[0][rows]
        return NewItemScore(known=known, auc=auc(y, p), log_loss=log_loss(y, p))

    order = _turn_of_item(train, dice)
    topic_only = fit(~is_hidden[train.item])
    scores = [
        score("nothing", _without_topics(test, topic_only, is_hidden)),
        score("topic", topic_only),
        score(
            "topic and author, over all items",
            _with_author(train, topic_only, fitted, is_hidden, dice, is_within=False),
        ),
        score(
            "topic and author, within the topic",
            _with_author(train, topic_only, fitted, is_hidden, dice, is_within=True),
        ),
    ]
    for n in ANSWERS_SEEN:
        scores.append(score(f"topic and {n} answers", fit(~is_hidden[train.item] | (order < n))))
    scores.append(score("everything", fitted.difficulties))
    return NewItems(hidden_items=int(is_hidden.sum()), test_rows=int(rows.sum()), scores=tuple(scores))


def _fit_counted(
    train: Answers, layout: Layout, parameters: Parameters, counted: Bools, *, has_times: bool
) -> Difficulties:
    found = unknown(train)
    for _ in range(N_ROUNDS):
        seen = replay_with(train, layout, [parameters], found, has_times=has_times)
        ability = seen.mean_logit[0] + by_row(train, found).mean_logit
        found = refit(train, found, ability, seen.ability_variance[0], counted=counted)
    return found


def _turn_of_item(train: Answers, dice: np.random.Generator) -> Ints:
    """turn[n_answers]: 0 for the first answer to its item, learners in random order."""
    shuffled = dice.permutation(train.n_learners)[train.learner]
    order = np.lexsort((train.position, shuffled, train.item))
    ordered = train.item[order]
    start = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    turn = np.empty(train.n, np.int64)
    turn[order] = np.arange(train.n) - np.repeat(start, np.diff(np.concatenate([start, [train.n]])))
    return turn


def _topic_part(answers: Answers, found: Difficulties) -> Floats:
    """Mean skill offset of each item: [n_items], 0 for items not in the log."""
    offset = np.add.reduceat(answers.share * found.skill[answers.skill_of], answers.first[:-1])
    part = np.zeros(answers.n_items)
    part[answers.item] = offset
    return part


def _without_topics(test: Answers, found: Difficulties, is_hidden: Bools) -> Difficulties:
    """Hidden items at the base difficulty: their own offset takes the topics' back."""
    item, variance = found.item.copy(), found.item_variance.copy()
    item[is_hidden] = -_topic_part(test, found)[is_hidden]
    variance[is_hidden] = found.item_spread + found.skill_spread
    return replace(found, item=item, item_variance=variance)


def _with_author(
    train: Answers,
    found: Difficulties,
    fitted: FittedFilter,
    is_hidden: Bools,
    dice: np.random.Generator,
    *,
    is_within: bool,
) -> Difficulties:
    """Hidden items at the best guess from topic and author's word, as a regression on other items has it."""
    counts = np.bincount(train.item, minlength=train.n_items)
    topic = _topic_part(train, found)
    whole = fitted.difficulties
    truth = _topic_part(train, whole) + whole.item
    known = counts > 0
    judged = whole.item if is_within else truth
    centred = judged - judged[known].mean()
    noise = dice.normal(size=len(truth)) * centred[known].std() * np.sqrt(1 / AUTHOR_CORRELATION**2 - 1)
    word = centred + noise
    shown = known & ~is_hidden
    X = np.column_stack([np.ones(len(truth)), topic, word])
    coefficients, *_ = np.linalg.lstsq(X[shown], truth[shown], rcond=None)
    guess = X @ coefficients
    item, variance = found.item.copy(), found.item_variance.copy()
    told = is_hidden & known
    item[told] = (guess - topic)[told]
    variance[told] = float(np.var(truth[shown] - guess[shown])) + float(np.mean(whole.item_variance[shown]))
    return replace(found, item=item, item_variance=variance)
