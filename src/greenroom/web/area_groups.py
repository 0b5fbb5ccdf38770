"""The 33 areas in seven groups, for maps that a person reads: what weighs most comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from greenroom.core.mastery_map import AreaEstimate

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Mathematics and statistics",
        (
            "linear-algebra",
            "calculus-and-optimization",
            "probability-and-statistics",
            "information-theory-and-model-selection",
            "experimentation",
        ),
    ),
    (
        "Classical machine learning",
        ("supervised-learning", "unsupervised-learning", "evaluation-and-calibration", "data-and-features"),
    ),
    (
        "Deep learning",
        (
            "deep-learning",
            "computer-vision",
            "nlp-and-sequences",
            "generative-models",
            "graph-learning",
            "reinforcement-learning",
        ),
    ),
    (
        "Language models",
        (
            "transformers-and-llms",
            "fine-tuning-and-post-training",
            "prompting-and-context",
            "rag",
            "agents",
            "evals",
            "test-time-compute",
            "safety-and-governance",
            "multimodal",
        ),
    ),
    (
        "Systems and production",
        ("mlops", "inference-systems", "distributed-training", "data-systems", "ml-system-design"),
    ),
    ("Coding", ("python-and-software", "ml-from-scratch", "ai-paired-coding")),
    ("Behaviour", ("behavioural",)),
)
_KNOWN = frozenset(name for _, names in _GROUPS for name in names)
_OTHER = "Other"


class _OfArea(Protocol):
    @property
    def estimate(self) -> AreaEstimate: ...
    @property
    def weight(self) -> float: ...


_T = TypeVar("_T", bound=_OfArea)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Generic[_T]):
    """A group with its areas, and what they weigh together."""

    title: str
    areas: tuple[_T, ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNames:
    """A group of a taxonomy's areas, to be asked about as one."""

    key: str
    """Name for a form's field."""
    title: str
    areas: tuple[str, ...]


def groups_of(areas: Iterable[str]) -> list[AreaNames]:
    """The groups that hold any of these areas; areas that this file does not know form the last one."""
    left = set(areas)
    found = []
    for number, (title, names) in enumerate((*_GROUPS, (_OTHER, tuple(sorted(left - _KNOWN))))):
        held = tuple(name for name in names if name in left)
        if held:
            found.append(AreaNames(key=f"rate_{number}", title=title, areas=held))
    return found


def grouped(areas: Iterable[_T]) -> list[Group[Any]]:  # Any: the caller's own area type
    """The areas by group, those with most weight first; an area this file does not know goes last."""
    known = {area: title for title, names in _GROUPS for area in names}
    found: dict[str, list[_T]] = {title: [] for title, _ in _GROUPS}
    for entry in areas:
        found.setdefault(known.get(entry.estimate.area, _OTHER), []).append(entry)
    groups = [
        Group(
            title=title,
            areas=tuple(sorted(entries, key=lambda entry: -entry.weight)),
            weight=sum(entry.weight for entry in entries),
        )
        for title, entries in found.items()
        if entries
    ]
    return sorted(groups, key=lambda group: -group.weight)
