"""What a person prepares for, and what that makes each area worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from greenroom.core.taxonomy import Loop, Seniority, Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The goal: role (or a mix), level, loop, date, hours."""

    role_mix: Mapping[str, float]
    """Role id -> share; sums to 1."""
    seniority: Seniority
    loop: str
    interview_on: date | None
    hours_per_week: float
    time_zone: str
    excluded_areas: frozenset[str] = frozenset()
    job_title: str = ""
    self_report: Mapping[str, int] = field(default_factory=dict)
    """Area -> 1 (never met) to 5 (could teach it); areas left out were not rated."""

    @property
    def role(self) -> str:
        """The role with the largest share; of equal ones the first by name."""
        return min(self.role_mix, key=lambda role: (-self.role_mix[role], role))


def area_weights(profile: Profile, taxonomy: Taxonomy) -> dict[str, float]:
    """Weight of every area: the mix of the roles' weights times the level's factors; sums to 1.

    Excluded areas weigh 0. If everything is excluded, nothing is.
    """
    factors = taxonomy.levels[profile.seniority].weight_factors
    raw = {
        area: sum(
            share * taxonomy.roles[role].weights.get(area, 0.0) for role, share in profile.role_mix.items()
        )
        * factors.get(area, 1.0)
        for area in taxonomy.areas
    }
    kept = {area: 0.0 if area in profile.excluded_areas else weight for area, weight in raw.items()}
    total = sum(kept.values())
    if total <= 0:
        kept, total = raw, sum(raw.values())
    return {area: weight / total for area, weight in kept.items()}


def days_left(profile: Profile, today: date) -> int | None:
    """Whole days until the interview, 0 on the day and after it; None without a date."""
    if profile.interview_on is None:
        return None
    return max(0, (profile.interview_on - today).days)


def has_round(loop: Loop, *kinds: str) -> bool:
    """Whether the loop holds a round of one of these kinds."""
    return any(entry.kind in kinds for entry in loop.rounds)
