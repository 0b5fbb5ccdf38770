"""Progress: readiness over time, own calibration, topics, activity, streak, points. Reads only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from greenroom.app.deps import Deps
from greenroom.app.learner import Situation, mastery_in, situation_in
from greenroom.app.questions import seed_of
from greenroom.app.real_outcomes import shift_in
from greenroom.core.calibration import (
    Bias,
    Bin,
    Estimate,
    Judgement,
    bias_by_area,
    brier,
    ece_with_interval,
    interview_cost,
    reliability_bins,
)
from greenroom.core.filtering import Parameters
from greenroom.core.ids import LearnerId
from greenroom.core.learner_state import Component, Mastery
from greenroom.core.mastery_map import AreaEstimate, TopicEstimate, area_map, topic_map
from greenroom.core.readiness import Aim, Readiness, Shift, readiness
from greenroom.core.rewards import Standing, Streak, standing, streak
from greenroom.core.taxonomy import Taxonomy
from greenroom.core.units import DAY_MS, MINUTE_MS, ms_of, zone_of
from greenroom.store import answers, memories
from greenroom.store.days import DAYS, DayRow
from greenroom.store.mastery import MASTERY_DAYS

LATEST_JUDGEMENTS = 500
"""Calibration is that of the latest answers: an early habit should not hide a present one."""
FORECAST_DAYS = 14
MOST_POINTS = 14
"""Of the line of readiness over time: more would not be told apart on a screen."""
_DRAWS = 100
"""Of the bootstrap behind the interval of the calibration error; two hundred are no finer to the eye."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessPoint:
    """Readiness for the loop at the end of a day, with its 90 % interval."""

    day: date
    loop_01: float
    low_01: float
    high_01: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCalibration:
    """How far the learner's stated confidence can be trusted."""

    n: int
    """Answers that came with a confidence."""
    brier: float | None
    """None without such answers; 0 is perfect, 0.25 is always saying 50 %."""
    model_brier: float | None
    """Of the learner model's own predictions of the same answers."""
    ece: Estimate | None
    """None below the number of answers that a diagram needs."""
    bins: tuple[Bin, ...]
    """Points of the reliability diagram; empty below 50 answers."""
    by_area: tuple[Bias, ...]
    in_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayActivity:
    """One day in the learner's zone."""

    day: date
    answered: int
    right: int
    submitted: int
    turns: int
    xp: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicStanding:
    """A topic with its title."""

    estimate: TopicEstimate
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaStanding:
    """An area with its title, weight, and the topics of it that were met."""

    estimate: AreaEstimate
    title: str
    weight: float
    topics: tuple[TopicStanding, ...]
    n_topics: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything that the progress page shows."""

    today: date
    answered: int
    readiness: Readiness | None
    """None until a goal was told: readiness is for a loop."""
    readiness_by_day: tuple[ReadinessPoint, ...]
    calibration: OwnCalibration
    areas: tuple[AreaStanding, ...]
    """By weight in the goal."""
    activity: tuple[DayActivity, ...]
    """Days with anything on them, oldest first, none after today."""
    due_by_day: tuple[int, ...]
    """Reviews that come due today (with all overdue), tomorrow and so on, 14 days."""
    streak: Streak
    standing: Standing


def progress(deps: Deps, learner_id: LearnerId) -> Progress:
    """Where the learner stands and how they got there."""
    now_ms = deps.clock.now_ms()
    taxonomy = deps.bank.taxonomy
    with deps.store.read() as conn:
        here = situation_in(conn, learner_id, taxonomy, now_ms)
        mastery = mastery_in(conn, learner_id)
        days = [row for row in DAYS.all(conn, learner_id) if row.day <= here.today.isoformat()]
        aim = aim_of(here, taxonomy, shift_in(conn, learner_id))
        history = _history(conn, learner_id, here, taxonomy, aim) if aim else ()
        calibration = _calibration(conn, learner_id)
        due = _due_by_day(conn, learner_id, here)
    estimates = area_map(mastery, taxonomy.areas, taxonomy.topics, now_ms=now_ms)
    return Progress(
        today=here.today,
        answered=here.learner.answered,
        readiness=readiness(estimates, aim, titles={a.id: a.title for a in taxonomy.areas.values()})
        if aim
        else None,
        readiness_by_day=history,
        calibration=calibration,
        areas=_areas(estimates, mastery, here, taxonomy),
        activity=tuple(_activity(row) for row in days),
        due_by_day=due,
        streak=streak([date.fromisoformat(row.day) for row in days if row.is_active], here.today),
        standing=standing(here.learner.xp),
    )


def readiness_now(deps: Deps, learner_id: LearnerId) -> Readiness | None:
    """Readiness for the loop and its rounds at this moment, without levers; None until a goal was told."""
    now_ms = deps.clock.now_ms()
    taxonomy = deps.bank.taxonomy
    with deps.store.read() as conn:
        here = situation_in(conn, learner_id, taxonomy, now_ms)
        aim = aim_of(here, taxonomy, shift_in(conn, learner_id))
        if aim is None:
            return None
        mastery = mastery_in(conn, learner_id)
    estimates = area_map(mastery, taxonomy.areas, taxonomy.topics, now_ms=now_ms)
    return readiness(estimates, aim, n_levers=0)


def aim_of(here: Situation, taxonomy: Taxonomy, shift: Shift | None = None) -> Aim | None:
    """What readiness is measured against: the goal's weights, the level's bar, the loop's rounds.

    `shift` is what real outcomes say (`app.real_outcomes`).
    """
    if here.profile is None:
        return None
    loop = taxonomy.loops.get(here.profile.loop)
    return Aim(
        area_weights=here.goal.area_weights,
        expected_logit=taxonomy.levels[here.profile.seniority].expected_logit,
        rounds=tuple(entry.kind for entry in loop.rounds) if loop else (),
        shift=shift or Shift(),
    )


def _history(
    conn: Connection, learner_id: LearnerId, here: Situation, taxonomy: Taxonomy, aim: Aim
) -> tuple[ReadinessPoint, ...]:
    """Readiness at the end of each day on which evidence came, against the goal of now."""
    if not aim.rounds:
        return ()
    by_day: dict[str, dict[str, Component]] = defaultdict(dict)
    for row in MASTERY_DAYS.all(conn, learner_id):
        if row.day <= here.today.isoformat():
            by_day[row.day][row.part] = row.component
    components: dict[str, Component] = {}
    points = []
    shown = _spread(sorted(by_day), MOST_POINTS)
    for day, changed in sorted(by_day.items()):
        components.update(changed)
        if day not in shown:
            continue
        state = Mastery(components=dict(components), prior=here.learner.prior, parameters=Parameters())
        at_ms = min(here.now_ms, _end_of(date.fromisoformat(day), here.learner.time_zone))
        estimates = area_map(state, taxonomy.areas, taxonomy.topics, now_ms=at_ms)
        found = readiness(estimates, aim, n_levers=0)
        points.append(
            ReadinessPoint(
                day=date.fromisoformat(day),
                loop_01=found.loop_01,
                low_01=found.loop_low_01,
                high_01=found.loop_high_01,
            )
        )
    return tuple(points)


def _spread(days: list[str], most: int) -> frozenset[str]:
    """At most so many of the days, evenly spread, the first and the last among them."""
    if len(days) <= most:
        return frozenset(days)
    return frozenset(days[round(n * (len(days) - 1) / (most - 1))] for n in range(most))


def _end_of(day: date, time_zone: str) -> int:
    return ms_of(datetime.combine(day + timedelta(days=1), time(), tzinfo=zone_of(time_zone))) - 1


def _calibration(conn: Connection, learner_id: LearnerId) -> OwnCalibration:
    rows = [
        row for row in answers.recent(conn, learner_id, LATEST_JUDGEMENTS) if row.confidence_01 is not None
    ]
    said = [Judgement(row.confidence_01 or 0.0, row.is_right) for row in rows]
    foreseen = [Judgement(row.predicted_01, row.is_right) for row in rows]
    by_area: dict[str, list[Judgement]] = defaultdict(list)
    for row, judgement in zip(rows, said, strict=True):
        by_area[row.area].append(judgement)
    bins = reliability_bins(said)
    return OwnCalibration(
        n=len(said),
        brier=brier(said) if said else None,
        model_brier=brier(foreseen) if foreseen else None,
        ece=ece_with_interval(said, seed=seed_of(learner_id, len(said)), n_draws=_DRAWS) if bins else None,
        bins=bins,
        by_area=bias_by_area(by_area),
        in_words=interview_cost(said),
    )


def _due_by_day(conn: Connection, learner_id: LearnerId, here: Situation) -> tuple[int, ...]:
    """Overdue reviews count for today."""
    end_ms = _end_of(here.today, here.learner.time_zone)
    totals = [0] * FORECAST_DAYS
    for due_ms in memories.due_times(conn, learner_id, end_ms + (FORECAST_DAYS - 1) * DAY_MS):
        totals[max(0, -((end_ms - due_ms) // DAY_MS))] += 1
    return tuple(totals)


def _areas(
    estimates: tuple[AreaEstimate, ...], mastery: Mastery, here: Situation, taxonomy: Taxonomy
) -> tuple[AreaStanding, ...]:
    topics: dict[str, list[TopicStanding]] = defaultdict(list)
    for estimate in topic_map(mastery, taxonomy.topics, now_ms=here.now_ms):
        if estimate.n_answers:
            title = taxonomy.topics[estimate.topic].title
            topics[estimate.area].append(TopicStanding(estimate=estimate, title=title))
    found = [
        AreaStanding(
            estimate=estimate,
            title=taxonomy.areas[estimate.area].title,
            weight=here.goal.area_weights.get(estimate.area, 0.0),
            topics=tuple(sorted(topics[estimate.area], key=lambda entry: entry.estimate.probability_01)),
            n_topics=len(taxonomy.areas[estimate.area].topics),
        )
        for estimate in estimates
    ]
    return tuple(sorted(found, key=lambda entry: (-entry.weight, entry.title)))


def _activity(row: DayRow) -> DayActivity:
    return DayActivity(
        day=date.fromisoformat(row.day),
        answered=row.answered,
        right=row.right,
        submitted=row.submitted,
        turns=row.turns,
        xp=row.xp,
        minutes=round(row.elapsed_ms / MINUTE_MS),
    )
