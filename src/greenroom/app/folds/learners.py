"""The learner's own row: the time zone and the date from the profile, and how far the fold has come."""

from __future__ import annotations

from dataclasses import replace

from greenroom.core.events import ProfileSaved
from greenroom.store.events import Logged
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.rows import Rows


def fold(logged: Logged, rows: Rows) -> None:
    """Every event moves `last_seq`; a saved profile moves the zone and the interview date."""
    found = replace(rows.get(LEARNERS) or Learner(), last_seq=logged.seq)
    payload = logged.event.payload
    if isinstance(payload, ProfileSaved):
        found = replace(found, time_zone=payload.time_zone, interview_on=payload.interview_on)
    rows.put(LEARNERS, found)
