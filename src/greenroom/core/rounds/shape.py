"""What a round kind is: how it answers an utterance and a result. The engine does the rest for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from greenroom.core.conversation import Exchange, GradeOpen, RunCode, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Have everything said so far graded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Put a follow-up. `about` keeps it from being put twice."""

    reason: str
    about: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Say something that is no question; empty words are left unsaid. The candidate goes on."""

    move: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Leave this question. The remark is said first."""

    reason: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing to say: it is the candidate's turn."""


Reply = Grade | Put | Remark | Close | Wait


class Decision(NamedTuple):
    """What to do, and the state that remembers the words used for it."""

    state: State
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round kind."""

    kind: str
    title: str
    heard: Callable[[State, Exchange], Decision]
    """After the candidate said something (already in `exchange.said`)."""
    learned: Callable[[State, Exchange, GradeOpen | RunCode], Decision]
    """After a grade or a verdict came back (already in the exchange)."""
