"""Every projection there is. One line here makes rebuilding and deleting know it."""

from __future__ import annotations

from typing import Any

from greenroom.store.answers import ANSWERS
from greenroom.store.days import DAYS
from greenroom.store.due_days import DUE_DAYS
from greenroom.store.learners import LEARNERS
from greenroom.store.mastery import MASTERY, MASTERY_DAYS
from greenroom.store.memories import MEMORIES
from greenroom.store.problems import PROBLEMS
from greenroom.store.sessions import SESSIONS
from greenroom.store.shelves import Shelf

SHELVES: tuple[Shelf[Any], ...] = (  # Any: shelves of unlike rows, used only through what all have
    LEARNERS,
    ANSWERS,
    SESSIONS,
    MEMORIES,
    DUE_DAYS,
    MASTERY,
    MASTERY_DAYS,
    DAYS,
    PROBLEMS,
)
