"""The diagnostic: about 20 adaptive questions that map the areas a role weighs.

First the area, then the item: the area that lags most behind its share of the questions by role weight
(so the map covers what matters, Kingsbury and Zara 1989 on content balancing), then one of the most
informative items there on a topic not yet asked, drawn among the best few by seed (randomesque exposure
control, from the same paper). It ends on information, length or time.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from greenroom.core.learner_state import Mastery, Traits
from greenroom.core.mastery_map import AreaEstimate
from greenroom.core.selection import Candidate, Pull, Scored, Standing, score, standing_of
from greenroom.core.units import MINUTE_MS

AMONG_BEST = 5
FEWEST_ANSWERS = 12


class Ended(StrEnum):
    """Why a diagnostic ended."""

    INFORMATION = "information"
    LENGTH = "length"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When to stop."""

    n_questions: int = 20
    time_ms: int = 10 * MINUTE_MS
    spread_logit: float = 0.5
    """Information: the weighted mean standard deviation of the area estimates, in logits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticPick:
    """The next question, and why."""

    item_id: str
    topic: str
    area: str
    probability_01: float
    reason: str


def area_shares(area_weights: Mapping[str, float], excluded: Iterable[str] = ()) -> dict[str, float]:
    """Share of the questions each area gets: its weight, without the excluded areas. Sums to 1."""
    out = set(excluded)
    kept = {area: weight for area, weight in area_weights.items() if weight > 0 and area not in out}
    total = sum(kept.values())
    return {area: weight / total for area, weight in kept.items()}


def next_pick(
    candidates: Iterable[Candidate],
    mastery: Mastery,
    *,
    area_weights: Mapping[str, float],
    excluded_areas: Iterable[str] = (),
    asked: Sequence[Traits] = (),
    seed: int,
    now_ms: int,
    titles: Mapping[str, str] | None = None,
) -> DiagnosticPick | None:
    """The next question, or None where nothing new is left. The same arguments give the same pick.

    Items that the learner has ever answered are not asked again: they would measure memory.
    """
    shares = area_shares(area_weights, excluded_areas)
    done = {traits.item_id for traits in asked}
    by_area: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        key = candidate.traits.item_id
        if candidate.traits.area in shares and key not in done and "item:" + key not in mastery.components:
            by_area.setdefault(candidate.traits.area, []).append(candidate)
    if not by_area:
        return None
    counts = Counter(traits.area for traits in asked)
    n_next = len(asked) + 1
    area = max(by_area, key=lambda name: (shares[name] * n_next - counts[name], shares[name], name))
    seen_topics = Counter(traits.topic for traits in asked)
    fewest = min(seen_topics[candidate.traits.topic] for candidate in by_area[area])
    fresh = [entry for entry in by_area[area] if seen_topics[entry.traits.topic] == fewest]
    best = _best(fresh, mastery, seed=seed + 7919 * len(asked), now_ms=now_ms)
    if best is None:
        return None
    traits = best.candidate.traits
    words = (titles or {}).get(area, area.replace("-", " "))
    return DiagnosticPick(
        item_id=traits.item_id,
        topic=traits.topic,
        area=area,
        probability_01=best.probability_01,
        reason=f"{words[:1].upper() + words[1:]} makes up {shares[area]:.0%} of what your role asks, "
        f"and {_asked_so_far(counts[area])}.",
    )


def _asked_so_far(n_asked: int) -> str:
    match n_asked:
        case 0:
            return "nothing of it was asked yet"
        case 1:
            return "one question of it was asked so far"
    return f"{n_asked} questions of it were asked so far"


def _best(candidates: Sequence[Candidate], mastery: Mastery, *, seed: int, now_ms: int) -> Scored | None:
    """One of the most informative items, drawn by seed."""
    pull = Pull(
        area_factors={candidate.traits.area: 1.0 for candidate in candidates},
        information=1.0,
        gap=0.0,
        due=0.0,
        retention_01=0.9,
    )
    standings: dict[str, Standing] = {}
    scored: list[Scored] = []
    for candidate in candidates:
        topic = candidate.traits.topic
        if topic not in standings:
            standings[topic] = standing_of(mastery, topic, candidate.traits.area, now_ms=now_ms)
        found = score(candidate, mastery, standings[topic], pull, now_ms=now_ms)
        if found is not None:
            scored.append(found)
    if not scored:
        return None
    scored.sort(key=lambda entry: (-entry.worth, entry.candidate.traits.item_id))
    return random.Random(seed).choice(scored[:AMONG_BEST])


def spread_logit(estimates: Iterable[AreaEstimate], shares: Mapping[str, float]) -> float:
    """Weighted mean standard deviation of the area estimates, in logits."""
    return sum(shares.get(entry.area, 0.0) * math.sqrt(entry.variance) for entry in estimates)


def is_done(
    *,
    n_asked: int,
    estimates: Iterable[AreaEstimate],
    area_weights: Mapping[str, float],
    excluded_areas: Iterable[str] = (),
    started_ms: int,
    now_ms: int,
    limits: Limits | None = None,
) -> Ended | None:
    """Why the diagnostic is over, or None while it goes on. `estimates`: `area_map` of this moment."""
    limits = limits or Limits()
    if n_asked >= limits.n_questions:
        return Ended.LENGTH
    if now_ms - started_ms >= limits.time_ms and n_asked > 0:
        return Ended.TIME
    if n_asked >= FEWEST_ANSWERS:
        shares = area_shares(area_weights, excluded_areas)
        if spread_logit(estimates, shares) <= limits.spread_logit:
            return Ended.INFORMATION
    return None
