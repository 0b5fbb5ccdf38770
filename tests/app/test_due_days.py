"""Reviews are spread over days: many items answered on one day do not all come back on one day."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.people import ALICE, MONDAY_MS, Traits, World, a_profile, a_world, an_answer

from greenroom.app.projections import rebuild_in
from greenroom.app.record import Fact, append_and_fold, record
from greenroom.core.events import Event
from greenroom.core.ids import EventId
from greenroom.core.units import DAY_MS
from greenroom.store.due_days import DUE_DAYS
from greenroom.store.memories import MEMORIES


def answered_in_one_day(world: World, n_items: int, *, number: int = 1) -> None:
    """Each item, right and certain, a minute after the last."""
    for item in range(n_items):
        payload = an_answer(item=Traits(item_id=f"t/{item:03d}"), confidence_01=0.95)
        record(world.deps, ALICE, Fact(id=f"event-{number}-{item:04d}", payload=payload))
        world.clock.turn(minutes=1)


def days_of(world: World) -> Counter[str]:
    with world.deps.store.read() as conn:
        return Counter(row.due_on for row in MEMORIES.all(conn, ALICE))


def test_what_was_answered_on_one_day_comes_back_on_several(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    answered_in_one_day(world, 30)
    first = days_of(world)
    assert sorted(first.values()) == [10, 10, 10]  # the day that FSRS says, one before, one after
    world.clock.turn(days=8)
    answered_in_one_day(world, 30, number=2)
    again = days_of(world)
    assert len(again) > 5
    assert max(again.values()) <= 6
    with world.deps.store.write() as conn:
        assert {row.day: row.due for row in DUE_DAYS.all(conn, ALICE) if row.due} == again
        assert rebuild_in(conn, ALICE).differences == ()


def test_nothing_is_moved_onto_the_day_of_the_interview(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    told = a_profile(interview_on="2026-11-23", time_zone="UTC")  # a week from Monday
    record(world.deps, ALICE, Fact(id="event-goal", payload=told))
    answered_in_one_day(world, 30)
    assert set(days_of(world)) <= {f"2026-11-{day}" for day in range(17, 23)}


def test_a_day_is_the_learners_own_also_after_a_move(tmp_path: Path) -> None:
    """An item is taken off the day it was counted on, though its owner lives in another zone by then."""
    world = a_world(tmp_path)
    for number, zone in enumerate(("Pacific/Auckland", "America/Los_Angeles", "UTC")):
        record(world.deps, ALICE, Fact(id=f"goal-{number:04d}", payload=a_profile(time_zone=zone)))
        answered_in_one_day(world, 5, number=number)
        world.clock.turn(days=9)
    with world.deps.store.read() as conn:
        assert {row.day: row.due for row in DUE_DAYS.all(conn, ALICE) if row.due} == days_of(world)


def test_an_answer_reads_no_more_days_after_three_hundred_items_than_after_one(tmp_path: Path) -> None:
    world = a_world(tmp_path)

    def statements_of(number: int) -> int:
        counted = 0
        with world.deps.store.write() as conn:
            raw = conn.connection.dbapi_connection

            def count(_text: str) -> None:
                nonlocal counted
                counted += 1

            raw.set_trace_callback(count)  # type: ignore[union-attr]  # sqlite3's own connection
            payload = an_answer(item=Traits(item_id=f"t/{number}"), confidence_01=0.95)
            made = Event(id=EventId(f"e-{number:06d}"), learner_id=ALICE, at_ms=MONDAY_MS, payload=payload)
            append_and_fold(conn, ALICE, [made])
            raw.set_trace_callback(None)  # type: ignore[union-attr]  # as above
        return counted

    early = [statements_of(number) for number in range(3)]
    for number in range(3, 300):
        statements_of(number)
    assert statements_of(300) == early[1] == early[2]
    with world.deps.store.read() as conn:
        assert len(DUE_DAYS.all(conn, ALICE)) < 10
        assert all(row.due_ms > MONDAY_MS + 5 * DAY_MS for row in MEMORIES.all(conn, ALICE))
