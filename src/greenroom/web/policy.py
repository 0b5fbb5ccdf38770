"""The content security policy and the other security headers, as pure functions of a response."""

from __future__ import annotations

import secrets

from starlette.datastructures import MutableHeaders


def content_policy(style_nonce: str | None = None) -> str:
    """The content security policy. A page with the code editor passes a nonce for its style sheet."""
    styles = f"'self' 'nonce-{style_nonce}'" if style_nonce else "'self'"
    return (
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"style-src {styles}; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def new_nonce() -> str:
    """A nonce for one response: `pages.render(..., style_nonce=nonce)` puts it into the policy."""
    return secrets.token_urlsafe(16)


_DOCUMENTS = ("text/html", "image/svg+xml")
"""What a browser opens as a document of its own. A style sheet or a font cannot run anything."""


def secure(headers: MutableHeaders) -> None:
    """Sets each security header that is not set yet. Pages are personal, so by default nothing is stored."""
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Cache-Control", "no-store")
    if not headers.get("content-type", "text/html").startswith(_DOCUMENTS):
        return
    headers.setdefault("Content-Security-Policy", content_policy())
    headers.setdefault("X-Frame-Options", "DENY")
    # Not no-referrer: that would turn the Origin of our own forms into "null".
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()")
