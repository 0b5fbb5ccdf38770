"""The plan: phases, weeks, today's session, next actions, and its calendar file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response

from greenroom.app import planning
from greenroom.core.plan import PHASE_TITLES, Session
from greenroom.web import charts, pages
from greenroom.web.forms import new_event_id, read_form


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The sessions from one Monday to the next."""

    monday: date
    sunday: date
    sessions: tuple[Session, ...]
    minutes: int
    is_current: bool
    number: int


def get_plan(request: Request) -> Response:
    """The plan by weeks; the way to a goal where there is none."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    view = planning.plan_of(deps, learner)
    if view is None:
        return pages.render(request, "plan/none.html", nav="plan")
    context = {
        "view": view,
        "weeks": _weeks(view),
        "timeline": charts.timeline(view.plan, view.today),
        "phase_titles": PHASE_TITLES,
        "event_id": new_event_id(),
        "action_event_ids": {action.id: new_event_id() for action in view.actions},
        "total_hours": round(sum(session.minutes for session in view.plan.sessions) / 60),
        "n_mocks": sum(session.is_mock for session in view.plan.sessions),
    }
    return pages.render(request, "plan/plan.html", context, nav="plan")


def _weeks(view: planning.PlanView) -> list[Week]:
    weeks: dict[date, list[Session]] = {}
    for session in view.plan.sessions:
        weeks.setdefault(session.day - timedelta(days=session.day.weekday()), []).append(session)
    this_monday = view.today - timedelta(days=view.today.weekday())
    return [
        Week(
            monday=monday,
            sunday=monday + timedelta(days=6),
            sessions=tuple(sessions),
            minutes=sum(session.minutes for session in sessions),
            is_current=monday == this_monday,
            number=number,
        )
        for number, (monday, sessions) in enumerate(sorted(weeks.items()), start=1)
    ]


def post_replan(request: Request) -> Response:
    """Makes the plan anew from today's evidence."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    planning.replan(deps, learner, read_form(request).event_id())
    return pages.redirect("/plan", flash="planned")


def post_action_done(request: Request) -> Response:
    """Ticks a next action off."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    form = read_form(request)
    planning.finish_action(deps, learner, form.event_id(), form.text("action_id"))
    return pages.redirect("/plan", flash="action-done")


def get_calendar(request: Request) -> Response:
    """The plan as an iCalendar file."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    return Response(
        planning.calendar_of(deps, learner),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="greenroom-plan.ics"'},
    )
