"""Personal memory weights are a fact of the log: recorded once, used for the reviews after it, rebuilt the same."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from tests.people import ALICE, BOB, MONDAY_MS, Traits, World, a_world, an_answer

from greenroom.app.learner import situation_in
from greenroom.app.memory import FIRST_FIT_AT, NEXT_FIT_AFTER, fit_everyone, fit_memory
from greenroom.app.memory_fit import ENOUGH_REVIEWS
from greenroom.app.projections import rebuild_in
from greenroom.app.record import Fact, append_and_fold, record
from greenroom.core.event_checks import fault_of
from greenroom.core.events import Event, MemoryFitted
from greenroom.core.ids import EventId
from greenroom.core.memory import DEFAULT_WEIGHTS, LOWER_WEIGHTS, UPPER_WEIGHTS, grade_of, recall_01, review
from greenroom.core.units import DAY_MS
from greenroom.store import events
from greenroom.store.memories import MEMORIES

QUICK_TO_FORGET = (*DEFAULT_WEIGHTS[:2], 0.6, 1.5, *DEFAULT_WEIGHTS[4:20], 0.5)
PER_ITEM = 6
"""Answers to each item: the first and five reviews."""


def reviewed(world: World, n_items: int, *, first: int = 0) -> None:
    """Alice, who forgets quickly, answers each item six times over a month."""
    dice = random.Random(first)
    made = []
    for number in range(first, first + n_items):
        card, at_ms = None, MONDAY_MS + dice.randrange(20) * DAY_MS
        for nth in range(PER_ITEM):
            kept = card is None or dice.random() < recall_01(card, at_ms, weights=QUICK_TO_FORGET)
            payload = an_answer(item=Traits(item_id=f"t/{number}"), credit_01=float(kept))
            made.append(
                Event(id=EventId(f"r-{number:05d}-{nth}"), learner_id=ALICE, at_ms=at_ms, payload=payload)
            )
            grade = grade_of(credit_01=float(kept), confidence_01=0.7)
            card = review(card, grade, at_ms, weights=QUICK_TO_FORGET)
            at_ms += dice.randrange(1, 6) * DAY_MS
    with world.deps.store.write() as conn:
        append_and_fold(conn, ALICE, sorted(made, key=lambda event: event.at_ms))


def a_fit(weights: tuple[float, ...] = QUICK_TO_FORGET) -> MemoryFitted:
    return MemoryFitted(weights=list(weights), n_reviews=400, loss_before=0.5, loss_after=0.4)


def n_fits(world: World) -> int:
    with world.deps.store.read() as conn:
        return len(events.of_kind(conn, ALICE, MemoryFitted.kind))


def test_the_first_fit_is_made_where_the_fit_is_personal() -> None:
    assert FIRST_FIT_AT == ENOUGH_REVIEWS


def test_too_few_reviews_keep_the_default_weights_and_say_when(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    reviewed(world, 10)
    found = fit_memory(world.deps, ALICE)
    assert (found.n_reviews, found.next_fit_at, found.fitted_to) == (50, FIRST_FIT_AT, 0)
    assert not found.was_fitted_now
    assert n_fits(world) == 0


def test_enough_reviews_are_fitted_once_and_again_after_two_hundred_more(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    reviewed(world, FIRST_FIT_AT // 5)
    found = fit_memory(world.deps, ALICE)
    assert found.was_fitted_now
    assert found.loss_before is not None
    assert found.loss_after is not None
    assert found.loss_after < found.loss_before
    assert not fit_memory(world.deps, ALICE).was_fitted_now
    reviewed(world, NEXT_FIT_AFTER // 5 - 1, first=1_000)
    assert not fit_memory(world.deps, ALICE).was_fitted_now
    reviewed(world, 1, first=2_000)
    assert fit_everyone(world.deps) == 1
    assert n_fits(world) == 2


def test_the_fitted_weights_hold_for_the_reviews_after_them(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0001", payload=an_answer()))
    record(world.deps, BOB, Fact(id="event-0001", payload=an_answer()))
    record(world.deps, ALICE, Fact(id="event-0002", payload=a_fit()))
    with world.deps.store.read() as conn:
        before = MEMORIES.find(conn, ALICE, "topic-a/item-1")
        assert before == MEMORIES.find(conn, BOB, "topic-a/item-1")  # no card is moved by a fit
    world.clock.turn(days=2)
    for person in (ALICE, BOB):
        record(world.deps, person, Fact(id="event-0003", payload=an_answer()))
        other = an_answer(item=Traits(item_id="topic-a/item-2"))
        record(world.deps, person, Fact(id="event-0004", payload=other))
    with world.deps.store.write() as conn:
        for item_id in ("topic-a/item-1", "topic-a/item-2"):
            hers, his = MEMORIES.find(conn, ALICE, item_id), MEMORIES.find(conn, BOB, item_id)
            assert hers is not None
            assert his is not None
            assert hers.due_ms < his.due_ms
        assert rebuild_in(conn, ALICE).differences == ()
        assert rebuild_in(conn, BOB).differences == ()


def test_a_rebuild_finds_no_difference_after_a_real_fit(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    reviewed(world, FIRST_FIT_AT // 5)
    assert fit_memory(world.deps, ALICE).was_fitted_now
    reviewed(world, 5, first=1_000)
    with world.deps.store.write() as conn:
        assert rebuild_in(conn, ALICE).differences == ()


def test_what_is_due_is_chosen_by_the_fitted_weights(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0001", payload=a_fit()))
    with world.deps.store.read() as conn:
        here = situation_in(conn, ALICE, world.deps.bank.taxonomy, world.clock.now_ms())
    assert here.goal.memory_weights == QUICK_TO_FORGET


@pytest.mark.parametrize(
    "weights",
    [(), DEFAULT_WEIGHTS[:-1], (*DEFAULT_WEIGHTS[:-1], 9.0), (-1.0, *DEFAULT_WEIGHTS[1:])],
)
def test_imported_weights_that_cannot_be_used_are_refused(weights: tuple[float, ...]) -> None:
    assert fault_of(0, a_fit(weights)) is not None


def test_imported_weights_within_bounds_are_taken() -> None:
    assert fault_of(0, a_fit()) is None
    assert fault_of(0, a_fit(LOWER_WEIGHTS)) is None
    assert fault_of(0, a_fit(UPPER_WEIGHTS)) is None
    assert fault_of(0, replace(a_fit(), n_reviews=-1)) is not None
