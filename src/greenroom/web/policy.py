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


def secure(headers: MutableHeaders) -> None:
    """Sets each security header that is not set yet. Pages are personal, so by default none is stored."""
    headers.setdefault("Content-Security-Policy", content_policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    # Not no-referrer: that would turn the Origin of our own forms into "null".
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()")
    headers.setdefault("Cache-Control", "no-store")
