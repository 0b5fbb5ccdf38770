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
from greenroom.web import errors, pages, practice, settings_page
from greenroom.web.security import LimitedBody, SecureHeaders, TrustedOrigin
from greenroom.web.static_files import load_static_files


def _get(path: str, handler: object) -> Route:
    return Route(path, handler, methods=["GET"])  # type: ignore[arg-type]  # any handler of a request


def _post(path: str, handler: object) -> Route:
    return Route(path, handler, methods=["POST"])  # type: ignore[arg-type]  # any handler of a request


URLS: list[Route] = [
    # practice
    _get("/practice", practice.get_practice),
    _post("/practice", practice.post_answer),
    # settings and help
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
    app.state.static = static
    app.state.templates = pages.make_templates(static)
    return app
