"""What the person prepares for: read from a job description or told, and saved as a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import available_timezones

from greenroom.app.deps import Deps
from greenroom.app.learner import profile_in
from greenroom.app.planning import plan_fact
from greenroom.app.record import Fact, record
from greenroom.core.errors import InputRejected
from greenroom.core.events import ProfileSaved
from greenroom.core.ids import LearnerId
from greenroom.core.planning import LONGEST_WEEKS
from greenroom.core.profile import Profile
from greenroom.core.roles import NotAJobDescription, RoleReading, read_role
from greenroom.core.taxonomy import Seniority, Taxonomy
from greenroom.core.units import day_of

FEWEST_HOURS = 0.5
MOST_HOURS = 60.0
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileIn:
    """What the start page sends. `role_mix` needs no sum: it is normalised."""

    event_id: str
    role_mix: Mapping[str, float]
    seniority: str
    loop: str
    interview_on: date | None
    hours_per_week: float
    time_zone: str
    excluded_areas: tuple[str, ...] = ()
    was_read_from_text: bool = False
    job_title: str = ""
    self_report: Mapping[str, int] = field(default_factory=dict)
    """Area -> 1 (never met) to 5 (could teach it); areas left out were not rated."""


def read_job_description(deps: Deps, text: str) -> RoleReading | NotAJobDescription:
    """Which of the seven roles the text asks for, with the phrases that told it so. Nothing is stored."""
    return read_role(text, deps.bank.taxonomy)


def profile_of(deps: Deps, learner_id: LearnerId) -> Profile | None:
    """The profile saved last, or None for a new person."""
    with deps.store.read() as conn:
        return profile_in(conn, learner_id)


def save_profile(deps: Deps, learner_id: LearnerId, given: ProfileIn) -> Profile:
    """Saves what the person prepares for, and plans anew from today; the same event id is saved once.

    Raises InputRejected with what to change.
    """
    profile = _checked(given, deps.bank.taxonomy, day_of(deps.clock.now_ms(), given.time_zone))
    saved = ProfileSaved(
        role_mix=dict(profile.role_mix),
        seniority=profile.seniority.value,
        loop=profile.loop,
        interview_on=profile.interview_on.isoformat() if profile.interview_on else None,
        hours_per_week=profile.hours_per_week,
        time_zone=profile.time_zone,
        excluded_areas=sorted(profile.excluded_areas),
        was_read_from_text=given.was_read_from_text,
        job_title=profile.job_title,
        expected_logit=deps.bank.taxonomy.levels[profile.seniority].expected_logit,
        self_report=dict(profile.self_report),
    )
    plan = plan_fact(deps, learner_id, f"{given.event_id}-plan", profile=profile, why="Your goal was set.")
    record(deps, learner_id, Fact(id=given.event_id, payload=saved), plan)
    return profile


def _checked(given: ProfileIn, taxonomy: Taxonomy, today: date) -> Profile:
    mix = {role: share for role, share in given.role_mix.items() if share > 0}
    unknown = sorted(set(mix) - set(taxonomy.roles))
    if unknown or not mix:
        raise InputRejected(
            "Choose one of the seven roles.", hint=f"Not known: {', '.join(unknown)}." if unknown else ""
        )
    if given.seniority not in taxonomy.levels:
        raise InputRejected("Choose a level: junior, mid, senior or staff.")
    if given.loop not in taxonomy.loops:
        raise InputRejected("Choose one of the interview loops listed.")
    if not FEWEST_HOURS <= given.hours_per_week <= MOST_HOURS:
        raise InputRejected(
            "Hours a week must be between half an hour and 60.",
            hint="Three to ten is what most people keep up.",
        )
    if given.interview_on is not None:
        _check_date(given.interview_on, today)
    if given.time_zone not in available_timezones():
        raise InputRejected("That time zone is not known.", hint="Use a name such as Europe/Berlin or UTC.")
    areas = frozenset(given.excluded_areas)
    if areas - set(taxonomy.areas):
        raise InputRejected("An excluded area is not known.", hint="Load the page again.")
    if areas >= set(taxonomy.areas):
        raise InputRejected("Every area is excluded.", hint="Leave at least one area in.")
    _check_report(given.self_report, taxonomy)
    total = sum(mix.values())
    return Profile(
        role_mix={role: share / total for role, share in mix.items()},
        seniority=Seniority(given.seniority),
        loop=given.loop,
        interview_on=given.interview_on,
        hours_per_week=given.hours_per_week,
        time_zone=given.time_zone,
        excluded_areas=areas,
        job_title=" ".join(given.job_title.split())[:_LONGEST_TITLE],
        self_report=dict(given.self_report),
    )


def _check_report(self_report: Mapping[str, int], taxonomy: Taxonomy) -> None:
    if set(self_report) - set(taxonomy.areas):
        raise InputRejected("A rated area is not known.", hint="Load the page again.")
    if not all(1 <= step <= 5 for step in self_report.values()):
        raise InputRejected("Rate yourself from 1 to 5, or leave it open.")


def _check_date(interview_on: date, today: date) -> None:
    if interview_on < today:
        raise InputRejected(
            "That interview date is in the past.", hint="Give the date of the next one, or leave it empty."
        )
    if interview_on > today + timedelta(weeks=LONGEST_WEEKS):
        raise InputRejected(
            "That interview is more than a year away.", hint="Leave the date empty until it is nearer."
        )
