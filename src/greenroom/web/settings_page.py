"""Settings: the learner's data (export, import, delete), time zone, appearance. And the help page."""

from __future__ import annotations

from urllib.parse import urlsplit
from zoneinfo import available_timezones

from starlette.requests import Request
from starlette.responses import Response

from greenroom.app import data, profile
from greenroom.core.errors import InputRejected
from greenroom.core.units import day_of
from greenroom.web import pages
from greenroom.web.forms import new_event_id, read_form, read_upload

_YEAR_S = 365 * 24 * 3600
_DELETE_WORD = "delete"


def get_settings(request: Request) -> Response:
    """The page of settings and data."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    context = {
        "goal": profile.profile_of(deps, learner),
        "event_id": new_event_id(),
        "time_zones": sorted(available_timezones()),
        "database": str(deps.store.path),
        "imported": None,
        "delete_word": _DELETE_WORD,
    }
    return pages.render(request, "settings/settings.html", context)


def post_time_zone(request: Request) -> Response:
    """Saves the goal with another time zone: days and streaks follow it from now on."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    goal = profile.profile_of(deps, learner)
    if goal is None:
        raise InputRejected(
            "There is no goal yet.", hint="Say what you go for first; the zone belongs to it."
        )
    form = read_form(request)
    given = profile.ProfileIn(
        event_id=form.event_id(),
        role_mix=goal.role_mix,
        seniority=goal.seniority.value,
        loop=goal.loop,
        interview_on=goal.interview_on,
        hours_per_week=goal.hours_per_week,
        time_zone=form.text("time_zone"),
        excluded_areas=tuple(sorted(goal.excluded_areas)),
        job_title=goal.job_title,
    )
    profile.save_profile(deps, learner, given)
    return pages.redirect("/settings", flash="saved")


def get_export(request: Request) -> Response:
    """Everything the learner did, as one file."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    day = day_of(deps.clock.now_ms(), "UTC")
    return Response(
        "".join(data.export(deps, learner)),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="greenroom-{day}.json"'},
    )


def post_import(request: Request) -> Response:
    """Takes over an exported file; what is already here is not counted twice."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    upload = read_upload(request, "file")
    imported = data.import_text(deps, learner, upload.content, skips_bad_rows=upload.form.has("skip"))
    context = {
        "goal": profile.profile_of(deps, learner),
        "event_id": new_event_id(),
        "time_zones": sorted(available_timezones()),
        "database": str(deps.store.path),
        "imported": imported,
        "delete_word": _DELETE_WORD,
    }
    status = 200 if imported.was_kept else 422
    return pages.render(request, "settings/settings.html", context, status=status)


def post_delete(request: Request) -> Response:
    """Deletes everything, once the word was typed."""
    deps, learner = pages.deps_of(request), pages.learner_of(request)
    if read_form(request).text("word").lower() != _DELETE_WORD:
        raise InputRejected(
            "Nothing was deleted.", hint=f"Type the word “{_DELETE_WORD}” to delete everything."
        )
    data.delete_everything(deps, learner)
    return pages.redirect("/", flash="deleted")


def get_help(request: Request) -> Response:
    """Shortcuts, privacy, and what the scores mean."""
    taxonomy = pages.deps_of(request).bank.taxonomy
    return pages.render(request, "help/help.html", {"loops": list(taxonomy.loops.values())})


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
