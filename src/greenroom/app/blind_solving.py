"""Use cases of blind solving: print items without keys, take answers in, rule on disputes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.content.blind import (
    Outcome,
    Ruling,
    Solve,
    Standing,
    read_solves,
    solve_of,
    standings,
    with_ruling,
    with_solve,
    write_solves,
)
from greenroom.content.compiling import compile_bank
from greenroom.core.errors import InputRejected
from greenroom.core.items import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveReport:
    """What became of a file of answers."""

    agreed: tuple[str, ...]
    disputed: tuple[str, ...]
    """Ids of items on which the solver disagreed or found no single answer."""
    refused: tuple[str, ...]
    """`line: why`, for rows that were not taken."""


def sample(
    bank_dir: Path,
    *,
    n_items: int,
    area: str | None = None,
    seed: int = 0,
    with_solved: bool = False,
    with_families: bool = False,
) -> list[Item]:
    """Items to be solved blind, unsolved ones only unless asked; the same ones for the same seed."""
    items = compile_bank(bank_dir).items()
    known = standings(items, read_solves(bank_dir))
    chosen: list[Item] = []
    families: set[str] = set()
    for item in sorted(items, key=lambda item: hashlib.sha256(f"{seed}:{item.id}".encode()).digest()):
        if area not in (None, item.area):
            continue
        if item.family is not None:
            if not with_families or item.family in families:
                continue
            families.add(item.family)
        elif known[item.id] is not Standing.UNSOLVED and not with_solved:
            continue
        chosen.append(item)
    return sorted(chosen[:n_items], key=lambda item: item.id)


def record(bank_dir: Path, text: str, solver: str) -> SolveReport:
    """Takes a file of answers: JSON lines of id, hash, answer, reason. Good rows count, bad ones are named."""
    if not solver.strip():
        raise InputRejected("The solver has no name.", hint="Add --solver NAME.")
    items = {str(item.id): item for item in compile_bank(bank_dir).items()}
    solves: list[Solve] = read_solves(bank_dir)
    agreed: list[str] = []
    disputed: list[str] = []
    refused: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise InputRejected("The row is no JSON object.")
            item = items.get(str(row.get("id")))
            if item is None:
                raise InputRejected(f"There is no item {row.get('id')!r}.")
            new = solve_of(item, row, solver.strip())
        except json.JSONDecodeError as error:
            refused.append(f"{number}: the row is no JSON ({error.msg})")
        except InputRejected as error:
            refused.append(f"{number}: {error}")
        else:
            solves = with_solve(solves, new)
            (agreed if new.outcome is Outcome.AGREED else disputed).append(new.id)
    if agreed or disputed:
        write_solves(bank_dir, solves, items)
    return SolveReport(agreed=tuple(agreed), disputed=tuple(disputed), refused=tuple(refused))


def rule(bank_dir: Path, item_id: str, ruling: Ruling) -> None:
    """Settles every open dispute on an item. Raises InputRejected where there is none."""
    items = {str(item.id): item for item in compile_bank(bank_dir).items()}
    write_solves(bank_dir, with_ruling(read_solves(bank_dir), item_id, ruling), items)


def disputes(bank_dir: Path) -> Sequence[Solve]:
    """Answers that disagreed with the present key and were not ruled on."""
    items = {str(item.id): item.hash for item in compile_bank(bank_dir).items()}
    return [
        solve
        for solve in read_solves(bank_dir)
        if solve.outcome is not Outcome.AGREED and solve.ruled is None and items.get(solve.id) == solve.hash
    ]
