"""Renders pages: a template, its context, and what every page has (navigation, learner, theme, notices).

`render` gives the whole page, or for htmx only the template's `main` block with its title. Templates find the
macros as `ui`, `questions` and `charts`, and `static("css/base.css")`, without importing anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from greenroom import __version__
from greenroom.app.accounts import only_learner
from greenroom.app.deps import Deps
from greenroom.core.ids import LearnerId
from greenroom.web import questions
from greenroom.web.policy import content_policy
from greenroom.web.static_files import load_static_files

THEMES = ("light", "dark")
THEME_COOKIE = "greenroom_theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """One entry of the navigation; `id` is what a page passes as `nav`, `icon` a name in ui.html."""

    id: str
    url: str
    label: str
    icon: str


NAV: tuple[NavEntry, ...] = (
    NavEntry(id="today", url="/", label="Today", icon="today"),
    NavEntry(id="practice", url="/practice", label="Practice", icon="practice"),
    NavEntry(id="code", url="/code", label="Code", icon="code"),
    NavEntry(id="interview", url="/interview", label="Mock", icon="mock"),
    NavEntry(id="plan", url="/plan", label="Plan", icon="plan"),
    NavEntry(id="progress", url="/progress", label="Progress", icon="progress"),
)

FLASHES: Mapping[str, str] = {
    "saved": "Saved.",
    "profile-saved": "Saved. Your plan and practice follow this role from now on.",
    "imported": "Imported. What was already here was not counted twice.",
    "deleted": "Everything was deleted.",
    "action-done": "Ticked off.",
    "planned": "The plan was made anew from what you showed so far.",
    "session-done": "Session done.",
}
"""What `redirect(url, flash=...)` may say on the next page, by key; a key in the URL, never a text."""


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The Jinja environment: autoescape on, undefined names are errors, macros and filters in place."""
    static = load_static_files()
    env = Environment(
        loader=PackageLoader("greenroom.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals.update(static=static.url, nav_entries=NAV, app_version=__version__)
    env.filters.update(safe_html=safe_html, day=long_day, short_day=short_day, percent=percent)
    env.filters.update(
        ask_stem=questions.stem_with_inputs,
        told_stem=questions.stem_answered,
        bare_stem=questions.stem_preview,
    )
    env.globals["ui"] = env.get_template("components/ui.html").module
    env.globals["charts"] = env.get_template("components/charts.html").module
    env.globals["questions"] = env.get_template("components/questions.html").module
    return env


def safe_html(text: str) -> Markup:
    """HTML that the bank's build sanitized (`*_html` fields). Never anything a person typed."""
    return Markup(text)  # the build runs nh3 over it


def long_day(day: date) -> str:
    """`Monday 23 November`."""
    return f"{day:%A} {day.day} {day:%B}"


def short_day(day: date) -> str:
    """`23 Nov`."""
    return f"{day.day} {day:%b}"


def percent(share_01: float) -> str:
    """`62 %`, with a narrow no-break space."""
    return f"{round(100 * share_01)} %"


def deps_of(request: Request) -> Deps:
    """The use cases' dependencies that `create_app` was given."""
    deps: Deps = request.app.state.deps
    return deps


def learner_of(request: Request) -> LearnerId:
    """Whose page this is. A single-user installation has one learner."""
    return only_learner()


def is_fragment(request: Request) -> bool:
    """True where htmx asks, and so only the main block is wanted."""
    return request.headers.get("hx-request") == "true" and "hx-history-restore-request" not in request.headers


def theme_of(request: Request) -> str:
    """`light`, `dark`, or empty where the system decides."""
    theme = request.cookies.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


def render(
    request: Request,
    template: str,
    context: Mapping[str, Any] | None = None,  # Any: a template takes whatever its page shows
    *,
    nav: str = "",
    status: int = 200,
    style_nonce: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A page as a response.

    `nav` is the id of the entry shown as current. `style_nonce` (from `policy.new_nonce`) is put into the
    content security policy of this response and given to the template, for pages with the code editor.
    """
    found = templates().get_template(template)
    values = {
        "nav": nav,
        "theme": theme_of(request),
        "path": request.url.path,
        "flash": FLASHES.get(request.query_params.get("done", ""), ""),
        "style_nonce": style_nonce or "",
        "is_fragment": is_fragment(request),
        **(context or {}),
    }
    response = HTMLResponse(found.render(values), status_code=status, headers=dict(headers or {}))
    response.headers["Vary"] = "HX-Request, Cookie"
    if style_nonce:
        response.headers["Content-Security-Policy"] = content_policy(style_nonce)
    return response


def redirect(url: str, *, flash: str = "") -> RedirectResponse:
    """See-other to one of our own addresses, with a notice from `FLASHES` on the next page."""
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"not an address of ours: {url!r}")
    joined = f"{url}{'&' if '?' in url else '?'}done={flash}" if flash else url
    return RedirectResponse(joined, status_code=303)
