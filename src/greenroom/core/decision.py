"""Votes and a decision, as a hiring committee does it: alone first, then everything is read, then again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from greenroom.core.competencies import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One section's vote. `first` is None where nothing could be assessed."""

    section: str
    first: Band | None
    why: str
    is_firm: bool
    """False where the hire line lies within the margin of the evidence."""
    second: Band | None = None
    why_second: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the votes come to, in words."""

    outcome: str
    """hire, leaning hire, leaning no, no hire or undecided"""
    carried_by: str
    uncertainty: str
    would_settle: str


class Decided(NamedTuple):
    """The decision and the votes after the second round."""

    decision: Decision
    votes: tuple[Vote, ...]


def first_vote(
    section: str,
    cards: Sequence[tuple[str, Band | None, float, float, str]],
    *,
    line_01: float,
    floor_01: float,
) -> Vote:
    """A section's independent vote: its leading competency's band, one lower where another is surely a strong no.

    `cards` are (title, band, low_01, high_01, why not), the leading competency first; `line_01` is the score
    at which hire begins, `floor_01` the one below which a strong no lies.
    """
    assessed = [card for card in cards if card[1] is not None]
    if not assessed:
        reason = cards[0][4] if cards else "It has no competencies."
        return Vote(section=section, first=None, why=f"Could not be assessed. {reason}", is_firm=False)
    title, band, low, high, _ = assessed[0]
    assert band is not None
    why = f"{title}: {band.words}."
    if assessed[0] is not cards[0]:
        why = f"{cards[0][0]} could not be assessed; {why[0].lower()}{why[1:]}"
    worst = [name for name, other, _, high_01, _ in assessed[1:] if other is not None and high_01 < floor_01]
    if worst and band is not Band.STRONG_NO_HIRE:
        band = band.moved(-1)
        why += f" Lowered one band by {' and '.join(worst)}."
    others = [f"{name} {other.words}" for name, other, *_ in assessed[1:] if other is not None]
    if others:
        why += f" Beside it: {', '.join(others)}."
    return Vote(section=section, first=band, why=why, is_firm=not low <= line_01 <= high)


def decide(votes: Sequence[Vote]) -> Decided:
    """The second round and the decision.

    A vote that is not firm may move one band towards the side on which the firm votes agree.
    """
    given = [vote for vote in votes if vote.first is not None]
    sides = {vote.first.is_hire for vote in given if vote.is_firm and vote.first is not None}
    second = tuple(_second(vote, sides) for vote in votes)
    return Decided(_decision(second), second)


def _second(vote: Vote, sides: set[bool]) -> Vote:
    if vote.first is None:
        return replace(vote, why_second="No vote: it could not be assessed, and that is not a no.")
    if vote.is_firm or len(sides) != 1 or vote.first.is_hire in sides:
        return replace(vote, second=vote.first, why_second="Stands after all were read.")
    towards = next(iter(sides))
    moved = vote.first.moved(1 if towards else -1)
    side = "hire" if towards else "no"
    why = f"Was within the margin; moves to {moved.words} after the firm votes for {side} were read."
    return replace(vote, second=moved, why_second=why)


def _names(votes: Sequence[Vote]) -> str:
    return ", ".join(vote.section for vote in votes)


def _decision(votes: Sequence[Vote]) -> Decision:
    given = [v for v in votes if v.second is not None]
    missing = [v for v in votes if v.second is None]
    hires = [v for v in given if v.second is not None and v.second.is_hire]
    against = [v for v in given if v not in hires]
    vetoes = [v for v in given if v.second is Band.STRONG_NO_HIRE]
    loose = [v for v in given if not v.is_firm]
    if 2 * len(given) <= len(votes):
        return Decision(
            outcome="undecided",
            carried_by=f"Only {len(given)} of {len(votes)} parts could be assessed.",
            uncertainty="Too little was seen to vote on; this is neither a yes nor a no.",
            would_settle="Sit the parts that were left open.",
        )
    if vetoes:
        outcome = "no hire" if len(vetoes) > 1 or not hires else "leaning no"
        carried = f"A strong no in {_names(vetoes)}; a committee rarely overrules one."
    elif not against:
        strong = [v for v in hires if v.second is Band.STRONG_HIRE]
        outcome = "hire" if 2 * len(strong) >= len(hires) and not missing else "leaning hire"
        carried = f"Every vote given is for hire: {_names(hires)}."
    elif len(hires) > len(against):
        outcome, carried = "leaning hire", f"Carried by {_names(hires)}, against {_names(against)}."
    elif len(hires) == len(against):
        outcome, carried = (
            "leaning no",
            f"The votes are split ({_names(hires)} against {_names(against)}); a tie is no yes.",
        )
    else:
        outcome = "leaning no" if hires else "no hire"
        carried = f"Carried by {_names(against)}" + (f", against {_names(hires)}." if hires else ".")
    return Decision(
        outcome=outcome,
        carried_by=carried,
        uncertainty=_uncertainty(loose, missing, len(votes)),
        would_settle=_would_settle(loose, missing),
    )


def _uncertainty(loose: Sequence[Vote], missing: Sequence[Vote], total: int) -> str:
    parts: list[str] = []
    if loose:
        parts.append(
            f"{_names(loose)} could have gone either way: the line lies within the margin of the grading."
        )
    if missing:
        parts.append(f"{_names(missing)} could not be assessed and did not vote.")
    if not parts:
        parts.append("No vote was close to the line.")
    if total < 4:
        count = {1: "One part is", 2: "Two parts are", 3: "Three parts are"}.get(total, f"{total} parts are")
        parts.append(f"{count} less than a loop; a real one has more voices.")
    return " ".join(parts)


def _would_settle(loose: Sequence[Vote], missing: Sequence[Vote]) -> str:
    open_parts = [*missing, *loose]
    if not open_parts:
        return "Nothing in it was close; another sitting would tell whether it was a good or a bad day."
    if len(open_parts) == 1:
        return f"One more round of {open_parts[0].section} would settle it."
    return f"Two more rounds would settle it: {open_parts[0].section} and {open_parts[1].section}."
