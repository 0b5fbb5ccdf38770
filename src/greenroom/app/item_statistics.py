"""How items behave under real answers: facility, discrimination, option rates, time, calibration; and flags.

Classical item analysis (Crocker and Algina 1986, ch. 14). A figure that needs more answers than there are is
None, never a guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from statistics import mean, median

from greenroom.app.deps import Deps
from greenroom.core.events import Answered
from greenroom.core.ids import LearnerId
from greenroom.core.items import ChoiceSpec, Item
from greenroom.core.ports import Bank
from greenroom.store import events

LEAST_ANSWERS = 10
"""For facility and calibration to be judged."""
LEAST_LEARNERS = 10
"""For discrimination: one learner's own good days say nothing of an item."""
LEAST_FOR_OPTIONS = 30
LEAST_DISCRIMINATION = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """One item under real answers, first answers of each learner only."""

    item_id: str
    area: str
    topic: str
    n_answers: int
    n_learners: int
    facility_01: float
    """Mean credit."""
    expected_01: float
    """What the author's difficulty predicts for a mid-level candidate."""
    discrimination: float | None
    """Correlation of the credit with the learner's mean credit on other items; None with too few learners."""
    option_rates_01: Mapping[str, float]
    """Option id -> share of the answers that picked it."""
    median_seconds: float
    mean_confidence_01: float | None
    brier: float | None
    """Mean squared distance of confidence and outcome."""
    flags: tuple[str, ...]
    """Why somebody should look at it."""


def item_statistics(bank: Bank, answers: Iterable[tuple[LearnerId, Answered]]) -> list[ItemStatistics]:
    """One entry for each item with answers to its present text, those with flags first."""
    first: dict[tuple[str, LearnerId], Answered] = {}
    for learner, answer in answers:
        first.setdefault((answer.item_id, learner), answer)
    per_learner: dict[LearnerId, list[tuple[str, float]]] = defaultdict(list)
    per_item: dict[str, list[tuple[LearnerId, Answered]]] = defaultdict(list)
    items = {str(id_): item for id_, item in bank.items.items()}
    for (item_id, learner), answer in first.items():
        item = items.get(item_id)
        if item is not None and item.hash == answer.item_hash:
            per_learner[learner].append((item_id, answer.credit_01))
            per_item[item_id].append((learner, answer))
    made = [_statistics(items[item_id], found, per_learner) for item_id, found in per_item.items()]
    return sorted(made, key=lambda entry: (-len(entry.flags), entry.item_id))


def _statistics(
    item: Item,
    found: Sequence[tuple[LearnerId, Answered]],
    per_learner: Mapping[LearnerId, Sequence[tuple[str, float]]],
) -> ItemStatistics:
    answers = [answer for _, answer in found]
    facility = mean(answer.credit_01 for answer in answers)
    expected = item.guess_01 + (1 - item.guess_01) / (1 + exp(item.difficulty_logit))
    told = [(a.confidence_01, float(a.is_right)) for a in answers if a.confidence_01 is not None]
    discrimination = _discrimination(item.id, found, per_learner)
    rates = _option_rates(item, answers)
    return ItemStatistics(
        item_id=item.id,
        area=item.area,
        topic=item.topic,
        n_answers=len(answers),
        n_learners=len({learner for learner, _ in found}),
        facility_01=facility,
        expected_01=expected,
        discrimination=discrimination,
        option_rates_01=rates,
        median_seconds=median(answer.elapsed_ms for answer in answers) / 1000,
        mean_confidence_01=mean(confidence for confidence, _ in told) if told else None,
        brier=mean((confidence - right) ** 2 for confidence, right in told) if told else None,
        flags=tuple(_flags(item, len(answers), facility, expected, discrimination, rates)),
    )


def _discrimination(
    item_id: str,
    found: Sequence[tuple[LearnerId, Answered]],
    per_learner: Mapping[LearnerId, Sequence[tuple[str, float]]],
) -> float | None:
    """Pearson correlation of credit and rest score over learners who answered at least one other item."""
    pairs: list[tuple[float, float]] = []
    for learner, answer in found:
        others = [credit for other, credit in per_learner[learner] if other != item_id]
        if others:
            pairs.append((answer.credit_01, mean(others)))
    if len(pairs) < LEAST_LEARNERS:
        return None
    x_mean, y_mean = mean(x for x, _ in pairs), mean(y for _, y in pairs)
    x_spread = sqrt(sum((x - x_mean) ** 2 for x, _ in pairs))
    y_spread = sqrt(sum((y - y_mean) ** 2 for _, y in pairs))
    if x_spread == 0 or y_spread == 0:
        return None
    return sum((x - x_mean) * (y - y_mean) for x, y in pairs) / (x_spread * y_spread)


def _option_rates(item: Item, answers: Sequence[Answered]) -> dict[str, float]:
    if not isinstance(item.spec, ChoiceSpec):
        return {}
    picked: Counter[str] = Counter()
    for answer in answers:
        options = answer.response.get("options")
        if isinstance(options, list | tuple):
            picked.update(str(option) for option in options)
    return {option.id: picked[option.id] / len(answers) for option in item.spec.options}


def _flags(
    item: Item,
    n_answers: int,
    facility: float,
    expected: float,
    discrimination: float | None,
    rates: Mapping[str, float],
) -> list[str]:
    flags: list[str] = []
    error = sqrt(max(expected * (1 - expected), 0.01) / n_answers)
    if n_answers >= LEAST_ANSWERS and abs(facility - expected) > max(0.25, 3 * error):
        side = "easier" if facility > expected else "harder"
        flags.append(f"{side} than its difficulty says ({facility:.0%}, expected {expected:.0%})")
    if discrimination is not None and discrimination < LEAST_DISCRIMINATION:
        flags.append(f"does not tell strong from weak (discrimination {discrimination:.2f}); check the key")
    if isinstance(item.spec, ChoiceSpec) and n_answers >= LEAST_FOR_OPTIONS:
        right = max((rates[o.id] for o in item.spec.options if o.is_right), default=0.0)
        for option in item.spec.options:
            if not option.is_right and rates[option.id] > right:
                flags.append(f"option {option.id} is picked more often than the key; check the key")
            elif not option.is_right and rates[option.id] == 0:
                flags.append(f"option {option.id} is never picked")
    return flags


def answers_in(deps: Deps) -> list[tuple[LearnerId, Answered]]:
    """Every answer of everyone in the store, in order."""
    made: list[tuple[LearnerId, Answered]] = []
    with deps.store.read() as conn:
        for learner in events.learners(conn):
            for logged in events.of_kind(conn, learner, "answered"):
                if isinstance(logged.event.payload, Answered):
                    made.append((learner, logged.event.payload))
    return made
