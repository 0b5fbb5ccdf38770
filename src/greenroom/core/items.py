"""Items with a closed answer: what the compiled bank holds and what practice asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from greenroom.core.ids import ItemId


class Kind(StrEnum):
    """Kinds of closed item. Open questions, problems, designs and stories have their own types."""

    CHOICE = "choice"
    SEVERAL = "several"
    NUMERIC = "numeric"
    ORDER = "order"
    CLOZE = "cloze"


class Level(StrEnum):
    """What an item asks of the mind, easiest first."""

    RECALL = "recall"
    APPLY = "apply"
    ANALYSE = "analyse"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A named mistake, declared once per area and shared by items and families."""

    id: str
    area: str
    topic: str
    name: str
    diagnosis: str
    """What the learner probably thought, said to the learner."""
    remedy: str
    """What to do about it, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a choice. `id` is `a`, `b`, … in authored order; the page may shuffle."""

    id: str
    html: str
    text: str
    is_right: bool
    misconception: str | None = None
    """Id of the misconception a wrong option stands for; None on right options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceSpec:
    """One right option (`choice`) or one and more (`several`)."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A wrong number that a named misconception yields."""

    value: float
    misconception: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericSpec:
    """Right where |given - value| <= max(abs_tol, rel_tol * |value|)."""

    value: float
    abs_tol: float
    rel_tol: float
    unit: str
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line to be put in order. Steps are stored in the right order."""

    id: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSpec:
    """Steps in the right order; the page shuffles them by seed."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One gap: any accepted text is right (case, spaces and hyphens do not count)."""

    accepted: tuple[str, ...]
    slips: tuple[tuple[str, str], ...] = ()
    """(wrong text, misconception id) pairs that are recognised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeSpec:
    """Gaps in the stem; the stem's HTML holds `<span data-blank="0"></span>` where each belongs."""

    blanks: tuple[Blank, ...]


Spec = ChoiceSpec | NumericSpec | OrderSpec | ClozeSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question with a closed answer, as compiled. HTML is sanitized at build time."""

    id: ItemId
    hash: str
    """Hash of everything that matters to the answer; a changed item has a new one."""
    kind: Kind
    area: str
    topic: str
    level: Level
    minutes: float
    difficulty_logit: float
    """Author's prior: 0 is a mid-level candidate's coin flip; positive is harder. About -2.5 to 2.5."""
    stem_html: str
    stem_text: str
    spec: Spec
    explanation_html: str
    sources: tuple[str, ...]
    family: str | None = None
    """Family slug, where a family made this variant."""
    path: str = ""
    """Where its source is, `bank/items/...md:12`."""

    @property
    def guess_01(self) -> float:
        """Chance of a right answer by blind guessing."""
        match self.spec:
            case ChoiceSpec(options=options):
                if self.kind is Kind.CHOICE:
                    return 1 / len(options)
                return 1 / ((1 << len(options)) - 1)
            case _:
                return 0.0
