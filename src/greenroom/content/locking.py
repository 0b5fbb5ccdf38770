"""Draws the deployed variants of a family and proves each one; re-proves a lock.

Every gate of a variant is here: both key routes agree, the wrong answers stay apart from the key and from
each other after rounding, the draw is accepted often enough, and the rank of the key among the sorted options
betrays nothing.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import math
import re
import sys
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from greenroom.content.families import Draw, Family, Slip, Value
from greenroom.content.locks import LOCK_FORMAT, Lock, LockedSlip, Variant, source_hash
from greenroom.core.items import Level

MOST_ATTEMPTS = 60
"""Draws tried for one variant."""
LEAST_ACCEPTANCE_01 = 0.20
MOST_FIXED_RANK_01 = 0.35
N_WRONG = 3
REL_GAP = 0.01
"""Wrong numbers stay at least this far from the key, relative to it (and 5 units of the last digit shown)."""


class FamilyInvalid(ValueError):
    """The family cannot be locked: what, why, remedy."""

    def __init__(self, what: str, why: str, remedy: str) -> None:
        super().__init__(f"{what}, {why}; {remedy}")
        self.what, self.why, self.remedy = what, why, remedy


def load_family(file: Path) -> Family:
    """The `FAMILY` of a reviewed family file, which is run. Raises FamilyInvalid."""
    name = f"bank_family_{re.sub(r'[^a-z0-9]', '_', str(file.parent.name) + '_' + file.stem)}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise FamilyInvalid("the file cannot be imported", "it is no Python file", "name it <family>.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever the family's own code raises
        raise FamilyInvalid(
            f"the file cannot be run ({type(error).__name__}: {error})",
            "no variant can be drawn",
            "correct it",
        ) from error
    finally:
        del sys.modules[name]
    family = getattr(module, "FAMILY", None)
    if not isinstance(family, Family):
        raise FamilyInvalid(
            "the file defines no FAMILY", "there is nothing to draw", "end it with FAMILY = Family(…)"
        )
    if family.slug != file.stem:
        raise FamilyInvalid(f"the slug {family.slug} is not the file's name", "ids have to be found again",
                            "make them the same")  # fmt: skip
    return family


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What was drawn so far."""

    n_drawn: int = 0
    n_accepted: int = 0
    ranks: Counter[int] = field(default_factory=Counter)
    uses: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why draws were not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A key or a slip's value: as a number (None for texts), as shown."""

    name: str
    number: float | None
    text: str
    bare: str
    """As shown, without the unit: the author's sentence carries its own."""


def draw_lock(family: Family, source: str) -> Lock:
    """The lock of a family: the same variants every time. Raises FamilyInvalid where a gate does not pass."""
    tally = _Tally()
    variants = [_variant(family, seed, tally) for seed in range(family.variants)]
    acceptance = tally.n_accepted / tally.n_drawn
    if acceptance < LEAST_ACCEPTANCE_01:
        why = ", ".join(f"{count} {reason}" for reason, count in tally.reasons.most_common(3))
        raise FamilyInvalid(f"only {acceptance:.0%} of the draws are accepted", f"at least 20 % have to be ({why})",
                            "draw closer to what is accepted")  # fmt: skip
    best_rank = max(tally.ranks.values()) / len(variants) if tally.ranks else None
    if best_rank is not None and best_rank > MOST_FIXED_RANK_01:
        raise FamilyInvalid(f"the key has the same rank among the options in {best_rank:.0%} of the variants",
                            "whoever picks that rank needs no knowledge (35 % at most)",
                            'add slips on the other side of the key, or set response="numeric"')  # fmt: skip
    return Lock(
        format=LOCK_FORMAT,
        slug=family.slug,
        topic=family.topic,
        level=Level(family.level),
        minutes=family.minutes,
        difficulty=family.difficulty,
        response=family.response,
        unit=family.unit,
        abs_tol=_tolerance(family, variants),
        sources=tuple(family.sources),
        source_sha256=source_hash(source),
        acceptance_01=round(acceptance, 4),
        best_fixed_rank_01=None if best_rank is None else round(best_rank, 4),
        variants=tuple(variants),
    )


def _tolerance(family: Family, variants: Sequence[Variant]) -> float:
    if family.tolerance is not None:
        return family.tolerance
    is_whole = family.digits <= 0 and all(float(v.key_value or 0.0).is_integer() for v in variants)
    return 0.0 if is_whole and family.digits == 0 else 10.0**-family.digits


def _variant(family: Family, seed: int, tally: _Tally) -> Variant:
    for attempt in range(MOST_ATTEMPTS):
        rng = np.random.default_rng([zlib.crc32(family.slug.encode()), seed, attempt])
        params = {name: _plain(value, name) for name, value in family.draw(rng).items()}
        canonical = json.dumps(params, sort_keys=True)
        if canonical in tally.seen:
            tally.reasons["drawn before"] += 1
            continue
        tally.n_drawn += 1
        if family.accept is not None and not family.accept(**params):
            tally.reasons["refused by accept"] += 1
            continue
        key, wrong = answers_of(family, params)
        chosen = _chosen(family, key, wrong, tally, rng)
        if chosen is None:
            tally.reasons["with wrong answers too close to the key"] += 1
            continue
        tally.n_accepted += 1
        tally.seen.add(canonical)
        return _made(family, seed, canonical, params, key, chosen)
    why = ", ".join(f"{count} {reason}" for reason, count in tally.reasons.most_common(3))
    raise FamilyInvalid(f"no variant was found for seed {seed} in {MOST_ATTEMPTS} draws", why or "nothing fits",
                        "widen what draw yields, or lower variants")  # fmt: skip


def _plain(value: Any, name: str) -> Any:  # Any: what a family draws
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(entry, name) for entry in value]
    if isinstance(value, float):
        if not math.isfinite(value) or len(repr(value)) > 14:
            raise FamilyInvalid(f"draw yields {name} = {value!r}", "what is shown is what is computed with",
                                "round it in draw")  # fmt: skip
        return value
    if value is None or isinstance(value, bool | int | str):
        return value
    raise FamilyInvalid(f"draw yields {name} as {type(value).__name__}", "locks hold plain values",
                        "yield ints, floats, texts or lists of them")  # fmt: skip


def answers_of(family: Family, params: Draw) -> tuple[_Answer, list[_Answer]]:
    """(the key, every slip that yields a finite value). Raises FamilyInvalid where the key routes disagree."""
    try:
        key, other = family.key(**params), family.key_independent(**params)
    except Exception as error:  # whatever the family's own code raises
        raise FamilyInvalid(f"the key cannot be computed ({type(error).__name__}: {error})", f"params are {params}",
                            "correct the key, or refuse such draws in accept") from error  # fmt: skip
    if not agree(key, other):
        raise FamilyInvalid(f"the two key routes disagree ({key!r} and {other!r})", f"params are {params}",
                            "one of them is wrong")  # fmt: skip
    wrong = [answer for slip in family.slips if (answer := _slipped(family, slip, params)) is not None]
    return _answer(family, "", key), wrong


def agree(one: Value, other: Value) -> bool:
    """Equal; for numbers within a millionth of each other, which single-precision libraries keep."""
    if isinstance(one, int | float | np.number) and isinstance(other, int | float | np.number):
        return math.isclose(float(one), float(other), rel_tol=1e-6, abs_tol=1e-9)
    return _text(one) == _text(other)


def _slipped(family: Family, slip: Slip, params: Draw) -> _Answer | None:
    try:
        answer = _answer(family, slip.misconception, slip.compute(**params))
    except (ArithmeticError, ValueError):
        return None
    return answer if answer.number is None or math.isfinite(answer.number) else None


def _answer(family: Family, name: str, value: Value) -> _Answer:
    if isinstance(value, int | float | np.number) and not isinstance(value, bool):
        number = float(value)
        bare = decimal(number, family.digits) if math.isfinite(number) else ""
        return _Answer(name=name, number=number, text=with_unit(bare, family.unit), bare=bare)
    return _Answer(name=name, number=None, text=_text(value), bare=_text(value))


def _text(value: Any) -> str:  # Any: a text, a shape or a list
    if isinstance(value, list | tuple):
        return f"({', '.join(map(str, value))}{',' if len(value) == 1 else ''})"
    return str(value)


def decimal(number: float, digits: int) -> str:
    """The number with that many decimals (negative: rounded to tens), thousands separated from 10,000 on."""
    rounded = round(number, digits)
    text = f"{rounded:,.{max(digits, 0)}f}"
    if abs(rounded) < 10_000:
        text = text.replace(",", "")
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text


def with_unit(text: str, unit: str) -> str:
    """`12 MB`, `12%`, `$12`."""
    if unit == "$":
        return f"\\${text}"
    return text + (unit if unit == "%" else f" {unit}" if unit else "")


def are_apart(family: Family, one: _Answer, other: _Answer) -> bool:
    """Shown differently, and for decimals apart by 5 units of the last digit and by 1 %."""
    if one.text == other.text:
        return False
    if one.number is None or other.number is None:
        return True
    if family.digits == 0 and one.number.is_integer() and other.number.is_integer():
        return True
    gap = max(5 * 10.0**-family.digits, REL_GAP * abs(one.number))
    return abs(one.number - other.number) > gap


def _chosen(
    family: Family, key: _Answer, wrong: Sequence[_Answer], tally: _Tally, rng: np.random.Generator
) -> list[_Answer] | None:
    """The wrong answers of a variant, the key's rank among them the one least used so far; None where too few."""
    apart = [answer for answer in wrong if are_apart(family, key, answer)]
    if family.response == "numeric":
        if key.number is None:
            raise FamilyInvalid(
                "the key is a text", "a numeric entry compares numbers", 'set response="choice"'
            )
        tolerance = family.tolerance or 0.0
        kept = [a for a in apart if a.number is not None and abs(a.number - key.number) > tolerance]
        # A number that two mistakes yield names the first of them only.
        return [a for k, a in enumerate(kept) if all(are_apart(family, a, b) for b in kept[:k])] or None
    best: tuple[tuple[int, int, float], tuple[_Answer, ...]] | None = None
    for combination in itertools.combinations(apart, N_WRONG):
        if any(not are_apart(family, a, b) for a, b in itertools.combinations(combination, 2)):
            continue
        cost = (
            tally.ranks[_rank(key, combination)],
            sum(tally.uses[a.name] for a in combination),
            rng.random(),
        )
        if best is None or cost < best[0]:
            best = cost, combination
    if best is None:
        return None
    if key.number is not None and all(a.number is not None for a in best[1]):
        tally.ranks[_rank(key, best[1])] += 1
    tally.uses.update(a.name for a in best[1])
    order = rng.permutation(N_WRONG)
    return [best[1][k] for k in order]


def _rank(key: _Answer, wrong: Sequence[_Answer]) -> int:
    """How many of the wrong answers lie below the key; 0 where they are texts."""
    numbers = [answer.number for answer in wrong]
    return (
        sum(number < key.number for number in numbers if number is not None) if key.number is not None else 0
    )


def _made(
    family: Family, seed: int, canonical: str, params: Draw, key: _Answer, wrong: Sequence[_Answer]
) -> Variant:
    values = {**params, **(family.show(**params) if family.show else {})}
    # The place of the key runs through a fixed shuffle, so that each place is used alike.
    block, within = divmod(seed, N_WRONG + 1)
    order = np.random.default_rng([zlib.crc32(family.slug.encode()), block]).permutation(N_WRONG + 1)
    return Variant(
        seed=seed,
        params_json=canonical,
        stem=filled(family.stem, values),
        key_value=key.number,
        key_text=key.text,
        slips=tuple(LockedSlip(misconception=a.name, value=a.number, text=a.text) for a in wrong),
        right_at=int(order[within]) if family.response == "choice" else 0,
        explanation=filled(family.explanation, {**values, "key": key}),
    )


_FIELD = re.compile(
    r"\{\{\{([A-Za-z_]\w*)(?::([^{}]*))?\}\}\}|\{\{([^{}]*)\}\}|\{([A-Za-z_]\w*)(?::([^{}]*))?\}"
)


def filled(text: str, values: Mapping[str, Any]) -> str:  # Any: what a family draws
    """The text with `{name}` and `{name:.2f}` filled in; `{{x}}` is `{x}`, `{{{n}}}` a number in TeX braces.

    Braces around other words are TeX and stay. Raises FamilyInvalid where a name outside maths is unknown.
    """

    def one(found: re.Match[str]) -> str:
        inner, inner_format, literal, name, format_ = found.groups()
        if inner is not None and inner in values:
            return "{" + _formatted(inner, values[inner], inner_format) + "}"
        if literal is not None:
            return "{" + literal + "}"
        if name is not None and name in values:
            return _formatted(name, values[name], format_)
        return found.group()

    made = _FIELD.sub(one, text)
    left = re.search(r"\{([a-z_]\w*)\}", re.sub(r"\$[^$]*\$|```.*?```|`[^`]*`", "", made, flags=re.DOTALL))
    if left:
        raise FamilyInvalid(f"the text uses {left.group()}", "neither draw nor show yields it",
                            "yield it, or write {{ and }} for braces")  # fmt: skip
    return made


def _formatted(name: str, value: Any, format_: str | None) -> str:  # Any: what a family draws
    if isinstance(value, _Answer):
        value = value.number if format_ and value.number is not None else value.bare
    try:
        return format(value, format_) if format_ else str(value)
    except (ValueError, TypeError) as error:
        raise FamilyInvalid(
            f"{name} cannot be formatted as {format_!r}", str(error), "correct the format"
        ) from error


def unproven(family: Family, lock: Lock) -> list[str]:
    """What no longer holds when every locked variant is computed again; empty where all is proven."""
    found: list[str] = []
    for variant in lock.variants:
        params = json.loads(variant.params_json)
        try:
            key, wrong = answers_of(family, params)
        except FamilyInvalid as error:
            found.append(f"variant {variant.seed}: {error.what}")
            continue
        if key.text != variant.key_text or (
            key.number is not None and not agree(key.number, variant.key_value or 0.0)
        ):
            found.append(f"variant {variant.seed}: the key is {key.text}, the lock says {variant.key_text}")
        by_name = {answer.name: answer for answer in wrong}
        for slip in variant.slips:
            again = by_name.get(slip.misconception)
            if again is None or again.text != slip.text:
                found.append(f"variant {variant.seed}: {slip.misconception} no longer yields {slip.text}")
            elif not are_apart(family, key, again):
                found.append(f"variant {variant.seed}: {slip.misconception} is too close to the key")
    return found
