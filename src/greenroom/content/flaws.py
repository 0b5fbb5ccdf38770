"""Flaw gates of single items: what gives a key away without knowing the subject. No model is needed.

The list follows the item-writing literature (Haladyna, Downing and Rodriguez 2002; Tarrant et al. 2006).
A gate is a function from an item to what it found, or None; `GATES` names them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from greenroom.content.findings import Finding
from greenroom.core.items import ChoiceSpec, Item, Kind, Option

LONGEST_FACTOR = 1.35
LONGEST_MARGIN = 14
"""Characters by which the key may exceed the longest wrong option even where the factor is passed."""

_ABOVE = re.compile(
    r"\b(all|none|both|neither|any|some) of (the )?(above|these|those|options|other)\b"
    r"|\b(a|b|c|d) and (a|b|c|d)\b( only)?\s*$|\beverything (listed|above)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:which|what)\b(?:\s+(?:one|of (?:the following|these|them)|statements?|options?|[\w-]+)){0,3}?"
    r"\s+(?:is|are|does|do|did|would|should|can|could|will|was|were|has|have)(?: you| it| they| we)?\s+(?:not|never|least)\b"
    r"|\b(?:which|what)\b[^.?!\n]*\b(?:isn't|aren't|doesn't|don't|cannot|can't|won't|shouldn't|wouldn't)\b[^.?!\n]*\?"
    r"|\bexcept(?: for)?(?: one| which)?\s*[?:]"
    r"|\b(?:is|are) (?:false|untrue|not true|not correct)\s*\?",
    re.IGNORECASE,
)
_STRESSED_NOT = re.compile(r"(?:\b|\*)NOT(?:\b|\*)")
ABSOLUTE = re.compile(
    r"\b(always|never|every time|under all circumstances|in all cases|in every case|no matter what|impossible"
    r"|guarantee[sd]?|completely|entirely|totally|absolutely|without exception|invariably)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(
    r"\b(usually|often|sometimes|may|might|generally|typically|in most cases|tends? to|it depends|depends on"
    r"|probably|likely|possibly|perhaps|can be|in general|roughly|approximately)\b",
    re.IGNORECASE,
)
_COMMON = frozenset(
    "about above after again against along also among another answer because become before being below between "
    "could different during either every first following given gives have having here into just keeps kept large "
    "larger less likely made make makes many model models more most much need needs number often only other over "
    "question right same several should since small smaller some such take taken than that their them then there "
    "these they thing this those through time under until used uses using value values very want what when where "
    "which while will with within without would wrong your training train data dataset".split()
)


class Gate(NamedTuple):
    """One gate: its id, what it is for, and the test."""

    id: str
    why: str
    remedy: str
    find: Callable[[Item, ChoiceSpec], str | None]


@dataclass(slots=True)
class GateRate:
    """How often a gate tripped."""

    of: int = 0
    tripped: int = 0
    waived: int = 0

    def data(self) -> dict[str, Any]:  # Any: numbers
        """As plain data, with the rate."""
        rate = self.tripped / self.of if self.of else 0.0
        return {"of": self.of, "tripped": self.tripped, "waived": self.waived, "rate_01": round(rate, 4)}


def _split(spec: ChoiceSpec) -> tuple[list[Option], list[Option]]:
    return [o for o in spec.options if o.is_right], [o for o in spec.options if not o.is_right]


def bare(text: str) -> str:
    """The words of an option: Markdown marks and TeX commands taken away, so that lengths compare as read."""
    text = re.sub(r"\$([^$]*)\$", lambda found: re.sub(r"\\[A-Za-z]+|[{}\\]", "", found.group(1)), text)
    return re.sub(r"[*_`]", "", text).strip()


def _longest_is_key(item: Item, spec: ChoiceSpec) -> str | None:
    right, wrong = _split(spec)
    if item.kind is not Kind.CHOICE:
        return None
    key, longest = len(bare(right[0].text)), max(len(bare(option.text)) for option in wrong)
    if key > LONGEST_FACTOR * longest and key - longest > LONGEST_MARGIN:
        return f"the key has {key} characters, the longest wrong option {longest}"
    return None


def _above(_item: Item, spec: ChoiceSpec) -> str | None:
    found = next((found for option in spec.options if (found := _ABOVE.search(option.text))), None)
    return f"an option says {found.group()!r}" if found else None


def _negative(item: Item, _spec: ChoiceSpec) -> str | None:
    found = _NEGATIVE.search(item.stem_text) or _STRESSED_NOT.search(item.stem_text)
    return f"the stem asks in the negative ({' '.join(found.group().split())[:60]!r})" if found else None


def _article(item: Item, spec: ChoiceSpec) -> str | None:
    """`… is an` before options of which only the key begins with a vowel."""
    found = re.search(r"\b(an?)\s*(?:_{2,}|…|\.\.\.|:)?\s*$", item.stem_text, re.IGNORECASE)
    if not found:
        return None
    wants_vowel = found.group(1).lower() == "an"
    fits = [
        option.is_right
        for option in spec.options
        if (bare(option.text)[:1].lower() in "aeiou") == wants_vowel
    ]
    return f"after {found.group(1)!r} only the key fits" if fits == [True] else None


_FORMS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("ends in a full stop", lambda text: text.rstrip().endswith(".")),
    ("begins with a capital", lambda text: bare(text)[:1].isupper()),
    ("holds code", lambda text: "`" in text),
    ("holds maths", lambda text: "$" in text),
    ("is a full sentence after a colon or semicolon", lambda text: bool(re.search(r"[;:] ", text))),
    ("holds a parenthesis", lambda text: "(" in bare(text) and " (" in text),
)


def _odd_form(item: Item, spec: ChoiceSpec) -> str | None:
    """The key alone has a form that every wrong option lacks, or lacks one that every wrong option has."""
    right, wrong = _split(spec)
    if item.kind is not Kind.CHOICE or len(wrong) < 3:
        return None
    for name, has in _FORMS:
        key, others = has(right[0].text), {has(option.text) for option in wrong}
        if others == {not key}:
            return f"only the key {name}" if key else f"every wrong option {name}, the key does not"
    return None


def content_words(text: str) -> set[str]:
    """Words of five letters or more, without endings and without the commonest."""
    words = re.findall(r"[a-z]{5,}", bare(re.sub(r"```.*?```", " ", text, flags=re.DOTALL)).lower())
    return {re.sub(r"(ings?|edly|ed|es|s|ly)$", "", word)[:9] for word in words if word not in _COMMON}


def _word_repeat(item: Item, spec: ChoiceSpec) -> str | None:
    """Words of the stem come back in the key and in no wrong option, while no wrong option has any of its own."""
    right, wrong = _split(spec)
    if item.kind is not Kind.CHOICE:
        return None
    stem = content_words(item.stem_text)
    in_key = stem & content_words(right[0].text)
    in_wrong = [stem & content_words(option.text) for option in wrong]
    if in_key and not any(in_wrong):
        return f"only the key repeats {sorted(in_key)[0]!r} of the stem"
    if len(in_key) >= 2 and all(len(words) <= len(in_key) - 2 for words in in_wrong):
        return f"the key repeats {len(in_key)} words of the stem, no wrong option more than {len(in_key) - 2}"
    return None


def _absolutes(_item: Item, spec: ChoiceSpec) -> str | None:
    right, wrong = _split(spec)
    found = [hit for option in wrong if (hit := ABSOLUTE.search(option.text))]
    if found and not any(ABSOLUTE.search(option.text) for option in right):
        return f"only wrong options speak in absolutes ({found[0].group()!r})"
    return None


def _hedges(_item: Item, spec: ChoiceSpec) -> str | None:
    right, wrong = _split(spec)
    found = [hit for option in right if (hit := HEDGE.search(option.text))]
    if found and len(found) == len(right) and not any(HEDGE.search(option.text) for option in wrong):
        return f"only the key hedges ({found[0].group()!r})"
    return None


GATES: tuple[Gate, ...] = (
    Gate("longest-is-key", "length gives the key away", "shorten the key or fill the wrong options in", _longest_is_key),
    Gate("all-or-none-of-the-above", "it tests reading of the list, not the subject", "name a concrete mistake", _above),
    Gate("negative-stem", "readers miss the negation", "ask for what holds, or for the flaw", _negative),
    Gate("grammatical-cue", "grammar gives the key away", "let every option fit the sentence", _article),
    Gate("odd-form", "the form gives the key away", "write all options in one form", _odd_form),
    Gate("word-repeat", "the echo gives the key away", "use the word in a wrong option too, or in none", _word_repeat),
    Gate("absolute-terms", "test-takers strike out absolutes", "say it without the absolute, or use one in the key", _absolutes),
    Gate("vague-terms", "the careful wording gives the key away", "state it flatly, or hedge a wrong option too", _hedges),
)  # fmt: skip


def item_flaws(
    items: Sequence[Item], waived: Mapping[str, Mapping[str, str]]
) -> tuple[list[Finding], dict[str, GateRate]]:
    """(findings, rate of each gate) over authored choice items. `waived`: item id -> gate id -> reason."""
    rates = {gate.id: GateRate() for gate in GATES}
    findings: list[Finding] = []
    for item in items:
        if not isinstance(item.spec, ChoiceSpec) or item.family is not None:
            continue
        reasons = waived.get(item.id, {})
        tripped: set[str] = set()
        for gate in GATES:
            rate = rates[gate.id]
            rate.of += 1
            what = gate.find(item, item.spec)
            if what is None:
                continue
            tripped.add(gate.id)
            if gate.id in reasons:
                rate.waived += 1
                continue
            rate.tripped += 1
            findings.append(finding_of_item(item, what, gate.why, gate.remedy, gate.id))
        findings += [
            finding_of_item(item, f"the waiver of {name} is not needed", "that gate does not trip here",
                            "remove it", "waiver")
            for name in sorted(set(reasons) - tripped)
        ]  # fmt: skip
    return findings, rates


def finding_of_item(
    item: Item, what: str, why: str, remedy: str, gate: str, *, is_error: bool = True
) -> Finding:
    """A finding at the line where the item begins."""
    path, _, line = item.path.rpartition(":")
    return Finding(
        path=path,
        line=int(line) if line.isdigit() else 1,
        what=what,
        why=why,
        remedy=remedy,
        gate=gate,
        is_error=is_error,
        subject=item.id,
    )
