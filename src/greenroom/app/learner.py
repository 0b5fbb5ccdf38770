"""Who is practising: the goal, the day, and the learner model's state, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from greenroom.core.events import PlanMade, ProfileSaved
from greenroom.core.filtering import Parameters
from greenroom.core.ids import LearnerId
from greenroom.core.learner_state import Mastery
from greenroom.core.plan import Session, plan_from
from greenroom.core.profile import Profile, area_weights, days_left
from greenroom.core.selection import Goal
from greenroom.core.taxonomy import Seniority, Taxonomy
from greenroom.core.units import day_of
from greenroom.store import events
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.mastery import MASTERY
from greenroom.store.memories import MemoryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What holds for the learner at this moment."""

    learner: Learner
    profile: Profile | None
    """None until the goal was told."""
    today: date
    """The learner's own day."""
    goal: Goal
    now_ms: int


def situation_in(conn: Connection, learner_id: LearnerId, taxonomy: Taxonomy, now_ms: int) -> Situation:
    """The learner's situation. Without a profile every area weighs the same."""
    learner = LEARNERS.find(conn, learner_id) or Learner()
    today = day_of(now_ms, learner.time_zone)
    profile = profile_in(conn, learner_id)
    if profile is None:
        share = 1 / max(1, len(taxonomy.areas))
        goal = Goal(area_weights=dict.fromkeys(taxonomy.areas, share), memory_weights=learner.weights)
    else:
        goal = Goal(
            area_weights=area_weights(profile, taxonomy),
            days_left=days_left(profile, today),
            excluded_areas=profile.excluded_areas,
            memory_weights=learner.weights,
        )
    return Situation(learner=learner, profile=profile, today=today, goal=goal, now_ms=now_ms)


def profile_in(conn: Connection, learner_id: LearnerId) -> Profile | None:
    """The profile saved last."""
    saved = events.last_of_kind(conn, learner_id, ProfileSaved.kind)
    if saved is None or not isinstance(saved.event.payload, ProfileSaved):
        return None
    told = saved.event.payload
    return Profile(
        role_mix=told.role_mix,
        seniority=Seniority(told.seniority),
        loop=told.loop,
        interview_on=date.fromisoformat(told.interview_on) if told.interview_on else None,
        hours_per_week=told.hours_per_week,
        time_zone=told.time_zone,
        excluded_areas=frozenset(told.excluded_areas),
        job_title=told.job_title,
        self_report=dict(told.self_report),
    )


def planned_session_in(conn: Connection, learner_id: LearnerId, today: date) -> Session | None:
    """What the newest plan holds for today."""
    made = events.last_of_kind(conn, learner_id, PlanMade.kind)
    if made is None or not isinstance(made.event.payload, PlanMade):
        return None
    return plan_from(made.event.payload.plan).session_on(today)


def mastery_in(conn: Connection, learner_id: LearnerId, met: list[MemoryRow] | None = None) -> Mastery:
    """The learner model's state, with the parts of the items in `met`; what no answer moved stands at the prior."""
    components = {row.part: row.component for row in MASTERY.all(conn, learner_id)}
    components.update({"item:" + row.item_id: row.component for row in met or []})
    learner = LEARNERS.find(conn, learner_id) or Learner()
    return Mastery(components=components, prior=learner.prior, parameters=Parameters())
