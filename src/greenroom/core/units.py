"""Units that appear in names: instants are int milliseconds UTC, probabilities end in `_01`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of that name, or UTC when it is unknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def instant_of(now_ms: int) -> datetime:
    """The aware UTC datetime of an instant in milliseconds."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=now_ms)


def ms_of(moment: datetime) -> int:
    """Milliseconds UTC of an aware datetime."""
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)


def day_of(now_ms: int, time_zone: str) -> date:
    """The calendar day of an instant in the learner's own time zone."""
    return instant_of(now_ms).astimezone(zone_of(time_zone)).date()
