"""When an item will be forgotten, and when to ask it again. Wraps FSRS (the `fsrs` package).

Explicit times, no fuzz, no learning steps (a question is not asked twice within minutes: the session does
that by itself), own ids. A card is a plain value; reviewing gives a new one.

    card = review(None, grade_of(credit_01=1.0, confidence_01=0.7), now_ms, retention_01=0.9)
    recall_01(card, now_ms), due_ms(card), is_due(card, now_ms)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import fsrs
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from greenroom.core.errors import InputRejected
from greenroom.core.ids import Plain
from greenroom.core.units import DAY_MS, instant_of

DEFAULT_WEIGHTS: tuple[float, ...] = tuple(DEFAULT_PARAMETERS)
"""The 21 FSRS-6 weights of the package."""
LOWER_WEIGHTS: tuple[float, ...] = tuple(LOWER_BOUNDS_PARAMETERS)
UPPER_WEIGHTS: tuple[float, ...] = tuple(UPPER_BOUNDS_PARAMETERS)

LONGEST_INTERVAL_DAYS = 365
RIGHT_CREDIT = 0.6
"""Credit from which an answer counts as recalled."""


class Grade(IntEnum):
    """How well it was recalled, as FSRS has it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The memory of one item."""

    stability_days: float
    """Days after which recall has fallen to 90 %."""
    difficulty: float
    """1 (easy) to 10."""
    reviewed_ms: int
    due_ms: int
    n_reviews: int = 1
    n_lapses: int = 0


def grade_of(*, credit_01: float, confidence_01: float | None = None, hints_used: int = 0) -> Grade:
    """The grade of an answer: wrong is AGAIN; right is EASY when sure, HARD when unsure or helped.

    A right answer given with a confidence below 0.5 is partly luck, so it is HARD.
    """
    if credit_01 < RIGHT_CREDIT:
        return Grade.AGAIN
    if credit_01 < 0.95 or hints_used > 0 or (confidence_01 is not None and confidence_01 < 0.5):
        return Grade.HARD
    return Grade.EASY if confidence_01 is not None and confidence_01 >= 0.9 else Grade.GOOD


def retention_for(days_left: int | None) -> float:
    """Recall to aim at, by the days left to the interview: 0.85 far away, 0.95 in the last week.

    None (no date): 0.88. In between it rises linearly over the last eight weeks.
    """
    if days_left is None:
        return 0.88
    nearness = min(max((56 - days_left) / 49, 0.0), 1.0)
    return round(0.85 + 0.10 * nearness, 3)


@lru_cache(maxsize=64)
def _scheduler(weights: tuple[float, ...], retention_01: float) -> fsrs.Scheduler:
    try:
        return fsrs.Scheduler(
            parameters=weights,
            desired_retention=retention_01,
            learning_steps=(),
            relearning_steps=(),
            maximum_interval=LONGEST_INTERVAL_DAYS,
            enable_fuzzing=False,
        )
    except ValueError as error:
        raise InputRejected(f"These memory weights cannot be used: {error}") from error


_RATINGS = {grade: fsrs.Rating(int(grade)) for grade in Grade}


def review(
    card: Card | None,
    grade: Grade,
    now_ms: int,
    *,
    retention_01: float = 0.9,
    weights: tuple[float, ...] = DEFAULT_WEIGHTS,
    days_left: int | None = None,
) -> Card:
    """The card after a review at `now_ms`. None is an item met for the first time.

    With `days_left` the next review falls before the interview, where there is still a day for it.
    A clock that went backwards counts as no time passed. Raises InputRejected for weights out of bounds.
    """
    scheduler = _scheduler(weights, retention_01)
    if card is None:
        moment = instant_of(now_ms)
        before = fsrs.Card(card_id=0, due=moment)
    else:
        now_ms = max(now_ms, card.reviewed_ms)
        moment = instant_of(now_ms)
        # FSRS reads what was last reviewed, not what was due: any instant does there.
        before = fsrs.Card(
            card_id=0,
            state=fsrs.State.Review,
            stability=card.stability_days,
            difficulty=card.difficulty,
            due=moment,
            last_review=instant_of(card.reviewed_ms),
        )
    after, _ = scheduler.review_card(before, _RATINGS[grade], moment)
    assert after.stability is not None  # both are set by every review
    assert after.difficulty is not None
    interval_ms = max(1, (after.due - moment).days) * DAY_MS
    if days_left is not None and days_left > 1:
        interval_ms = min(interval_ms, (days_left - 1) * DAY_MS)
    return Card(
        stability_days=after.stability,
        difficulty=after.difficulty,
        reviewed_ms=now_ms,
        due_ms=now_ms + interval_ms,
        n_reviews=1 if card is None else card.n_reviews + 1,
        n_lapses=(0 if card is None else card.n_lapses) + (grade is Grade.AGAIN and card is not None),
    )


def recall_01(card: Card, now_ms: int, *, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> float:
    """Chance of recalling now. FSRS-6 forgetting curve (py-fsrs); whole days, so flat within a day."""
    days = max(0, (now_ms - card.reviewed_ms) // DAY_MS)
    decay = -weights[20]
    return float((1 + (0.9 ** (1 / decay) - 1) * days / card.stability_days) ** decay)


def due_ms(card: Card) -> int:
    """When the card is to be asked again, ms UTC."""
    return card.due_ms


def is_due(card: Card, now_ms: int) -> bool:
    """True once its time has come."""
    return now_ms >= card.due_ms


def replay(
    reviews: Iterable[tuple[str, Grade, int]],
    *,
    retention_01: float = 0.9,
    weights: tuple[float, ...] = DEFAULT_WEIGHTS,
) -> dict[str, Card]:
    """The cards after reviews `(item_id, grade, now_ms)` in time order."""
    cards: dict[str, Card] = {}
    for item_id, grade, now_ms in reviews:
        cards[item_id] = review(cards.get(item_id), grade, now_ms, retention_01=retention_01, weights=weights)
    return cards


def room_days(card: Card) -> int:
    """Days by which the due time may be moved either way: a tenth of the interval, none below five days."""
    interval_days = (card.due_ms - card.reviewed_ms) // DAY_MS
    return interval_days // 10 if interval_days >= 10 else (1 if interval_days >= 5 else 0)


def balanced_due_ms(
    card: Card, load_by_day: Mapping[int, int], *, day_start_ms: int = 0, latest_ms: int | None = None
) -> int:
    """The due time moved, within a tenth of the interval, to the day that has the fewest reviews.

    `load_by_day`: reviews already due per day number, counted from `day_start_ms` (any midnight of the
    learner). Intervals below five days are not moved. Ties go to the day nearest the due one, then earlier.
    Nothing is moved past `latest_ms`; what is due later already may only come nearer.
    """
    room = room_days(card)
    later = room if latest_ms is None else min(room, max(0, (latest_ms - card.due_ms) // DAY_MS))
    day = (card.due_ms - day_start_ms) // DAY_MS
    best = min(range(-room, later + 1), key=lambda step: (load_by_day.get(day + step, 0), abs(step), step))
    return card.due_ms + best * DAY_MS


def card_to_plain(card: Card) -> list[float | int]:
    """The card as plain data; `card_of` reads it back."""
    return [
        card.stability_days,
        card.difficulty,
        card.reviewed_ms,
        card.due_ms,
        card.n_reviews,
        card.n_lapses,
    ]


def card_of(data: Plain) -> Card:
    """The card of stored data. Raises InputRejected where it is not one."""
    if not isinstance(data, Sequence) or isinstance(data, str) or len(data) != 6:
        raise InputRejected("A stored card cannot be read.", hint="Rebuild the projections from the events.")
    numbers = [entry for entry in data if isinstance(entry, int | float)]
    if len(numbers) != 6 or numbers[0] <= 0:
        raise InputRejected("A stored card cannot be read.", hint="Rebuild the projections from the events.")
    return Card(
        stability_days=float(numbers[0]),
        difficulty=float(numbers[1]),
        reviewed_ms=int(numbers[2]),
        due_ms=int(numbers[3]),
        n_reviews=int(numbers[4]),
        n_lapses=int(numbers[5]),
    )
