"""The diagnostic: the way in, its questions one by one, and the map at its end."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from greenroom.app import diagnostic, profile
from greenroom.core.calibration import CONFIDENCE_STEPS
from greenroom.web import pages
from greenroom.web.area_groups import grouped
from greenroom.web.forms import new_event_id, read_form
from greenroom.web.practice import answer_in


def get_diagnostic(request: Request) -> Response:
    """Where it stands: not begun, running (go on), or ended (its map)."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    latest = diagnostic.latest(deps, learner)
    wants_anew = "anew" in request.query_params
    if latest is not None and latest.ended and not wants_anew:
        return pages.redirect(f"/diagnostic/{latest.id}/map")
    context = {
        "latest": latest if latest and not latest.ended else None,
        "has_profile": profile.profile_of(deps, learner) is not None,
        "event_id": new_event_id(),
        "total": diagnostic.LIMITS.n_questions,
        "minutes": diagnostic.LIMITS.time_ms // 60_000,
    }
    return pages.render(request, "diagnostic/intro.html", context)


def post_start(request: Request) -> Response:
    """Begins one, or goes on with the one that runs."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    running = diagnostic.start(deps, learner, read_form(request).event_id())
    return pages.redirect(f"/diagnostic/{running.id}")


def get_question(request: Request) -> Response:
    """The next question of a running diagnostic; the map where it is over."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    diagnostic_id = str(request.path_params["diagnostic_id"])
    question = diagnostic.next_question(deps, learner, diagnostic_id)
    if question is None:
        return pages.redirect(f"/diagnostic/{diagnostic_id}/map")
    context = {
        "question": question,
        "steps": CONFIDENCE_STEPS,
        "event_id": new_event_id(),
        "shown_ms": deps.clock.now_ms(),
        "diagnostic_id": diagnostic_id,
    }
    return pages.render(request, "diagnostic/question.html", context)


def post_answer(request: Request) -> Response:
    """Scores the answer and shows what it came to; the map is one step away once enough is known."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    diagnostic_id = str(request.path_params["diagnostic_id"])
    form = read_form(request)
    feedback = diagnostic.answer(deps, learner, answer_in(request, form, purpose="diagnostic"))
    latest = diagnostic.latest(deps, learner)
    is_over = latest is None or latest.id != diagnostic_id or latest.ended is not None
    context = {
        "feedback": feedback,
        "total": diagnostic.LIMITS.n_questions,
        "diagnostic_id": diagnostic_id,
        "is_over": is_over,
        "topic_title": deps.bank.taxonomy.topics[feedback.topic].title,
    }
    return pages.render(request, "diagnostic/answered.html", context)


def post_finish(request: Request) -> Response:
    """Ends it now, with what is known so far."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    diagnostic_id = str(request.path_params["diagnostic_id"])
    diagnostic.finish(deps, learner, diagnostic_id)
    return pages.redirect(f"/diagnostic/{diagnostic_id}/map")


def get_map(request: Request) -> Response:
    """The readiness map by area, with intervals and the misconceptions that showed."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    found = diagnostic.result(deps, learner, str(request.path_params["diagnostic_id"]))
    known = [area for area in found.areas if area.estimate.has_enough and area.weight > 0]
    by_strength = sorted(known, key=lambda area: area.estimate.probability_01)
    context = {
        "result": found,
        "groups": grouped(found.areas),
        "tally": [
            {"title": group.title, "asked": asked, "right": sum(area.right for area in group.areas)}
            for group in grouped(found.areas)
            if (asked := sum(area.asked for area in group.areas))
        ],
        "weakest": by_strength[:3],
        "strongest": by_strength[::-1][: max(0, min(3, len(by_strength) - 3))],
        "n_open": sum(not area.estimate.has_enough for area in found.areas if area.weight > 0),
        "has_profile": profile.profile_of(deps, learner) is not None,
    }
    return pages.render(request, "diagnostic/map.html", context)
