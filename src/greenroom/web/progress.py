"""Progress: readiness, own calibration, areas and topics, activity, streak, points."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from greenroom.app import profile, progress
from greenroom.core.calibration import ENOUGH_FOR_DIAGRAM
from greenroom.web import charts, pages
from greenroom.web.area_groups import grouped

_WORTH_SAYING_01 = 0.001
"""A tenth of a point an hour: less is noise."""


def get_progress(request: Request) -> Response:
    """Everything measured so far, with its uncertainty, and an honest "not enough yet" where it is so."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    found = progress.progress(deps, learner)
    taxonomy = deps.bank.taxonomy
    goal = profile.profile_of(deps, learner)
    loop = taxonomy.loops.get(goal.loop) if goal else None
    rounds = found.readiness.rounds if found.readiness else ()
    n_known = sum(entry.has_enough for entry in rounds)
    context = {
        "progress": found,
        "groups": grouped(found.areas),
        "trend": charts.trend(found.readiness_by_day),
        "calendar": charts.calendar(found.activity, found.today),
        "due_labels": [
            "today" if n == 0 else (f"{found.today + timedelta(days=n):%a}" if n % 2 == 0 else "")
            for n in range(len(found.due_by_day))
        ],
        "round_titles": {entry.kind: entry.title for entry in (loop.rounds if loop else ())},
        "n_known": n_known,
        "is_known": 2 * n_known >= len(rounds) > 0,
        "levers": [
            lever
            for lever in (found.readiness.levers if found.readiness else ())
            if lever.gain_per_hour_01 >= _WORTH_SAYING_01
        ],
        "area_titles": {area.id: area.title for area in taxonomy.areas.values()},
        "enough": ENOUGH_FOR_DIAGRAM,
        "weak_topics": sorted(
            (
                topic
                for area in found.areas
                if area.weight > 0
                for topic in area.topics
                if topic.estimate.has_enough
            ),
            key=lambda topic: topic.estimate.probability_01,
        )[:6],
    }
    return pages.render(request, "progress/progress.html", context, nav="progress")
