"""The welcome, the start (role, level, loop, date, hours) and today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from greenroom.app import diagnostic, interviews, planning, practice, profile, progress
from greenroom.core.profile import Profile
from greenroom.core.roles import FoundPhrase, NotAJobDescription, RoleReading
from greenroom.core.taxonomy import Taxonomy
from greenroom.web import pages
from greenroom.web.area_groups import groups_of
from greenroom.web.forms import Form, new_event_id, read_form

MAX_JOB_CHARS = 60_000
_MIX = "mix"
_DEFAULT_HOURS = 5.0
_STEPS = (
    ("", "Not rated"),
    ("1", "Never met it"),
    ("2", "Know the words"),
    ("3", "Have used it"),
    ("4", "At ease with it"),
    ("5", "Could teach it"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the job description; `roles` names what a phrase spoke for, empty for plain text."""

    text: str
    roles: str = ""
    is_main: bool = False
    """Whether the phrase spoke for the role that was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A role with its share and the phrases that spoke for it, each said once, strongest first."""

    role: str
    title: str
    share_01: float
    phrases: tuple[str, ...]


def get_today(request: Request) -> Response:
    """The welcome for a new person; for a returning one what to do now."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    goal = profile.profile_of(deps, learner)
    if goal is None:
        bank = deps.bank
        counts = {"items": len(bank.items), "problems": len(bank.problems), "areas": len(bank.taxonomy.areas)}
        return pages.render(request, "start/welcome.html", {"counts": counts}, nav="today")
    context = {
        "today": practice.today(deps, learner),
        "goal": goal,
        "role_title": _role_words(goal, request),
        "view": planning.plan_of(deps, learner),
        "loop": deps.bank.taxonomy.loops.get(goal.loop),
        "readiness": progress.readiness_now(deps, learner),
        "diagnostic": diagnostic.latest(deps, learner),
        "open_mocks": interviews.offer(deps, learner).open,
    }
    return pages.render(request, "start/today.html", context, nav="today")


def _role_words(goal: Profile, request: Request) -> str:
    roles = pages.deps_of(request).bank.taxonomy.roles
    strong = [
        role for role, share in sorted(goal.role_mix.items(), key=lambda pair: -pair[1]) if share >= 0.15
    ]
    return " and ".join(roles[role].title for role in strong[:2] if role in roles)


def get_start(request: Request) -> Response:
    """The form: a job description to paste, or everything chosen by hand."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    return _render(request, goal=profile.profile_of(deps, learner))


def post_job_description(request: Request) -> Response:
    """Reads the job description and shows what it says, to be corrected. Nothing is stored yet."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    text = read_form(request).text("job", max_chars=MAX_JOB_CHARS, label="job description")
    reading = profile.read_job_description(deps, text)
    goal = profile.profile_of(deps, learner)
    if isinstance(reading, NotAJobDescription):
        return _render(request, goal=goal, job=text, refused=reading)
    return _render(request, goal=goal, job=text, reading=reading)


def post_start(request: Request) -> Response:
    """Saves the goal and plans; a new person goes on to the diagnostic."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    is_new = profile.profile_of(deps, learner) is None
    form = read_form(request)
    given = profile.ProfileIn(
        event_id=form.event_id(),
        role_mix=_mix_in(form),
        seniority=form.text("seniority"),
        loop=form.text("loop"),
        interview_on=form.day("interview_on", label="Date of the interview"),
        hours_per_week=form.number("hours", low=0.5, high=60, label="Hours a week") or _DEFAULT_HOURS,
        time_zone=form.text("time_zone") or "UTC",
        excluded_areas=form.texts("excluded"),
        was_read_from_text=form.has("was_read"),
        job_title=form.text("job_title", max_chars=120, label="Job title"),
        self_report=_report_in(form, deps.bank.taxonomy),
    )
    profile.save_profile(deps, learner, given)
    return pages.redirect("/diagnostic" if is_new else "/", flash="profile-saved")


def _report_in(form: Form, taxonomy: Taxonomy) -> Mapping[str, int]:
    """A step for each area whose group was rated."""
    rated = {
        group: form.whole(group.key, low=1, high=5, label=group.title) for group in groups_of(taxonomy.areas)
    }
    return {area: step for group, step in rated.items() if step for area in group.areas}


def _mix_in(form: Form) -> Mapping[str, float]:
    """The role picked, or the mix as it was read (`llm=0.62 agent=0.38`)."""
    role = form.text("role")
    if role != _MIX:
        return {role: 1.0} if role else {}
    shares: dict[str, float] = {}
    for part in form.text("mix", max_chars=400).split():
        name, _, share = part.partition("=")
        number = Form(fields={"share": [share]}).number("share", low=0, high=1)
        shares[name] = number or 0.0
    return shares


def _render(
    request: Request,
    *,
    goal: Profile | None,
    job: str = "",
    reading: RoleReading | None = None,
    refused: NotAJobDescription | None = None,
) -> Response:
    taxonomy = pages.deps_of(request).bank.taxonomy
    shares: Mapping[str, float] = reading.shares if reading else (goal.role_mix if goal else {})
    mix = {role: share for role, share in shares.items() if share >= 0.15}
    context: dict[str, Any] = {  # Any: what the template shows
        "goal": goal,
        "job": job,
        "reading": reading,
        "refused": refused,
        "roles": list(taxonomy.roles.values()),
        "levels": list(taxonomy.levels.values()),
        "loops": list(taxonomy.loops.values()),
        "areas": list(taxonomy.areas.values()),
        "groups": groups_of(taxonomy.areas),
        "steps": _STEPS,
        "mix_text": " ".join(f"{role}={share:.4f}" for role, share in mix.items()),
        "mix_words": " and ".join(
            f"{100 * share / sum(mix.values()):.0f} % {taxonomy.roles[role].title}"
            for role, share in sorted(mix.items(), key=lambda pair: -pair[1])
            if role in taxonomy.roles
        ),
        "is_mix": len(mix) > 1,
        "role": reading.role if reading else (goal.role if goal else ""),
        "event_id": new_event_id(),
        "pieces": list(_pieces(job, reading, taxonomy.roles)) if reading else [],
        "evidence": _evidence(reading, taxonomy.roles) if reading else [],
        "max_chars": MAX_JOB_CHARS,
    }
    return pages.render(request, "start/start.html", context, nav="")


def _pieces(text: str, reading: RoleReading, roles: Mapping[str, Any]) -> Iterator[Piece]:
    """The text cut at its phrases. A phrase may speak for several roles; overlaps are one piece."""
    at = 0
    by_place: dict[tuple[int, int], list[FoundPhrase]] = {}
    for phrase in reading.phrases:
        by_place.setdefault((phrase.start, phrase.end), []).append(phrase)
    for (start, end), phrases in sorted(by_place.items()):
        if start < at:
            continue
        if start > at:
            yield Piece(text=text[at:start])
        strongest = max(phrases, key=lambda phrase: phrase.evidence)
        main = any(phrase.role == reading.role for phrase in phrases)
        spoke_for = reading.role if main else strongest.role
        yield Piece(text=text[start:end], roles=roles[spoke_for].title, is_main=main)
        at = end
    if at < len(text):
        yield Piece(text=text[at:])


def _evidence(reading: RoleReading, roles: Mapping[str, Any]) -> list[Evidence]:
    found = []
    for role, share in sorted(reading.shares.items(), key=lambda pair: -pair[1]):
        own = sorted((p for p in reading.phrases if p.role == role), key=lambda p: -p.evidence)
        said = tuple({phrase.text.lower(): phrase.text for phrase in own}.values())
        if share >= 0.05:
            found.append(Evidence(role=role, title=roles[role].title, share_01=share, phrases=said[:8]))
    return found
