"""Identifiers. Event ids are made by the client, so that a repeated request is recognised."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import NewType

EventId = NewType("EventId", str)
LearnerId = NewType("LearnerId", str)
ItemId = NewType("ItemId", str)
"""`topic-slug/item-slug`; a family variant is `family-slug#seed`."""

ME = LearnerId("me")
"""The learner of a single-user installation."""

_EVENT_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{7,63}")

Plain = None | bool | int | float | str | Sequence["Plain"] | Mapping[str, "Plain"]
"""What JSON can hold."""


def is_event_id(text: str) -> bool:
    """True for 8 to 64 letters, digits, `_` or `-`, as UUIDs are."""
    return _EVENT_ID.fullmatch(text) is not None


def canonical_json(value: Plain) -> str:
    """One text per value: keys sorted, no spaces, no NaN. Raises ValueError on NaN or infinity."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_hash(value: Plain) -> str:
    """The first 16 hex digits of the SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()[:16]
