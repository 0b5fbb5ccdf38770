"""Makes the plan: sessions up to the interview, from weights, evidence and hours. Pure.

Phases follow one another (fundamentals, deep learning and LLMs, system design and production, rehearsal),
each as long as the need in its areas, within bounds. Need of an area = weight x (room to the target + half
of the interval's width), so what is weak or unknown comes first. Mocks begin at 60 % of the plan. A plan
made anew starts today and never carries a backlog: what was missed competes again by its need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from greenroom.core.plan import Block, BlockKind, Phase, Plan, Session

DEFAULT_WEEKS = 6
LONGEST_WEEKS = 52
MOCK_MINUTES = 60
MOCKS_FROM_SHARE = 0.6
_SHORTEST_SESSION_MINUTES = 20
_LONGEST_SESSION_MINUTES = 120


_PHASE_AREAS: Mapping[Phase, frozenset[str]] = {
    Phase.DEEP_LEARNING: frozenset({
        "deep-learning", "computer-vision", "nlp-and-sequences", "generative-models", "graph-learning",
        "reinforcement-learning", "transformers-and-llms", "fine-tuning-and-post-training",
        "prompting-and-context", "test-time-compute", "multimodal",
    }),
    Phase.SYSTEM_DESIGN: frozenset({
        "rag", "agents", "evals", "safety-and-governance", "mlops", "inference-systems", "distributed-training",
        "data-systems", "ml-system-design", "experimentation",
    }),
    Phase.REHEARSAL: frozenset({"behavioural", "ai-paired-coding"}),
}  # fmt: skip
"""Every other area belongs to the fundamentals."""

_CODING_AREAS = frozenset({"ml-from-scratch", "python-and-software", "ai-paired-coding"})
_TALKING_AREAS = frozenset({"behavioural", "ml-system-design"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNeed:
    """What is known of an area when a plan is made. Probabilities of a right answer on a typical item."""

    area: str
    title: str
    weight: float
    probability_01: float
    low_01: float
    high_01: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """A next action out of a debrief, not yet done."""

    id: str
    text: str
    topic: str
    minutes: int


TARGET_01 = 0.8
"""Chance of a right answer on a typical item at which an area counts as ready."""


def need_of(area: AreaNeed) -> float:
    """How much an area deserves now: weight x (room to the target + half the interval's width)."""
    room = max(0.05, TARGET_01 - area.probability_01)
    return area.weight * (room + 0.5 * max(0.0, area.high_01 - area.low_01))


def make_plan(
    *,
    today: date,
    interview_on: date | None,
    hours_per_week: float,
    areas: Sequence[AreaNeed],
    has_coding: bool = True,
    actions: Sequence[PlannedAction] = (),
) -> Plan:
    """The plan from today on. `hours_per_week` is used as given within 0.5 to 60.

    An interview today or in the past leaves one warm-up session today.
    """
    ends_on = interview_on or today + timedelta(weeks=DEFAULT_WEEKS)
    ends_on = min(ends_on, today + timedelta(weeks=LONGEST_WEEKS))
    days = _session_days(today, ends_on, hours_per_week)
    minutes = _session_minutes(hours_per_week)
    phases = _phases_of(len(days), areas)
    mock_days = _mock_days(days, interview_on)
    sessions = []
    served = {area.area: 0.0 for area in areas}
    open_actions = list(actions)
    pair: list[AreaNeed] = []
    for index, (day, phase) in enumerate(zip(days, phases, strict=True)):
        is_eve = interview_on is not None and (interview_on - day).days <= 1
        if is_eve:
            sessions.append(_warm_up(day, min(minutes, 45)))
            continue
        pair = _next_areas(phase, areas, served, pair)
        action = open_actions.pop(0) if open_actions and day not in mock_days else None
        sessions.append(
            _session(day, phase, minutes, pair, is_mock=day in mock_days, is_first=index == 0,
                     has_coding=has_coding, action=action)
        )  # fmt: skip
    return Plan(
        starts_on=today,
        ends_on=ends_on,
        has_interview_date=interview_on is not None,
        sessions=tuple(sessions),
    )


def _sessions_per_week(hours_per_week: float) -> int:
    """About an hour each, between 2 and 7 a week: short and often beats long and rare."""
    hours = min(60.0, max(0.5, hours_per_week))
    return min(7, max(2, round(hours)))


def _session_minutes(hours_per_week: float) -> int:
    hours = min(60.0, max(0.5, hours_per_week))
    minutes = 5 * round(hours * 60 / _sessions_per_week(hours_per_week) / 5)
    return min(_LONGEST_SESSION_MINUTES, max(_SHORTEST_SESSION_MINUTES, minutes))


def _session_days(today: date, ends_on: date, hours_per_week: float) -> list[date]:
    """Days evenly spread over each week from today on; the interview's own day stays free."""
    n_days = (ends_on - today).days
    if n_days <= 0:
        return [today]
    per_week = _sessions_per_week(hours_per_week)
    offsets = {index * 7 // per_week for index in range(per_week)}
    days = [today + timedelta(days=day) for day in range(n_days) if day % 7 in offsets]
    eve = ends_on - timedelta(days=1)
    if days[-1] != eve:
        days.append(eve)
    return days


def _phases_of(n_sessions: int, areas: Sequence[AreaNeed]) -> list[Phase]:
    """A phase for each session, in order: lengths by need, each phase at least an eighth of the plan."""
    if n_sessions < 4:
        return [max(Phase, key=lambda p: (_phase_need(p, areas), -list(Phase).index(p)))] * n_sessions
    needs = {phase: _phase_need(phase, areas) for phase in Phase}
    total = sum(needs.values()) or 1.0
    shares = {phase: max(0.125, needs[phase] / total) for phase in Phase}
    shares[Phase.REHEARSAL] = max(0.25, shares[Phase.REHEARSAL])  # mocks live here
    scale = n_sessions / sum(shares.values())
    order: list[Phase] = []
    reached = 0.0
    for phase in Phase:
        reached += shares[phase] * scale
        order += [phase] * (round(reached) - len(order))
    return order


def _phase_of(area: str) -> Phase:
    return next((phase for phase, areas in _PHASE_AREAS.items() if area in areas), Phase.FUNDAMENTALS)


def _phase_need(phase: Phase, areas: Sequence[AreaNeed]) -> float:
    return sum(need_of(area) for area in areas if _phase_of(area.area) is phase)


def _mock_days(days: Sequence[date], interview_on: date | None) -> frozenset[date]:
    """About one a week from 60 % of the plan on, none on the two last days before the interview."""
    from_index = int(len(days) * MOCKS_FROM_SHARE)
    last = interview_on - timedelta(days=2) if interview_on else days[-1]
    chosen: list[date] = []
    for day in days[from_index:]:
        if day <= last and (not chosen or (day - chosen[-1]).days >= 6) and len(days) >= 3:
            chosen.append(day)
    return frozenset(chosen)


def _next_areas(
    phase: Phase, areas: Sequence[AreaNeed], served: dict[str, float], yesterday: Sequence[AreaNeed]
) -> list[AreaNeed]:
    """Two areas: one of the phase, then the one that is needed most of all, whatever its phase.

    Of each pool the area is taken whose need is served least so far (highest averages); what the session
    before held rests, where there is something else. Adds a session to what they were served.
    """
    wanted = [area for area in areas if area.weight > 0]
    of_phase = [area for area in wanted if phase is Phase.REHEARSAL or _phase_of(area.area) is phase]
    rested = {area.area for area in yesterday}
    chosen: list[AreaNeed] = []
    for pool in (of_phase or wanted, wanted):
        free = [area for area in pool if area not in chosen]
        free = [area for area in free if area.area not in rested] or free
        if free:
            chosen.append(min(free, key=lambda area: (-need_of(area) / (1 + served[area.area]), area.area)))
            served[chosen[-1].area] += 1
    return chosen


def _session(
    day: date,
    phase: Phase,
    minutes: int,
    areas: Sequence[AreaNeed],
    *,
    is_mock: bool,
    is_first: bool,
    has_coding: bool,
    action: PlannedAction | None,
) -> Session:
    blocks: list[Block] = []
    left = minutes
    if is_mock:
        blocks.append(Block(kind=BlockKind.MOCK, minutes=MOCK_MINUTES, area=None, text="60-minute mock"))
        left = max(15, minutes - MOCK_MINUTES)
        blocks.append(
            Block(kind=BlockKind.REVIEW, minutes=left, area=None, text="Read the debrief, then reviews due")
        )
    else:
        review = 0 if is_first else max(5, 5 * round(minutes * 0.2 / 5))
        if review:
            blocks.append(Block(kind=BlockKind.REVIEW, minutes=review, area=None, text="Reviews due"))
        if action is not None:
            spent = min(action.minutes, (left - review) // 2)
            blocks.append(Block(kind=BlockKind.ACTION, minutes=spent, area=None, text=action.text))
            left -= spent
        left -= review
        for index, area in enumerate(areas):
            part = left // len(areas) if index else left - (left // len(areas)) * (len(areas) - 1)
            blocks.append(_area_block(area, part, has_coding=has_coding))
    lead = areas[0] if areas else None
    return Session(
        id=f"session-{day.isoformat()}",
        day=day,
        phase=phase,
        minutes=sum(block.minutes for block in blocks),
        title=_title(areas, is_mock=is_mock),
        why=_why(lead, is_mock=is_mock),
        blocks=tuple(blocks),
    )


def _area_block(area: AreaNeed, minutes: int, *, has_coding: bool) -> Block:
    if area.area in _CODING_AREAS and has_coding:
        return Block(kind=BlockKind.CODE, minutes=minutes, area=area.area, text=f"Code: {area.title}")
    if area.area in _TALKING_AREAS:
        return Block(
            kind=BlockKind.TALK, minutes=minutes, area=area.area, text=f"Talk it through: {area.title}"
        )
    return Block(kind=BlockKind.PRACTICE, minutes=minutes, area=area.area, text=f"Questions: {area.title}")


def _title(areas: Sequence[AreaNeed], *, is_mock: bool) -> str:
    if is_mock:
        return "Mock interview"
    return " · ".join(area.title for area in areas) or "Reviews"


def _why(area: AreaNeed | None, *, is_mock: bool) -> str:
    if is_mock:
        return "Rehearse under the clock while there is still time to act on what it shows."
    if area is None:
        return "Keep what you know."
    share = f"{area.weight:.0%} of your interview"
    if area.high_01 - area.low_01 > 0.5:
        return f"{area.title} is {share}, and little is known of where you stand."
    if area.probability_01 < TARGET_01:
        return f"{area.title} is {share}, and you are at about {area.probability_01:.0%} there."
    return f"{area.title} is {share}; keep it at the level you have."


def _warm_up(day: date, minutes: int) -> Session:
    half = 5 * round(minutes / 10)
    return Session(
        id=f"session-{day.isoformat()}",
        day=day,
        phase=Phase.REHEARSAL,
        minutes=minutes,
        title="Warm up and rest",
        why="Nothing new on the eve: easy reviews, your stories once aloud, and an early night.",
        blocks=(
            Block(kind=BlockKind.REVIEW, minutes=half, area=None, text="Light reviews"),
            Block(
                kind=BlockKind.TALK,
                minutes=minutes - half,
                area="behavioural",
                text="Your stories, once aloud",
            ),
        ),
    )
