"""Chooses the questions of a mock by role, level, weakness and what was asked before; the seed breaks ties."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenroom.core.blueprints import Ask, AskKind, Blueprint, Script, SectionPlan, Temperament
from greenroom.core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A question that could be put, with what follows it: follow-up[n] after a coding problem."""

    ask: Ask
    roles: tuple[str, ...] = ()
    """Roles it fits; empty means all."""
    follow_ups: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Whom the questions are for."""

    role: str
    role_title: str
    seniority: str
    expected_logit: float
    area_weights: Mapping[str, float]
    """Area -> weight for this role and level; sums to about 1."""
    strength_01: Mapping[str, float]
    """Area -> chance of a right answer; absent where nothing is known."""
    asked: Sequence[str] = ()
    """Ids of questions of earlier mocks, oldest first."""


MAX_FOLLOW_UPS = 2
_OWN_ROUNDS = frozenset({"behavioural"})
_OWN_TOPICS = frozenset({"tell-me-about-yourself", "career-story", "questions-for-the-interviewer"})
"""Open questions of these areas and stories on these topics are put only where a section asks for them."""


def write_script(
    blueprint: Blueprint,
    pool: Mapping[AskKind, Sequence[Candidate]],
    aim: Aim,
    *,
    temperament: Temperament,
    seed: int,
) -> Script:
    """The script of one mock. The same arguments give the same script.

    Raises NotFound where the bank has no question for a section.
    """
    dice = random.Random(seed)  # a pure function of the seed
    taken: set[str] = set()
    topics: set[str] = set()
    sections: list[tuple[Ask, ...]] = []
    for section in blueprint.sections:
        asks: list[Ask] = []
        areas: set[str] = set()
        for _ in range(section.questions):
            candidates = [c for c in _fitting(section, pool, aim) if c.ask.id not in taken]
            if not candidates:
                break
            chosen = max(
                candidates, key=lambda c: _value(c.ask, aim, areas, topics) * (0.75 + 0.5 * dice.random())
            )
            taken.add(chosen.ask.id)
            topics.add(chosen.ask.topic)
            areas.add(chosen.ask.area)
            asks += [chosen.ask, *chosen.follow_ups[:MAX_FOLLOW_UPS]]
        if not asks:
            raise NotFound(
                f"The bank has no question for the section “{section.title}”.",
                hint="Choose another round, or build a bank with more questions: `greenroom bank stats`.",
            )
        sections.append(tuple(asks))
    return Script(
        blueprint=blueprint,
        asks=tuple(sections),
        role=aim.role,
        role_title=aim.role_title,
        seniority=aim.seniority,
        temperament=temperament,
    )


def has_questions(blueprint: Blueprint, pool: Mapping[AskKind, Sequence[Candidate]]) -> bool:
    """True where the bank has at least one question for every section."""
    return all(
        any(
            (not section.areas or c.ask.area in section.areas)
            and (not section.topics or c.ask.topic in section.topics)
            for c in pool.get(section.source, ())
        )
        for section in blueprint.sections
    )


def _fitting(section: SectionPlan, pool: Mapping[AskKind, Sequence[Candidate]], aim: Aim) -> list[Candidate]:
    """Candidates within the section's areas and topics; of the role's own where there are any."""
    found = [
        c
        for c in pool.get(section.source, ())
        if (not section.areas or c.ask.area in section.areas)
        and (not section.topics or c.ask.topic in section.topics)
        and (section.source is not AskKind.OPEN or section.topics or c.ask.area not in _OWN_ROUNDS)
        and (section.source is not AskKind.STORY or section.topics or c.ask.topic not in _OWN_TOPICS)
    ]
    own = [c for c in found if not c.roles or aim.role in c.roles]
    return own if len(own) >= section.questions else found


def _value(ask: Ask, aim: Aim, areas: set[str], topics: set[str]) -> float:
    """Weight of the area, more where it is weak, at the level's difficulty; far less where it was asked lately."""
    weight = aim.area_weights.get(ask.area, 0.0) + 0.01
    weakness = 1.5 - aim.strength_01.get(ask.area, 0.5)
    fit = math.exp(-0.5 * ((ask.difficulty_logit - aim.expected_logit) / 1.2) ** 2)
    value = math.sqrt(weight) * weakness * fit
    if ask.area in areas:
        value *= 0.3
    if ask.topic in topics:
        value *= 0.3
    if ask.id in aim.asked:
        # Asked long ago is better than asked last time.
        recency = (len(aim.asked) - list(reversed(aim.asked)).index(ask.id)) / len(aim.asked)
        value *= 0.15 * (1.1 - recency)
    return value
