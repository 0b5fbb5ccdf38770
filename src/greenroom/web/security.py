"""What stands between a hostile page or request and the handlers: hosts, origins, sizes, headers.

Three plain ASGI layers, outermost first: `SecureHeaders` (content security policy and friends on every
response), `TrustedOrigin` (which Host names are answered, and no POST from another site), `LimitedBody`
(reads the body once, at most 1 MB, so that sync handlers find it in `request.state.body`).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenroom.web.errors import Refusal, refuse
from greenroom.web.policy import secure

MAX_BODY_BYTES = 1_000_000
MAX_DROPPED_BYTES = 16 * 1024 * 1024
MAX_IMPORT_BYTES = 256_000_000
"""An export of everything a person did comes back in one piece."""
IMPORT_PATH = "/settings/import"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SecureHeaders:
    """Sets the security headers that a handler has not set itself; pages are not stored."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds headers to the first message of every response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                secure(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def is_host_known(host: str, known_names: Collection[str]) -> bool:
    """True for localhost, any literal address, and the names given.

    A literal address cannot be rebound by a hostile DNS server; a name can, so names have to be listed.
    """
    name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    if name == "localhost" or name.endswith(".localhost") or name in known_names:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_same_origin(method: str, headers: Headers) -> bool:
    """False for a write that another site asked for.

    Browsers say where a request comes from in Sec-Fetch-Site (all current ones) or Origin (older ones).
    A request with neither is no browser's, and carries nobody's session.
    """
    if method in _SAFE_METHODS:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc == headers.get("host", "")


class TrustedOrigin:
    """Refuses unknown Host names and writes that another site asked for."""

    def __init__(self, app: ASGIApp, *, known_names: Collection[str] = ()) -> None:
        self.app = app
        self.known_names = frozenset(name.lower() for name in known_names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request through or answers it with a page that says what to do."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if not is_host_known(headers.get("host", "").lower(), self.known_names):
                await refuse(scope, receive, send, Refusal.UNKNOWN_HOST)
                return
            if not is_same_origin(scope["method"], headers):
                await refuse(scope, receive, send, Refusal.OTHER_SITE)
                return
        await self.app(scope, receive, send)


async def _let_it_finish(receive: Receive) -> None:
    """Takes the rest of a body and drops it, up to `MAX_DROPPED_BYTES`.

    A browser shows the answer only once it has sent everything: cut off, it would say that the connection broke.
    """
    dropped = 0
    while dropped <= MAX_DROPPED_BYTES:
        message = await receive()
        dropped += len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return


class LimitedBody:
    """Reads the body of a write, up to the limit, and leaves it in `request.state.body`."""

    def __init__(self, app: ASGIApp, *, max_bytes: int = MAX_BODY_BYTES) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 413 with a page once the limit is passed; what follows is not kept."""
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        limit = MAX_IMPORT_BYTES if scope["path"] == IMPORT_PATH else self.max_bytes
        declared = Headers(scope=scope).get("content-length", "0")
        body = bytearray()
        is_whole = declared.isdecimal() and int(declared) <= limit
        has_more = True
        while is_whole and has_more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            is_whole = len(body) <= limit
            has_more = message.get("more_body", False)
        if not is_whole:
            if has_more:  # after its last part nothing comes: waiting for more would wait for ever
                await _let_it_finish(receive)
            await refuse(scope, receive, send, Refusal.TOO_LARGE)
            return
        scope.setdefault("state", {})["body"] = bytes(body)
        is_sent = False

        async def replay() -> Message:
            nonlocal is_sent
            if is_sent:
                return await receive()
            is_sent = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self.app(scope, replay, send)
