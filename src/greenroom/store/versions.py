"""The schema revisions this Greenroom knows, oldest first. A test holds it against `migrations/`."""

from __future__ import annotations

REVISIONS: tuple[str, ...] = ("0001",)
HEAD = REVISIONS[-1]
