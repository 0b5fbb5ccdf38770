"""Blind-solve records: items answered without sight of the key, bound to the item's hash.

One JSON line for each item and solver in `bank/blind/<area>.jsonl`. A changed item has another hash, so its
records no longer count. A disagreement counts only once somebody ruled on it with a reason and a source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from greenroom.content.records import record_of
from greenroom.core.errors import BankInvalid, InputRejected
from greenroom.core.ids import Plain, canonical_json
from greenroom.core.items import ChoiceSpec, ClozeSpec, Item, NumericSpec, OrderSpec
from greenroom.core.scoring import Filled, Number, Ordered, Picked, Response, score


class Outcome(StrEnum):
    """What came of one blind answer."""

    AGREED = "agreed"
    DISAGREED = "disagreed"
    AMBIGUOUS = "ambiguous"
    """The solver found more than one defensible answer, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """How a disagreement was settled."""

    by: str
    verdict: str
    """keep: the key stands as it is; drop: the item is thrown away"""
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Solve:
    """One blind answer to one item."""

    id: str
    hash: str
    solver: str
    answer: Plain
    reason: str
    outcome: Outcome
    ruled: Ruling | None = None


class Standing(StrEnum):
    """Where an item stands."""

    UNSOLVED = "unsolved"
    AGREED = "agreed"
    OPEN = "open"
    """Somebody disagreed and nobody ruled."""
    RULED = "ruled"
    DROPPED = "dropped"


def read_solves(bank_dir: Path) -> list[Solve]:
    """All records, in file order. Raises BankInvalid at the first line that is none."""
    made: list[Solve] = []
    for file in sorted((bank_dir / "blind").glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
                ruled = data.get("ruled")
                made.append(
                    Solve(
                        id=data["id"],
                        hash=data["hash"],
                        solver=data["solver"],
                        answer=data["answer"],
                        reason=data["reason"],
                        outcome=Outcome(data["outcome"]),
                        ruled=Ruling(**ruled) if ruled else None,
                    )
                )
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise BankInvalid(
                    f"bank/blind/{file.name}:{number}: this is no blind-solve record ({error}).",
                    hint="Restore the line, or delete it and solve the item again.",
                ) from error
    return made


def write_solves(bank_dir: Path, solves: Iterable[Solve], items: Mapping[str, Item]) -> None:
    """Writes all records, one file an area, sorted. Records of items that changed or went away are left out,
    except of items that a ruling threw away."""
    by_area: dict[str, list[Solve]] = {}
    for solve in solves:
        item = items.get(solve.id)
        is_dropped = solve.ruled is not None and solve.ruled.verdict == "drop"
        if (item is None and not is_dropped) or (item is not None and item.hash != solve.hash):
            continue
        area = item.area if item is not None else "dropped"
        by_area.setdefault(area, []).append(solve)
    folder = bank_dir / "blind"
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.jsonl"):
        if file.stem not in by_area:
            file.unlink()
    for area, entries in by_area.items():
        entries.sort(key=lambda solve: (solve.id, solve.solver))
        lines = "".join(f"{canonical_json(record_of(solve))}\n" for solve in entries)
        (folder / f"{area}.jsonl").write_text(lines, encoding="utf-8")


def standing_of(id_: str, hash_: str, solves: Sequence[Solve]) -> Standing:
    """Where the item stands, from the records that carry its present hash."""
    current = [solve for solve in solves if solve.id == id_ and solve.hash == hash_]
    if not current:
        return Standing.UNSOLVED
    disputed = [solve for solve in current if solve.outcome is not Outcome.AGREED]
    if not disputed:
        return Standing.AGREED
    if any(solve.ruled is None for solve in disputed):
        return Standing.OPEN
    if any(solve.ruled is not None and solve.ruled.verdict == "drop" for solve in disputed):
        return Standing.DROPPED
    return Standing.RULED


def standings(items: Iterable[Item], solves: Sequence[Solve]) -> dict[str, Standing]:
    """Authored item id -> where it stands. Variants of families are proven by two key routes instead."""
    return standings_of_hashes({item.id: item.hash for item in items if item.family is None}, solves)


def standings_of_hashes(hashes: Mapping[str, str], solves: Sequence[Solve]) -> dict[str, Standing]:
    """Item id -> where it stands, from its id and present hash alone."""
    by_id: dict[str, list[Solve]] = {}
    for solve in solves:
        by_id.setdefault(solve.id, []).append(solve)
    return {id_: standing_of(id_, hash_, by_id.get(id_, [])) for id_, hash_ in hashes.items()}


def blind_counts(items: Sequence[Item], solves: Sequence[Solve]) -> dict[str, int]:
    """How many items were solved, agreed, ruled and dropped."""
    found = list(standings(items, solves).values())
    gone = {solve.id for solve in solves if solve.ruled is not None and solve.ruled.verdict == "drop"}
    return {
        "solved": sum(standing is not Standing.UNSOLVED for standing in found),
        "agreed": found.count(Standing.AGREED),
        "ruled": found.count(Standing.RULED),
        "dropped": len(gone),
    }


def blind_form(item: Item) -> dict[str, Any]:  # Any: plain JSON
    """The item as a solver sees it: no key, no misconception, no explanation, lines to order by id."""
    form: dict[str, Any] = {  # Any: as above
        "id": item.id,
        "hash": item.hash,
        "kind": item.kind.value,
        "area": item.area,
        "topic": item.topic,
        "stem": item.stem_text,
    }
    match item.spec:
        case ChoiceSpec(options=options):
            form["options"] = {option.id: option.text for option in options}
        case OrderSpec(steps=steps):
            form["lines"] = {step.id: step.text for step in sorted(steps, key=lambda step: step.id)}
        case NumericSpec(unit=unit):
            form["unit"] = unit
        case ClozeSpec(blanks=blanks):
            form["gaps"] = len(blanks)
    return form


HOW_TO_ANSWER = {
    "choice": "the letter of one option",
    "several": "a list of letters",
    "numeric": "a number",
    "order": "the letters in the right order, as a list",
    "cloze": "a list of texts, one for each gap",
}


def readable(item: Item) -> str:
    """The blind form as people read it."""
    form = blind_form(item)
    lines = [
        f"## {form['id']}  [{form['hash']}]",
        f"({form['kind']}: {HOW_TO_ANSWER[form['kind']]})",
        "",
        form["stem"],
    ]
    entries: Mapping[str, str] = form.get("options") or form.get("lines") or {}
    lines += ["", *(f"  {key}) {text}" for key, text in entries.items())] if entries else []
    if form.get("unit"):
        lines += ["", f"  (in {form['unit']})"]
    return "\n".join(lines) + "\n"


def response_to(item: Item, answer: Plain) -> Response:
    """The solver's answer as a response. Raises InputRejected where it does not fit the kind."""
    values = answer if isinstance(answer, list | tuple) else [answer]
    texts = tuple(str(value).strip() for value in values)
    match item.spec:
        case ChoiceSpec():
            if len(texts) == 1 and len(texts[0]) > 1:
                texts = tuple(part.strip() for part in texts[0].split(","))
            return Picked(options=tuple(text.lower() for text in texts))
        case OrderSpec():
            if len(texts) == 1:
                texts = tuple(part.strip() for part in texts[0].replace(">", ",").split(","))
            return Ordered(steps=tuple(text.lower() for text in texts))
        case ClozeSpec():
            return Filled(texts=texts)
        case NumericSpec():
            try:
                return Number(value=float(texts[0].replace(",", "")))
            except ValueError as error:
                raise InputRejected(f"{texts[0]!r} is no number.", hint="Answer with a number.") from error


def solve_of(item: Item, row: Mapping[str, Any], solver: str) -> Solve:  # Any: a row of the solver's file
    """The record of one answer; `answer: null` says that the item is ambiguous. Raises InputRejected."""
    if row.get("hash") != item.hash:
        raise InputRejected("The item changed since it was printed.", hint="Print it again and solve that.")
    reason = str(row.get("reason") or "").strip()
    if not reason:
        raise InputRejected("The answer gives no reason.", hint="Say in a sentence why.")
    answer = row.get("answer")
    if answer is None:
        outcome = Outcome.AMBIGUOUS
    else:
        is_right = score(item, response_to(item, answer)).is_right
        outcome = Outcome.AGREED if is_right else Outcome.DISAGREED
    return Solve(id=item.id, hash=item.hash, solver=solver, answer=answer, reason=reason, outcome=outcome)


def with_solve(solves: Sequence[Solve], new: Solve) -> list[Solve]:
    """The records with one more; a solver's earlier answer to the same item is replaced."""
    kept = [solve for solve in solves if (solve.id, solve.solver) != (new.id, new.solver)]
    return [*kept, new]


def with_ruling(solves: Sequence[Solve], item_id: str, ruling: Ruling) -> list[Solve]:
    """The records with every open dispute on the item ruled. Raises InputRejected where there is none."""
    if ruling.verdict not in ("keep", "drop"):
        raise InputRejected(f"A ruling keeps or drops, not {ruling.verdict!r}.")
    if not ruling.reason.strip() or not ruling.source.strip() or not ruling.by.strip():
        raise InputRejected("A ruling needs a name, a reason and a source.")
    disputed = [s for s in solves if s.id == item_id and s.outcome is not Outcome.AGREED and s.ruled is None]
    if not disputed:
        raise InputRejected(
            f"Nobody disputes {item_id}.", hint="`greenroom bank blind --open` lists disputes."
        )
    return [replace(solve, ruled=ruling) if solve in disputed else solve for solve in solves]
