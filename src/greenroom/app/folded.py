"""Mocks as far as they were folded: a cache, so that a turn reads only what came after the last one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

from greenroom.core.conversation import State
from greenroom.core.ids import LearnerId

_MOST = 64


class Held(NamedTuple):
    """A state and the place in the log up to which it was folded."""

    state: State
    seq: int


class FoldedMocks:
    """States by learner and mock. Losing one costs a fold; a state is never wrong for its place in the log."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[LearnerId, str], Held] = OrderedDict()

    def get(self, learner_id: LearnerId, interview_id: str) -> Held | None:
        """What is held of a mock."""
        with self._lock:
            return self._held.get((learner_id, interview_id))

    def put(self, learner_id: LearnerId, interview_id: str, held: Held) -> None:
        """Holds it, unless something newer is held; the mock that was held first goes when there are many."""
        key = (learner_id, interview_id)
        with self._lock:
            known = self._held.pop(key, None)
            self._held[key] = held if known is None or held.seq >= known.seq else known
            while len(self._held) > _MOST:
                self._held.popitem(last=False)

    def drop(self, learner_id: LearnerId, interview_id: str) -> None:
        """Forgets it: its events are gone."""
        with self._lock:
            self._held.pop((learner_id, interview_id), None)
