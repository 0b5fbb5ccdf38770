"""Coding problems: the list, the desk with its editor, verdicts, hints, and the review afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from greenroom.app import drafts, submissions
from greenroom.app.drafts import Desk, DraftIn, Listed
from greenroom.app.submissions import SubmissionIn, Submitted
from greenroom.app.verdict_words import WORDS, Summary, growth, summary
from greenroom.core.units import DAY_MS
from greenroom.core.verdicts import Outcome, ScriptResult
from greenroom.web import pages
from greenroom.web.forms import Form, new_event_id, read_form
from greenroom.web.policy import new_nonce

STATES = {
    "new": ("New", ""),
    "started": ("Started", "accent"),
    "tried": ("Tried", "warn"),
    "revealed": ("Reference read", "warn"),
    "solved": ("Solved", "right"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A verdict as the panel shows it."""

    summary: Summary
    attempt: Submitted
    growth: str
    is_old: bool
    """True for the last attempt of an earlier visit."""


def get_problems(request: Request) -> Response:
    """All problems, narrowed by state, level or topic from the query."""
    lines = drafts.board(pages.deps_of(request), pages.learner_of(request))
    query = request.query_params
    wanted = {name: query.get(name, "") for name in ("state", "level", "topic")}
    shown = [line for line in lines if _fits(line, wanted)]
    context = {
        "lines": shown,
        "total": len(lines),
        "solved": sum(line.state == "solved" for line in lines),
        "wanted": wanted,
        "states": STATES,
        "levels": sorted({line.problem.level.value for line in lines}),
        "topics": sorted({(line.problem.topic, line.topic_title) for line in lines}, key=lambda t: t[1]),
    }
    return pages.render(request, "code/list.html", context, nav="code")


def _fits(line: Listed, wanted: dict[str, str]) -> bool:
    found = {"state": line.state, "level": line.problem.level.value, "topic": line.problem.topic}
    return all(not value or found[name] == value for name, value in wanted.items())


def get_problem(request: Request) -> Response:
    """The desk of one problem as it was left."""
    desk = drafts.desk(pages.deps_of(request), pages.learner_of(request), _problem_id(request))
    return _desk_page(request, desk)


def post_run(request: Request) -> Response:
    """Runs the visible tests; the verdict comes in the same response."""
    return _judged(request, visible_only=True)


def post_submit(request: Request) -> Response:
    """Judges with the hidden tests too; the verdict comes in the same response."""
    return _judged(request, visible_only=False)


def _judged(request: Request, *, visible_only: bool) -> Response:
    form = read_form(request)
    given = SubmissionIn(
        event_id=form.event_id(),
        problem_id=_problem_id(request),
        source=_raw(form, "source"),
        visible_only=visible_only,
        elapsed_ms=form.whole("elapsed_ms", low=0, high=DAY_MS) or 0,
    )
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    submitted = submissions.submit(deps, learner, given)
    if pages.is_fragment(request):
        context = {
            "shown": _shown(submitted),
            "event_id": new_event_id(),
            "problem_id": given.problem_id,
            "words": words,
        }
        return pages.render(request, "code/verdict.html", context)
    _keep(request, form)  # the notes came with the form too
    return _desk_page(request, drafts.desk(deps, learner, given.problem_id), submitted=submitted)


def post_scratch(request: Request) -> Response:
    """Runs the code as a script and shows what it prints; nothing is recorded."""
    form = read_form(request)
    deps, problem_id = pages.deps_of(request), _problem_id(request)
    result = submissions.scratch(deps, problem_id=problem_id, source=_raw(form, "source"))
    if pages.is_fragment(request):
        context = {"result": result, "words": words, "event_id": new_event_id()}
        return pages.render(request, "code/script.html", context)
    _keep(request, form)
    return _desk_page(request, drafts.desk(deps, pages.learner_of(request), problem_id), script=result)


def post_draft(request: Request) -> Response:
    """Keeps editor and notes; 204 for the page's own autosave, the desk again for a button."""
    form = read_form(request)
    _keep(request, form)
    if form.has("quiet"):
        return Response(status_code=204)
    return pages.redirect(f"/code/{_problem_id(request)}", flash="saved")


def post_restart(request: Request) -> Response:
    """Keeps what stood there as a draft, then puts the starter back into the editor; notes stay."""
    form = read_form(request)
    _keep(request, form)
    problem_id = _problem_id(request)
    drafts.restart(
        pages.deps_of(request), pages.learner_of(request), problem_id=problem_id, event_id=new_event_id()
    )
    return pages.redirect(f"/code/{problem_id}")


def post_hint(request: Request) -> Response:
    """Takes the next hint: the list of hints for htmx, else the desk again."""
    form = read_form(request)
    deps, learner, problem_id = pages.deps_of(request), pages.learner_of(request), _problem_id(request)
    submissions.hint(
        deps,
        learner,
        event_id=form.event_id("hint_event_id"),
        problem_id=problem_id,
        number=form.whole("hint", low=1, high=99) or 0,
    )
    if pages.is_fragment(request):
        desk = drafts.desk(deps, learner, problem_id)
        context = {"desk": desk, "hint_event_id": new_event_id(), "inline": inline}
        return pages.render(request, "code/hints.html", context)
    _keep(request, form)
    return pages.redirect(f"/code/{problem_id}")


def post_reveal(request: Request) -> Response:
    """Gives the problem up, or opens the review of a solved one."""
    form = read_form(request)
    _keep(request, form)
    problem_id = _problem_id(request)
    submissions.give_up(
        pages.deps_of(request),
        pages.learner_of(request),
        event_id=form.event_id("reveal_event_id"),
        problem_id=problem_id,
    )
    return pages.redirect(f"/code/{problem_id}/review")


def get_review(request: Request) -> Response:
    """Reference, alternatives, explanation and follow-up questions, once solved or given up."""
    deps, learner, problem_id = pages.deps_of(request), pages.learner_of(request), _problem_id(request)
    opened = submissions.solutions(deps, learner, problem_id)
    desk = drafts.desk(deps, learner, problem_id)
    left = [line for line in drafts.board(deps, learner) if line.state in ("new", "started", "tried")]
    nonce = new_nonce()
    accepted = [attempt for attempt in desk.history.attempts if attempt.is_accepted]
    context = {
        "desk": desk,
        "inline": inline,
        "opened": opened,
        "own": accepted[-1] if accepted else None,
        "next": next((line for line in left if line.problem.id != problem_id), None),
    }
    return pages.render(request, "code/review.html", context, nav="code", style_nonce=nonce)


def _desk_page(
    request: Request, desk: Desk, *, submitted: Submitted | None = None, script: ScriptResult | None = None
) -> Response:
    attempt = submitted or desk.last_attempt
    context: dict[str, Any] = {  # Any: a template takes whatever its page shows
        "desk": desk,
        "inline": inline,
        "shown": _shown(attempt, is_old=submitted is None) if attempt and script is None else None,
        "result": script,
        "words": words,
        "event_id": new_event_id(),
        "hint_event_id": new_event_id(),
        "reveal_event_id": new_event_id(),
        "problem_id": desk.problem.id,
        "sandbox_level": submissions.sandbox_level(pages.deps_of(request)),
        "attempts": [_attempt_line(one) for one in reversed(desk.history.attempts[-20:])],
    }
    return pages.render(request, "code/desk.html", context, nav="code", style_nonce=new_nonce())


def _shown(attempt: Submitted, *, is_old: bool = False) -> Shown:
    return Shown(
        summary=summary(attempt.verdict, visible_only=attempt.visible_only),
        attempt=attempt,
        growth=growth(attempt.verdict),
        is_old=is_old,
    )


def _attempt_line(attempt: Submitted) -> dict[str, object]:
    head = summary(attempt.verdict, visible_only=attempt.visible_only)
    return {"attempt": attempt, "title": head.title, "line": head.line, "is_right": head.is_right}


def _keep(request: Request, form: Form) -> None:
    given = DraftIn(
        event_id=new_event_id(),
        problem_id=_problem_id(request),
        source=_raw(form, "source"),
        notes=_raw(form, "notes"),
    )
    drafts.keep(pages.deps_of(request), pages.learner_of(request), given)


def _problem_id(request: Request) -> str:
    return str(request.path_params["problem_id"])


def _raw(form: Form, name: str) -> str:
    """The field as typed, outer space included: line numbers of errors have to fit the editor."""
    return (form.fields.get(name) or ("",))[0]


def words(outcome: Outcome) -> str:
    """An outcome's short name."""
    return WORDS[outcome].name


_CODE = re.compile(r"`([^`]+)`")


def inline(text: str) -> Markup:
    """A line of the bank's text with `code` in backquotes set as code. Everything else is escaped."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # escaped on this line
