"""Projections are folds: a rebuild finds no difference, whatever was repeated and in whatever order."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import ALICE, BOB, MONDAY_MS, Traits, World, a_profile, a_store, a_world, an_answer

from greenroom.app.projections import rebuild_in, refresh
from greenroom.app.record import Fact, append_and_fold, record
from greenroom.core.events import Event, HintTaken, Judged, MemoryFitted, Payload, TurnTaken
from greenroom.core.ids import EventId
from greenroom.core.memory import DEFAULT_WEIGHTS
from greenroom.core.units import DAY_MS
from greenroom.store import events, memories
from greenroom.store.answers import ANSWERS
from greenroom.store.days import DAYS
from greenroom.store.due_days import DUE_DAYS
from greenroom.store.learners import LEARNERS
from greenroom.store.marks import set_fold_mark
from greenroom.store.mastery import MASTERY
from greenroom.store.memories import MEMORIES
from greenroom.store.problems import PROBLEMS
from greenroom.store.projections import SHELVES


def a_verdict(outcome: str = "accepted", *, visible_only: bool = False, passed: int = 5) -> Judged:
    return Judged(
        problem_id="k-means",
        problem_hash="h",
        topic="topic-a",
        area="area-a",
        difficulty_logit=0.3,
        source="def kmeans(): ...",
        visible_only=visible_only,
        seed=1,
        outcome=outcome,
        passed=passed,
        total=5,
        verdict={},
        elapsed_ms=1_000,
        hints_used=0,
        session_id="",
    )


_ANSWERS = st.builds(
    lambda item, area, credit, confidence, session: an_answer(
        item=Traits(item_id=f"t/item-{item}", topic=f"topic-{item % 3}", area=area),
        credit_01=credit,
        confidence_01=confidence,
        session_id=session,
    ),
    st.integers(0, 6),
    st.sampled_from(["area-a", "area-b", ""]),
    st.sampled_from([0.0, 0.4, 1.0]),
    st.sampled_from([None, 0.2, 0.8, 0.95]),
    st.sampled_from(["day-2026-11-16", "day-2026-11-17"]),
)
_OTHERS = st.one_of(
    st.sampled_from(["UTC", "Pacific/Auckland", "America/Los_Angeles"]).map(
        lambda zone: a_profile(time_zone=zone)
    ),
    st.sampled_from([None, "2026-11-18", "2027-03-01"]).map(lambda day: a_profile(interview_on=day)),
    st.builds(
        lambda logit, steps: a_profile(expected_logit=logit, self_report=steps),
        st.sampled_from([-0.6, 0.0, 1]),
        st.dictionaries(st.sampled_from(["area-a", "area-b"]), st.integers(1, 5)),
    ),
    st.sampled_from([0.1, 0.154, 0.6]).map(
        lambda decay: MemoryFitted(
            weights=[*DEFAULT_WEIGHTS[:20], decay], n_reviews=400, loss_before=0.5, loss_after=0.4
        )
    ),
    st.builds(
        a_verdict, st.sampled_from(["accepted", "wrong_answer", "judge_fault"]), visible_only=st.booleans()
    ),
    st.integers(1, 3).map(lambda number: HintTaken(problem_id="k-means", number=number, session_id="")),
    st.just(TurnTaken(interview_id="mock-1", turn={"kind": "say", "text": "hello"})),
)
_PAYLOADS: st.SearchStrategy[Payload] = st.one_of(_ANSWERS, _ANSWERS, _OTHERS)
_HISTORIES = st.lists(
    # (which id, what, how far the clock moved, perhaps back): the same id comes again and again
    st.tuples(st.integers(0, 14), _PAYLOADS, st.integers(-3 * DAY_MS, 5 * DAY_MS)),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=_HISTORIES)
def test_a_rebuild_finds_no_difference_for_any_order_of_retries_and_duplicates(
    history: list[tuple[int, Payload, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = a_store(Path(folder))
        at_ms = MONDAY_MS
        for number, payload, step in history:
            at_ms += step
            made = Event(id=EventId(f"event-{number:04d}"), learner_id=ALICE, at_ms=at_ms, payload=payload)
            with store.write() as conn:
                append_and_fold(conn, ALICE, [made])
        with store.write() as conn:
            before = {shelf.name: shelf.all(conn, ALICE) for shelf in SHELVES}
            rebuilt = rebuild_in(conn, ALICE)
            after = {shelf.name: shelf.all(conn, ALICE) for shelf in SHELVES}
            counted = {row.day: row.due for row in DUE_DAYS.all(conn, ALICE) if row.due}
            planned = Counter(row.due_on for row in MEMORIES.all(conn, ALICE))
        store.close()
    assert counted == planned
    assert rebuilt.differences == ()
    assert rebuilt.events == len({number for number, _, _ in history})
    assert after == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(payloads=st.lists(_PAYLOADS, max_size=12), cut=st.integers(0, 12))
def test_many_at_once_and_one_by_one_come_to_the_same(payloads: list[Payload], cut: int) -> None:
    made = [
        Event(id=EventId(f"event-{n:04d}"), learner_id=ALICE, at_ms=MONDAY_MS + n * 60_000, payload=payload)
        for n, payload in enumerate(payloads)
    ]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as many:
        first, second = a_store(Path(one)), a_store(Path(many))
        for event in made:
            with first.write() as conn:
                append_and_fold(conn, ALICE, [event])
        for part in (made[:cut], made[cut:]):
            with second.write() as conn:
                append_and_fold(conn, ALICE, part)
        with first.read() as left, second.read() as right:
            for shelf in SHELVES:
                assert shelf.all(left, ALICE) == shelf.all(right, ALICE)
        first.close()
        second.close()


def test_an_edited_projection_is_found_and_corrected(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0001", payload=an_answer()))
    store = world.deps.store
    with store.write() as conn:
        learner = LEARNERS.find(conn, ALICE)
        assert learner is not None
        LEARNERS.save(conn, ALICE, [replace(learner, xp=learner.xp + 1_000)])
        DAYS.clear(conn, ALICE)
    with store.write() as conn:
        found = rebuild_in(conn, ALICE)
        assert {difference.table for difference in found.differences} == {"learners", "days"}
        assert LEARNERS.find(conn, ALICE) == learner
        assert rebuild_in(conn, ALICE).differences == ()


def test_projections_of_an_older_fold_are_made_anew_once(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0001", payload=an_answer()))
    store = world.deps.store
    assert refresh(store) == 1  # the file bears no mark yet
    assert refresh(store) == 0
    with store.write() as conn:
        DAYS.clear(conn, ALICE)  # as if another version had folded otherwise
        set_fold_mark(conn, 12_345)
    assert refresh(store) == 1
    with store.read() as conn:
        assert [row.answered for row in DAYS.all(conn, ALICE)] == [1]


def test_a_repeated_fact_counts_once(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    fact = Fact(id="event-0001", payload=an_answer())
    first = record(world.deps, ALICE, fact)
    again = record(world.deps, ALICE, fact, Fact(id="event-0001", payload=an_answer(credit_01=0.0)))
    assert [entry.is_new for entry in (*first, *again)] == [True, False, False]
    with world.deps.store.read() as conn:
        learner = LEARNERS.find(conn, ALICE)
        assert learner is not None
        assert learner.answered == 1
        assert len(ANSWERS.all(conn, ALICE)) == 1


def test_one_learners_answers_leave_anothers_projections_alone(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0001", payload=an_answer()))
    with world.deps.store.read() as conn:
        assert all(shelf.all(conn, BOB) == [] for shelf in SHELVES)


def test_an_answer_writes_the_same_number_of_rows_late_as_early(tmp_path: Path) -> None:
    """The cost of an answer does not grow with what came before: it reads and writes by key only."""
    world = a_world(tmp_path)

    def statements_of(number: int) -> int:
        counted = 0
        with world.deps.store.write() as conn:
            raw = conn.connection.dbapi_connection

            def count(_text: str) -> None:
                nonlocal counted
                counted += 1

            raw.set_trace_callback(count)  # type: ignore[union-attr]  # sqlite3's own connection
            item = Traits(item_id=f"t/item-{number}")
            event = Event(
                id=EventId(f"event-{number:04d}"),
                learner_id=ALICE,
                at_ms=MONDAY_MS,
                payload=an_answer(item=item),
            )
            append_and_fold(conn, ALICE, [event])
            raw.set_trace_callback(None)  # type: ignore[union-attr]  # as above
        return counted

    early = [statements_of(number) for number in range(3)]
    for number in range(3, 300):
        statements_of(number)
    assert statements_of(300) == early[1] == early[2]


def answered_at(world: World, number: int, *, days: float, credit_01: float = 1.0) -> None:
    world.clock.turn(days=days)
    record(world.deps, ALICE, Fact(id=f"event-{number:04d}", payload=an_answer(credit_01=credit_01)))


def test_a_review_from_the_future_does_not_bury_the_item(tmp_path: Path) -> None:
    """The clock jumped ten years ahead and came back: the item is due, and its card heals with one review."""
    world = a_world(tmp_path)
    answered_at(world, 1, days=0)
    answered_at(world, 2, days=3650)
    world.clock.turn(days=-3649)
    now_ms = world.clock.now_ms()
    with world.deps.store.read() as conn:
        assert memories.count_due(conn, ALICE, now_ms) == 1
    answered_at(world, 3, days=0)
    with world.deps.store.write() as conn:
        card = MEMORIES.find(conn, ALICE, "topic-a/item-1")
        assert card is not None
        assert card.reviewed_ms == now_ms
        assert now_ms < card.due_ms < now_ms + 366 * DAY_MS
        assert [logged.seq for logged in events.read_since(conn, ALICE)] == [1, 2, 3]
        assert rebuild_in(conn, ALICE).differences == ()


def test_a_day_is_the_learners_own(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0001", payload=a_profile(time_zone="America/Los_Angeles")))
    world.clock.turn(hours=-4)  # Monday 04:00 UTC is still Sunday there
    record(world.deps, ALICE, Fact(id="event-0002", payload=an_answer()))
    with world.deps.store.read() as conn:
        assert [row.day for row in DAYS.all(conn, ALICE)] == ["2026-11-15"]


def test_a_solved_problem_is_evidence_and_a_run_is_none(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0001", payload=a_verdict(visible_only=True)))
    with world.deps.store.read() as conn:
        assert MASTERY.all(conn, ALICE) == []
    record(world.deps, ALICE, Fact(id="event-0002", payload=a_verdict("wrong_answer", passed=2)))
    record(world.deps, ALICE, Fact(id="event-0003", payload=a_verdict()))
    with world.deps.store.read() as conn:
        found = PROBLEMS.find(conn, ALICE, "k-means")
        parts = {row.part for row in MASTERY.all(conn, ALICE)}
    assert found is not None
    assert (found.runs, found.submissions, found.best_passed) == (1, 2, 5)
    assert found.solved_ms == MONDAY_MS
    assert parts == {"general", "area:area-a", "topic:topic-a"}


def test_a_fault_of_the_judge_is_no_evidence(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0001", payload=a_verdict("judge_fault", passed=0)))
    with world.deps.store.read() as conn:
        assert MASTERY.all(conn, ALICE) == []


@pytest.mark.parametrize("first_right", [True, False])
def test_a_wrong_answer_comes_back_sooner_than_a_right_one(tmp_path: Path, first_right: bool) -> None:
    world = a_world(tmp_path)
    answered_at(world, 1, days=0, credit_01=1.0 if first_right else 0.0)
    with world.deps.store.read() as conn:
        found = MEMORIES.find(conn, ALICE, "topic-a/item-1")
    assert found is not None
    days = (found.due_ms - MONDAY_MS) / DAY_MS
    assert days > 1.5 if first_right else days <= 1.5
