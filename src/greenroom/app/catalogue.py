"""The bank's items as candidates for selection, made once for each bank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from greenroom.core.ids import ItemId
from greenroom.core.items import Item
from greenroom.core.mastery import traits_of
from greenroom.core.ports import Bank
from greenroom.core.selection import Candidate
from greenroom.core.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What questions are narrowed to; empty texts narrow nothing."""

    topic: str = ""
    area: str = ""

    def holds(self, candidate: Candidate) -> bool:
        """True where the candidate lies within."""
        traits = candidate.traits
        return self.topic in ("", traits.topic) and self.area in ("", traits.area)


class _Keyed:
    """A bank by its hash, so that the cache keeps one entry for each content."""

    __slots__ = ("bank",)

    def __init__(self, bank: Bank) -> None:
        self.bank = bank

    def __hash__(self) -> int:
        return hash(self.bank.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.bank.hash == other.bank.hash


def candidates(bank: Bank) -> Sequence[Candidate]:
    """Every closed item of the bank."""
    return _candidates(_Keyed(bank))


@lru_cache(maxsize=2)
def _candidates(keyed: _Keyed) -> tuple[Candidate, ...]:
    items: Mapping[ItemId, Item] = keyed.bank.items
    return tuple(Candidate(traits=traits_of(item), kind=item.kind.value) for item in items.values())


def titles(bank: Bank) -> Mapping[str, str]:
    """Titles of topics and areas by id, for the sentences that give a reason."""
    return _titles(_Keyed(bank))


@lru_cache(maxsize=2)
def _titles(keyed: _Keyed) -> Mapping[str, str]:
    taxonomy: Taxonomy = keyed.bank.taxonomy
    topics = {topic.id: topic.title for topic in taxonomy.topics.values()}
    return topics | {area.id: area.title for area in taxonomy.areas.values()}
