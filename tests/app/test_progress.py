"""Progress: what is shown follows from what was done."""

from __future__ import annotations

from pathlib import Path

from tests.people import ALICE, CHARLIE, Traits, World, a_profile, a_world, an_answer

from greenroom.app.progress import progress
from greenroom.app.record import Fact, record


def answered(
    world: World, n: int, *, start: int = 0, credit_01: float = 1.0, confidence_01: float = 0.8
) -> None:
    for number in range(start, start + n):
        area = number % 5
        item = Traits(
            item_id=f"area-{area}-topic-0/item-{number}", topic=f"area-{area}-topic-0", area=f"area-{area}"
        )
        payload = an_answer(item=item, credit_01=credit_01, confidence_01=confidence_01)
        record(world.deps, ALICE, Fact(id=f"event-{number:05d}", payload=payload))


def test_a_new_learner_sees_no_readiness_and_no_calibration(tmp_path: Path) -> None:
    found = progress(a_world(tmp_path).deps, ALICE)
    assert (found.readiness, found.readiness_by_day, found.answered) == (None, (), 0)
    assert (found.calibration.brier, found.calibration.ece, found.calibration.bins) == (None, None, ())
    assert all(not area.estimate.has_enough for area in found.areas)
    assert (found.streak.days, found.standing.level, sum(found.due_by_day)) == (0, 1, 0)


def test_readiness_has_a_point_for_each_day_with_evidence_and_rises_with_right_answers(
    tmp_path: Path,
) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-profile", payload=a_profile(time_zone="UTC")))
    for day in range(4):
        answered(world, 15, start=day * 100)
        world.clock.turn(days=1)
    found = progress(world.deps, ALICE)
    assert [point.day.day for point in found.readiness_by_day] == [16, 17, 18, 19]
    loops = [point.loop_01 for point in found.readiness_by_day]
    assert loops == sorted(loops)
    assert loops[-1] > loops[0]
    assert found.readiness is not None
    assert {entry.round_kind for entry in found.readiness.rounds} == {
        "coding",
        "ml-fundamentals",
        "behavioural",
    }
    for point in found.readiness_by_day:
        assert 0 <= point.low_01 <= point.loop_01 <= point.high_01 <= 1


def test_the_last_point_of_today_is_the_readiness_shown(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-profile", payload=a_profile(time_zone="UTC")))
    answered(world, 20)
    found = progress(world.deps, ALICE)
    assert found.readiness is not None
    assert found.readiness_by_day[-1].loop_01 == found.readiness.loop_01


def test_overconfidence_shows_in_brier_diagram_and_words(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    answered(world, 40, credit_01=0.0, confidence_01=0.95)
    answered(world, 40, start=1_000, credit_01=1.0, confidence_01=0.4)
    found = progress(world.deps, ALICE).calibration
    assert found.n == 80
    assert found.brier is not None
    assert found.brier > 0.5
    assert found.ece is not None
    assert found.ece.low <= found.ece.value <= found.ece.high
    assert [(bin_.n, bin_.right_01) for bin_ in found.bins] == [(40, 1.0), (40, 0.0)]
    assert "wrong" in found.in_words


def test_activity_and_forecast_count_what_happened(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    answered(world, 6)
    world.clock.turn(days=1)
    answered(world, 4, start=100, credit_01=0.0)
    found = progress(world.deps, ALICE)
    assert [(day.answered, day.right) for day in found.activity] == [(6, 6), (4, 0)]
    assert (found.streak.days, found.streak.is_done_today) == (2, True)
    assert sum(found.due_by_day) == 10
    assert found.standing.xp == sum(day.xp for day in found.activity)


def test_days_of_a_clock_that_had_jumped_are_not_shown(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-profile", payload=a_profile(time_zone="UTC")))
    answered(world, 3)
    world.clock.turn(days=900)
    answered(world, 3, start=100)
    world.clock.turn(days=-900)
    found = progress(world.deps, ALICE)
    assert [day.day.isoformat() for day in found.activity] == ["2026-11-16"]
    assert [point.day.isoformat() for point in found.readiness_by_day] == ["2026-11-16"]


def test_areas_come_by_weight_and_name_only_topics_that_were_met(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-profile", payload=a_profile()))
    answered(world, 10)
    areas = progress(world.deps, ALICE).areas
    assert [area.estimate.area for area in areas] == [f"area-{n}" for n in (4, 3, 2, 1, 0)]
    assert all(
        [topic.title for topic in area.topics] == [f"Topic 0 of {area.estimate.area}"] for area in areas
    )
    assert {area.n_topics for area in areas} == {4}


def test_charlie_sees_nothing_of_alice(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    answered(world, 5)
    found = progress(world.deps, CHARLIE)
    assert (found.answered, found.activity, found.calibration.n) == (0, (), 0)
