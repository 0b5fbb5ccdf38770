"""The learner's own row: what the profile said last, the memory weights, and how far the fold has come."""

from __future__ import annotations

from dataclasses import replace

from greenroom.core.events import MemoryFitted, ProfileSaved
from greenroom.core.ids import canonical_json
from greenroom.store.events import Logged
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.rows import Rows


def fold(logged: Logged, rows: Rows) -> None:
    """Every event moves `last_seq`; a profile moves zone, date and prior; a fit moves the weights after it."""
    found = replace(rows.get(LEARNERS) or Learner(), last_seq=logged.seq)
    payload = logged.event.payload
    if isinstance(payload, ProfileSaved):
        found = replace(
            found,
            time_zone=payload.time_zone,
            interview_on=payload.interview_on,
            expected_logit=payload.expected_logit,
            self_report=canonical_json(dict(payload.self_report)),
        )
    elif isinstance(payload, MemoryFitted):
        found = replace(found, memory_weights=canonical_json(list(payload.weights)))
    rows.put(LEARNERS, found)
