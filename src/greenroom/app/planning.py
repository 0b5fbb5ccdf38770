"""The plan: made from profile and evidence, kept as a fact, re-made when the person asks or evidence came."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event
from sqlalchemy import Connection

from greenroom import __version__
from greenroom.app.deps import Deps
from greenroom.app.learner import mastery_in, profile_in
from greenroom.app.record import Fact, record
from greenroom.core.errors import InputRejected, NotFound
from greenroom.core.events import ActionDone, ActionPlanned, PlanMade
from greenroom.core.ids import LearnerId
from greenroom.core.learner_state import Mastery
from greenroom.core.mastery_map import area_map
from greenroom.core.plan import Plan, Session, plan_data, plan_from
from greenroom.core.planning import AreaNeed, PlannedAction, make_plan
from greenroom.core.profile import Profile, area_weights, has_round
from greenroom.core.taxonomy import Taxonomy
from greenroom.core.units import day_of, instant_of, zone_of
from greenroom.store import events
from greenroom.store.days import DAYS

DEFAULT_TIME = time(19, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The plan as the page shows it."""

    plan: Plan
    why: str
    today: date
    session_today: Session | None
    next_session: Session | None
    missed: tuple[Session, ...]
    """Past sessions on days without any activity, since the plan was made."""
    actions: tuple[PlannedAction, ...]
    """Next actions out of debriefs, not yet done."""
    days_left: int | None


def plan_of(deps: Deps, learner_id: LearnerId) -> PlanView | None:
    """The plan made last with where the person stands in it, or None before the first."""
    now_ms = deps.clock.now_ms()
    with deps.store.read() as conn:
        made = events.last_of_kind(conn, learner_id, PlanMade.kind)
        profile = profile_in(conn, learner_id)
        if made is None or profile is None or not isinstance(made.event.payload, PlanMade):
            return None
        plan = plan_from(made.event.payload.plan)
        today = day_of(now_ms, profile.time_zone)
        active = {row.day for row in DAYS.all(conn, learner_id)}
        return PlanView(
            plan=plan,
            why=made.event.payload.why,
            today=today,
            session_today=plan.session_on(today),
            next_session=next((s for s in plan.sessions if s.day > today), None),
            missed=tuple(s for s in plan.sessions if s.day < today and s.day.isoformat() not in active),
            actions=open_actions_in(conn, learner_id),
            days_left=max(0, (profile.interview_on - today).days) if profile.interview_on else None,
        )


def replan(deps: Deps, learner_id: LearnerId, event_id: str, *, why: str = "You asked for it.") -> PlanView:
    """Makes the plan anew from today's evidence. What was missed competes again; there is no backlog.

    Raises InputRejected before a goal was set. The same event id makes one plan.
    """
    record(deps, learner_id, plan_fact(deps, learner_id, event_id, profile=None, why=why))
    view = plan_of(deps, learner_id)
    if view is None:
        raise NotFound("There is no plan.", hint="Set your goal first.")
    return view


def plans_after(
    deps: Deps, learner_id: LearnerId, event_id: str, why: str, *, actions: Sequence[PlannedAction] = ()
) -> tuple[Fact, ...]:
    """The fact of a plan made anew because evidence came, to be recorded with it; none before a goal was set.

    `actions` are next actions that enter the log together with the plan.
    """
    with deps.store.read() as conn:
        profile = profile_in(conn, learner_id)
    if profile is None:
        return ()
    return (plan_fact(deps, learner_id, event_id, profile=profile, why=why, new_actions=actions),)


def plan_fact(
    deps: Deps,
    learner_id: LearnerId,
    event_id: str,
    *,
    profile: Profile | None,
    why: str,
    new_actions: Sequence[PlannedAction] = (),
) -> Fact:
    """The fact that a plan was made now, for the given or the saved profile. Raises InputRejected without one."""
    now_ms = deps.clock.now_ms()
    taxonomy = deps.bank.taxonomy
    with deps.store.read() as conn:
        profile = profile or profile_in(conn, learner_id)
        if profile is None:
            raise InputRejected("There is no goal to plan for yet.", hint="Set role, level and date first.")
        mastery = mastery_in(conn, learner_id)
        actions = (*open_actions_in(conn, learner_id), *new_actions)
    today = day_of(now_ms, profile.time_zone)
    loop = taxonomy.loops.get(profile.loop)
    plan = make_plan(
        today=today,
        interview_on=profile.interview_on,
        hours_per_week=profile.hours_per_week,
        areas=_needs(profile, taxonomy, mastery, now_ms),
        has_coding=loop is None or has_round(loop, "coding", "ai-coding", "progressive-coding", "debugging"),
        actions=actions,
    )
    made = PlanMade(plan_id=f"plan-{event_id}", starts_on=today.isoformat(), plan=plan_data(plan), why=why)
    return Fact(id=event_id, payload=made)


def _needs(profile: Profile, taxonomy: Taxonomy, mastery: Mastery, now_ms: int) -> list[AreaNeed]:
    weights = area_weights(profile, taxonomy)
    return [
        AreaNeed(
            area=estimate.area,
            title=taxonomy.areas[estimate.area].title,
            weight=weights[estimate.area],
            probability_01=estimate.probability_01,
            low_01=estimate.low_01,
            high_01=estimate.high_01,
        )
        for estimate in area_map(mastery, taxonomy.areas, taxonomy.topics, now_ms=now_ms)
    ]


def open_actions_in(conn: Connection, learner_id: LearnerId) -> tuple[PlannedAction, ...]:
    """Actions that entered the plan and are not done, oldest first."""
    found: dict[str, PlannedAction] = {}
    for logged in events.of_kind(conn, learner_id, ActionPlanned.kind, ActionDone.kind):
        match logged.event.payload:
            case ActionPlanned() as planned:
                found[planned.action_id] = PlannedAction(
                    id=planned.action_id, text=planned.text, topic=planned.topic, minutes=planned.minutes
                )
            case ActionDone(action_id=action_id):
                found.pop(action_id, None)
    return tuple(found.values())


def finish_action(deps: Deps, learner_id: LearnerId, event_id: str, action_id: str) -> None:
    """Ticks an action off. Raises NotFound where there is none of that id."""
    with deps.store.read() as conn:
        planned = [
            logged.event.payload
            for logged in events.of_kind(conn, learner_id, ActionPlanned.kind)
            if isinstance(logged.event.payload, ActionPlanned)
        ]
    if not any(action.action_id == action_id for action in planned):
        raise NotFound("That action is not in the plan.", hint="Load the plan again.")
    record(deps, learner_id, Fact(id=event_id, payload=ActionDone(action_id=action_id)))


def calendar_of(deps: Deps, learner_id: LearnerId, *, starts_at: time = DEFAULT_TIME) -> bytes:
    """The plan as iCalendar (RFC 5545), sessions at `starts_at` in the person's own zone, as UTC instants.

    Raises NotFound before there is a plan.
    """
    view = plan_of(deps, learner_id)
    with deps.store.read() as conn:
        profile = profile_in(conn, learner_id)
    if view is None or profile is None:
        raise NotFound("There is no plan to export yet.", hint="Set your goal first.")
    calendar = Calendar()
    calendar.add("prodid", f"-//Greenroom//Greenroom {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Interview preparation")
    stamp = instant_of(deps.clock.now_ms()).replace(microsecond=0)
    for session in view.plan.sessions:
        calendar.add_component(_calendar_event(session, starts_at, profile.time_zone, stamp))
    if view.plan.has_interview_date:
        day = Event()
        day.add("uid", _uid(learner_id, "interview"))
        day.add("dtstamp", stamp)
        day.add("summary", f"Interview{': ' + profile.job_title if profile.job_title else ''}")
        day.add("dtstart", view.plan.ends_on)
        day.add("dtend", view.plan.ends_on + timedelta(days=1))
        calendar.add_component(day)
    return bytes(calendar.to_ical())


def _calendar_event(session: Session, starts_at: time, time_zone: str, stamp: datetime) -> Event:
    local = datetime.combine(session.day, starts_at, tzinfo=zone_of(time_zone))
    begins = local.astimezone(UTC)
    event = Event()
    event.add("uid", _uid("session", session.id))
    event.add("dtstamp", stamp)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=session.minutes))
    event.add("summary", f"Greenroom: {session.title}")
    lines = [f"{block.minutes} min  {block.text}" for block in session.blocks]
    event.add("description", "\n".join([session.why, "", *lines]))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", session.title)
    alarm.add("trigger", timedelta(minutes=-15))
    event.add_component(alarm)
    return event


def _uid(*parts: str) -> str:
    """The same session has the same id in every export, so a calendar updates it instead of doubling it."""
    return f"{uuid.uuid5(uuid.NAMESPACE_URL, 'greenroom:' + ':'.join(parts))}@greenroom"
