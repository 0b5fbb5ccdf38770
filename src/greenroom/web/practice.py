"""Practice: the question of now, the answer's outcome, the end of a sitting."""

from __future__ import annotations

import hashlib
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from greenroom.app import practice
from greenroom.core.calibration import CONFIDENCE_STEPS, confidence_of
from greenroom.core.units import MINUTE_MS
from greenroom.web import pages
from greenroom.web.forms import Form, new_event_id, read_form, read_query
from greenroom.web.questions import response_in

_LONGEST_THINKING_MS = 30 * MINUTE_MS
"""A tab left open is not thinking."""


def get_practice(request: Request) -> Response:
    """The next question of today's sitting, or of one on a topic or an area; at its end, what it came to."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    query = read_query(request)
    topic, area = query.text("topic", max_chars=80), query.text("area", max_chars=80)
    session = query.text("session", max_chars=64)
    now = practice.today(deps, learner)
    if (topic or area) and not session:
        session = f"on-{now.day:%Y-%m-%d}-{_short(topic or area)}"
    question = practice.next_question(deps, learner, session, topic=topic, area=area)
    focus = _focus(topic, area, session)
    if question is None:
        titles = deps.bank.taxonomy
        context = {
            "today": now,
            "focus_title": titles.topics[topic].title if topic in titles.topics else "",
            "is_focused": bool(topic or area),
            "more_url": "/practice?" + urlencode(_focus(topic, area, _next_name(session))),
        }
        return pages.render(request, "practice/done.html", context, nav="practice")
    context = {
        "question": question,
        "steps": CONFIDENCE_STEPS,
        "event_id": new_event_id(),
        "shown_ms": deps.clock.now_ms(),
        "focus": focus,
        "today": now,
    }
    return pages.render(request, "practice/question.html", context, nav="practice")


def post_answer(request: Request) -> Response:
    """Scores the answer once and shows what it came to."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    form = read_form(request)
    feedback = practice.answer(deps, learner, answer_in(request, form, purpose="practice"))
    focus = _focus(form.text("topic"), form.text("area"), form.text("focus_session"))
    context = {
        "feedback": feedback,
        "total": form.whole("total", low=1, high=1000) or feedback.number,
        "next_url": "/practice" + (f"?{urlencode(focus)}" if focus else ""),
        "area_title": deps.bank.taxonomy.areas[feedback.area].title,
        "topic_title": deps.bank.taxonomy.topics[feedback.topic].title,
        "due_days": max(0, round((feedback.due_ms - deps.clock.now_ms()) / (24 * 60 * MINUTE_MS))),
    }
    return pages.render(request, "practice/answered.html", context, nav="practice")


def answer_in(request: Request, form: Form, *, purpose: str) -> practice.AnswerIn:
    """The answer that a question's form holds. Raises InputRejected or NotFound."""
    deps = pages.deps_of(request)
    item = deps.bank.item(form.text("item_id"))
    step = form.whole("confidence", low=1, high=5, label="How sure are you?")
    response = response_in(form, item)
    shown_ms = form.whole("shown_ms", low=0, high=2**53, label="time") or deps.clock.now_ms()
    return practice.AnswerIn(
        event_id=form.event_id(),
        item_id=item.id,
        item_hash=form.text("item_hash"),
        response=response,
        confidence_01=confidence_of(step) if step and not form.has("pass") else None,
        elapsed_ms=min(max(0, deps.clock.now_ms() - shown_ms), _LONGEST_THINKING_MS),
        session_id=form.text("session_id"),
        purpose=purpose,
        reason=form.text("reason", max_chars=300),
    )


def _focus(topic: str, area: str, session: str) -> dict[str, str]:
    given = {"topic": topic, "area": area, "session": session}
    return {name: value for name, value in given.items() if value}


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _next_name(session: str) -> str:
    """`on-…-ab12` -> `on-…-ab12-2` -> `on-…-ab12-3`."""
    head, _, tail = session.rpartition("-")
    if tail.isdecimal() and len(tail) < 4:
        return f"{head}-{int(tail) + 1}"
    return f"{session}-2"
