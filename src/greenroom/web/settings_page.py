"""Settings: appearance, data of the learner, time zone."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from greenroom.web import pages
from greenroom.web.forms import read_form

_YEAR_S = 365 * 24 * 3600


def post_theme(request: Request) -> Response:
    """Remembers light, dark or the system's choice in a cookie, and goes back to the page."""
    theme = read_form(request).choice("theme", [*pages.THEMES, "system"])
    back = urlsplit(request.headers.get("referer", ""))
    path = back.path if back.path.startswith("/") and not back.path.startswith("//") else "/"
    response = pages.redirect(path + (f"?{back.query}" if back.query else ""))
    if theme == "system":
        response.delete_cookie(pages.THEME_COOKIE)
    else:
        response.set_cookie(pages.THEME_COOKIE, theme, max_age=_YEAR_S, samesite="lax", httponly=False)
    return response
