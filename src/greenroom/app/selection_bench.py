"""How long one choice takes: a simulated bank, a learner with a history, and a clock around `choose_from`."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass

from greenroom.app.selection_index import LearnerTable, choose_from, index_of, worths_of
from greenroom.core.mastery import Evidence, Traits, changes, start, with_changes
from greenroom.core.memory import Card, Grade, review
from greenroom.core.selection import Candidate, Goal, Shown, pull_of
from greenroom.core.units import HOUR_MS

N_AREAS, N_TOPICS, N_HISTORY, N_CHOICES = 33, 409, 300, 300
KINDS = ("choice", "several", "numeric", "order", "cloze")


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionTimes:
    """Milliseconds on this machine."""

    items: int
    median_ms: float
    """One whole choice: score every item, rank the best, give the reason."""
    p95_ms: float
    score_median_ms: float
    """Scoring alone."""
    take_median_ms: float
    """Taking an answer into the learner's table."""
    warm_start_ms: float
    """Building index and table, once per session."""


def simulated_bank(n_items: int, dice: random.Random) -> list[Candidate]:
    """Items spread over 409 topics in 33 areas, difficulties as authors give them."""
    found = []
    for number in range(n_items):
        topic = dice.randrange(N_TOPICS)
        kind = dice.choice(KINDS)
        traits = Traits(
            item_id=f"t{topic}/{number}",
            topic=f"t{topic}",
            area=f"a{topic % N_AREAS}",
            difficulty_logit=dice.gauss(0.0, 0.8),
            guess_01=0.25 if kind == "choice" else 0.0,
        )
        found.append(Candidate(traits=traits, kind=kind))
    return found


def measure_selection(n_items: int, *, seed: int = 0) -> SelectionTimes:
    """Times choices in the midst of a session: answer, take it in, choose the next."""
    dice = random.Random(seed)
    candidates = simulated_bank(n_items, dice)
    goal = Goal(area_weights={f"a{n}": dice.random() for n in range(N_AREAS)}, days_left=28)
    mastery, cards, now_ms = start(), dict[str, Card](), 0
    for entry in dice.sample(candidates, min(N_HISTORY, len(candidates))):
        now_ms += 3 * HOUR_MS
        is_right = dice.random() < 0.6
        evidence = Evidence(credit_01=float(is_right))
        mastery = with_changes(mastery, changes(mastery, entry.traits, evidence, now_ms=now_ms))
        grade = Grade.GOOD if is_right else Grade.AGAIN
        cards[entry.traits.item_id] = review(None, grade, now_ms)
    begun = time.perf_counter()
    index = index_of(candidates)
    table = LearnerTable(index, mastery, cards=cards, now_ms=now_ms)
    warm_start = time.perf_counter() - begun
    pull = pull_of(goal)
    choosing, scoring, taking = [], [], []
    recent: list[Shown] = []
    for step in range(N_CHOICES):
        now_ms += 60_000
        begun = time.perf_counter()
        picks = choose_from(index, table, goal=goal, recent=recent[-20:], seed=step, now_ms=now_ms, count=1)
        chosen = time.perf_counter()
        worths_of(index, table, pull, now_ms=now_ms)
        scored = time.perf_counter()
        choosing.append(chosen - begun)
        scoring.append(scored - chosen)
        if not picks:
            break
        entry = index.candidates[index.number_of[picks[0].item_id]]
        recent.append(Shown(item_id=entry.traits.item_id, topic=entry.traits.topic, kind=entry.kind))
        is_right = dice.random() < picks[0].probability_01
        changed = changes(mastery, entry.traits, Evidence(credit_01=float(is_right)), now_ms=now_ms)
        mastery = with_changes(mastery, changed)
        card = review(cards.get(entry.traits.item_id), Grade.GOOD if is_right else Grade.AGAIN, now_ms)
        begun = time.perf_counter()
        table.take(changed, (entry.traits.item_id, card))
        taking.append(time.perf_counter() - begun)
    return SelectionTimes(
        items=n_items,
        median_ms=1e3 * statistics.median(choosing),
        p95_ms=1e3 * statistics.quantiles(choosing, n=20)[-1],
        score_median_ms=1e3 * statistics.median(scoring),
        take_median_ms=1e3 * statistics.median(taking),
        warm_start_ms=1e3 * warm_start,
    )
