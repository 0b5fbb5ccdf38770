"""Errors as pages: what happened, what to do now, whether trying again helps.

A full page for a browser's own navigation; for htmx a notice, put above the form so that nothing typed is lost.
"""

from __future__ import annotations

import logging
from enum import Enum

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from greenroom.core.errors import GreenroomError, NotFound
from greenroom.web import pages
from greenroom.web.policy import secure

_LOG = logging.getLogger("greenroom.web")

_NOT_FOUND = NotFound(
    "There is no page at this address.", hint="Check the address, or go to Today and start from there."
)


class Refusal(Enum):
    """Requests that no handler sees, as (status, what happened, what to do)."""

    UNKNOWN_HOST = (
        421,
        "Greenroom does not answer under this name.",
        "Open it by its address, such as http://127.0.0.1:8020, or start it with this name allowed.",
    )
    OTHER_SITE = (
        403,
        "Another site asked your browser to send this, so it was not done.",
        "If it was you, open Greenroom in this tab and do it again from its own page.",
    )
    TOO_LARGE = (
        413,
        "That is more than 1 MB, and it was not read.",
        "Go back: what you typed is still there. Shorten it and send it again.",
    )


async def refuse(scope: Scope, receive: Receive, send: Send, refusal: Refusal) -> None:
    """Answers a request that is not let through."""
    status, message, hint = refusal.value
    response = _respond(Request(scope, receive), status, message, hint, is_retryable=False)
    await response(scope, receive, send)


def on_greenroom_error(request: Request, error: Exception) -> Response:
    """Our own errors carry their words and status."""
    assert isinstance(error, GreenroomError)
    if error.status >= 500:
        _LOG.error("%s %s: %s", request.method, request.url.path, error)
    return _respond(request, error.status, error.message, error.hint, is_retryable=error.is_retryable)


def on_http_error(request: Request, error: Exception) -> Response:
    """The router's own: no such page, or not by this method."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        message, hint = "This address only takes what a form sends.", "Go back and press the button there."
        return _respond(request, 405, message, hint, is_retryable=False, headers=dict(error.headers or {}))
    if error.status_code == 404:
        return _respond(request, 404, _NOT_FOUND.message, _NOT_FOUND.hint, is_retryable=False)
    return _respond(
        request, error.status_code, str(error.detail), "Go back and try again.", is_retryable=False
    )


def on_any_error(request: Request, error: Exception) -> Response:
    """A fault of ours: logged with its traceback, shown without it."""
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    message = "Something broke on this page. It is a fault in Greenroom, not in what you did."
    hint = "What was saved before is safe. Try once more; if it breaks again, the terminal window says why."
    return _respond(request, 500, message, hint, is_retryable=True)


def _respond(
    request: Request,
    status: int,
    message: str,
    hint: str,
    *,
    is_retryable: bool,
    headers: dict[str, str] | None = None,
) -> Response:
    context = {
        "status": status,
        "message": message,
        "hint": hint,
        "is_retryable": is_retryable and request.method == "GET",
        "can_resend": is_retryable and request.method != "GET",
        "path": request.url.path,
    }
    if pages.is_fragment(request):
        response = pages.render(request, "errors/notice.html", context, status=status)
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML show:top"
    else:
        response = pages.render(request, "errors/page.html", context, status=status)
    response.headers.update(headers or {})
    secure(response.headers)
    return response
