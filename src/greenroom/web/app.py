"""The web application and its URL list. A page is one line here and one handler in its noun's file."""

from __future__ import annotations

from collections.abc import Collection

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from greenroom.app.deps import Deps
from greenroom.core.errors import GreenroomError
from greenroom.web import (
    bank,
    code,
    debrief,
    diagnostic,
    errors,
    interview,
    plan,
    practice,
    progress,
    settings_page,
    start,
)
from greenroom.web.security import LimitedBody, SecureHeaders, TrustedOrigin
from greenroom.web.static_files import load_static_files


def _get(path: str, handler: object) -> Route:
    return Route(path, handler, methods=["GET"])  # type: ignore[arg-type]  # any handler of a request


def _post(path: str, handler: object) -> Route:
    return Route(path, handler, methods=["POST"])  # type: ignore[arg-type]  # any handler of a request


URLS: list[Route] = [
    # today and start
    _get("/", start.get_today),
    _get("/start", start.get_start),
    _post("/start", start.post_start),
    _post("/start/read", start.post_job_description),
    # practice
    _get("/practice", practice.get_practice),
    _post("/practice", practice.post_answer),
    # code
    _get("/code", code.get_problems),
    _get("/code/{problem_id}", code.get_problem),
    _get("/code/{problem_id}/review", code.get_review),
    _post("/code/{problem_id}/run", code.post_run),
    _post("/code/{problem_id}/submit", code.post_submit),
    _post("/code/{problem_id}/scratch", code.post_scratch),
    _post("/code/{problem_id}/draft", code.post_draft),
    _post("/code/{problem_id}/restart", code.post_restart),
    _post("/code/{problem_id}/hint", code.post_hint),
    _post("/code/{problem_id}/reveal", code.post_reveal),
    # diagnostic
    _get("/diagnostic", diagnostic.get_diagnostic),
    _post("/diagnostic", diagnostic.post_start),
    _get("/diagnostic/{diagnostic_id}", diagnostic.get_question),
    _post("/diagnostic/{diagnostic_id}", diagnostic.post_answer),
    _post("/diagnostic/{diagnostic_id}/finish", diagnostic.post_finish),
    _get("/diagnostic/{diagnostic_id}/map", diagnostic.get_map),
    # plan and progress
    _get("/plan", plan.get_plan),
    _get("/plan.ics", plan.get_calendar),
    _post("/plan/replan", plan.post_replan),
    _post("/plan/actions", plan.post_action_done),
    _get("/progress", progress.get_progress),
    # mock interviews
    _get("/interview", interview.get_choice),
    _post("/interview", interview.post_start),
    _get("/interviews", interview.get_history),
    _get("/interview/{interview_id}", interview.get_interview),
    _post("/interview/{interview_id}/turn", interview.post_turn),
    _get("/interview/{interview_id}/clock", interview.get_clock),
    _get("/interview/{interview_id}/debrief", debrief.get_debrief),
    _get("/interview/{interview_id}/debrief.json", debrief.get_debrief_json),
    # bank
    _get("/bank", bank.get_bank),
    _get("/bank/item", bank.get_item),
    # settings and help
    _get("/help", settings_page.get_help),
    _get("/settings", settings_page.get_settings),
    _get("/settings/export", settings_page.get_export),
    _post("/settings/import", settings_page.post_import),
    _post("/settings/time-zone", settings_page.post_time_zone),
    _post("/settings/delete", settings_page.post_delete),
    _post("/theme", settings_page.post_theme),
]


def create_app(deps: Deps, *, host_names: Collection[str] = ()) -> Starlette:
    """The ASGI application over the given dependencies.

    `host_names` are names (beyond localhost and literal addresses) under which it is served.
    """
    static = load_static_files()
    app = Starlette(
        routes=[*URLS, _get("/static/{version}/{path:path}", static.respond)],
        middleware=[
            Middleware(GZipMiddleware, minimum_size=600, compresslevel=6),
            Middleware(SecureHeaders),
            Middleware(TrustedOrigin, known_names=host_names),
            Middleware(LimitedBody),
        ],
        exception_handlers={
            GreenroomError: errors.on_greenroom_error,
            HTTPException: errors.on_http_error,
            Exception: errors.on_any_error,
        },
    )
    app.state.deps = deps
    return app
