"""What every use case is handed: built once by `wiring.py`."""

from __future__ import annotations

from dataclasses import dataclass, field

from greenroom.app.folded import FoldedMocks
from greenroom.app.selecting import Selector
from greenroom.core.ports import Bank, Clock, Grader, Judge
from greenroom.store.db import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """The real things behind the ports, and the store."""

    clock: Clock
    bank: Bank
    judge: Judge
    grader: Grader
    store: Store
    selector: Selector = field(default_factory=Selector)
    """Tables that make choosing fast; a cache."""
    mocks: FoldedMocks = field(default_factory=FoldedMocks)
    """Mocks as far as they were folded; a cache."""
    started_ms: int = 0
    """When this server started, by its clock: what a mock waited for before that was not the candidate."""
