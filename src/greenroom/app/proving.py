"""Proves what the bank claims by running it: locks of families, executable checks, coding problems."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from greenroom.app.problem_proofs import (
    LEAST_KILLED_01 as LEAST_KILLED_01,
)
from greenroom.app.problem_proofs import (
    WORKERS,
    MutationReport,
    check_problem,
    mutate,
    mutation_findings,
    read_equivalents,
)
from greenroom.content.compiling import Compilation, bank_of, compile_bank
from greenroom.content.findings import Finding
from greenroom.content.flaws import finding_of_item
from greenroom.content.locking import FamilyInvalid, draw_lock, load_family, unproven
from greenroom.content.locks import lock_of, lock_text
from greenroom.content.records import value_of
from greenroom.content.yaml_text import YamlInvalid
from greenroom.core.errors import InputRejected
from greenroom.core.ports import Judge
from greenroom.core.problems import Problem
from greenroom.core.verdicts import Outcome

CHECK_LIMIT_MS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LockReport:
    """What `bank lock` did."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    findings: tuple[Finding, ...]


def family_files(bank_dir: Path) -> Iterator[tuple[Path, str]]:
    """(file, path as people type it) of every family."""
    for file in sorted(bank_dir.glob("families/*/*.py")):
        if not file.name.startswith("_"):
            yield file, f"bank/{file.relative_to(bank_dir).as_posix()}"


def _finding(path: str, error: FamilyInvalid, subject: str) -> Finding:
    return Finding(
        path=path, line=1, what=error.what, why=error.why, remedy=error.remedy, gate="family", subject=subject
    )


def lock_families(bank_dir: Path, only: tuple[str, ...] = ()) -> LockReport:
    """Draws and writes the lock of every family (or of those named), where all gates pass."""
    written: list[str] = []
    unchanged: list[str] = []
    findings: list[Finding] = []
    for file, path in family_files(bank_dir):
        if only and file.stem not in only:
            continue
        try:
            text = lock_text(draw_lock(load_family(file), file.read_text(encoding="utf-8")))
        except FamilyInvalid as error:
            findings.append(_finding(path, error, file.stem))
            continue
        lock_file = file.with_suffix(".lock.json")
        if lock_file.is_file() and lock_file.read_text(encoding="utf-8") == text:
            unchanged.append(file.stem)
        else:
            lock_file.write_text(text, encoding="utf-8")
            written.append(file.stem)
    return LockReport(written=tuple(written), unchanged=tuple(unchanged), findings=tuple(findings))


def check_families(bank_dir: Path) -> list[Finding]:
    """Runs both key routes and every slip of every locked variant again, and draws each lock anew."""
    findings: list[Finding] = []
    for file, path in family_files(bank_dir):
        lock_file = file.with_suffix(".lock.json")
        if not lock_file.is_file():
            continue  # `bank check` says so already
        lock = lock_of(lock_file.read_text(encoding="utf-8"))
        if isinstance(lock, str):
            continue
        try:
            family = load_family(file)
            complaints = unproven(family, lock)
            draw_lock(family, file.read_text(encoding="utf-8"))
        except FamilyInvalid as error:
            findings.append(_finding(path, error, file.stem))
            continue
        findings += [
            Finding(
                path=path,
                line=1,
                what=complaint,
                why="a learner would be marked by it",
                remedy="correct the family and lock it again",
                gate="family",
                subject=file.stem,
            )
            for complaint in complaints
        ]
    return findings


def profile_of(source: str) -> str:
    """The judge's profile that has what the check imports: sql for duckdb, ml for all else."""
    return "sql" if re.search(r"^\s*(?:import|from)\s+duckdb\b", source, re.MULTILINE) else "ml"


def check_claims(compilation: Compilation, judge: Judge) -> list[Finding]:
    """Runs the `check:` of every item in the sandbox; what raises or does not end is a finding."""
    items = {str(item.id): item for item in compilation.items()}
    findings: list[Finding] = []
    for id_, notes in compilation.notes().items():
        if not notes["check"]:
            continue
        result = judge.execute(
            notes["check"], profile=profile_of(notes["check"]), time_limit_ms=CHECK_LIMIT_MS
        )
        if result.outcome is Outcome.ACCEPTED:
            continue
        told = next(
            (line for line in reversed(result.stderr.splitlines()) if line.strip()), str(result.outcome)
        )
        findings.append(
            finding_of_item(
                items[id_],
                f"its check fails ({told.strip()[:200]})",
                "the key may be wrong",
                "correct the key or the check",
                "executable",
            )
        )
    return findings


def mutate_problem(bank_dir: Path, problem_id: str, judge: Judge) -> MutationReport:
    """The mutation report of one problem. Raises NotFound, and InputRejected for a broken equivalents.yaml."""
    problem = bank_of(compile_bank(bank_dir)).problem(problem_id)
    try:
        argued = read_equivalents(bank_dir, problem_id)
    except YamlInvalid as error:
        raise InputRejected(
            f"bank/problems/{problem_id}/equivalents.yaml:{error.line}: {error.what}."
        ) from error
    return mutate(problem, judge, argued)


def check_problems(
    compilation: Compilation, judge: Judge, *, only: tuple[str, ...] = (), with_mutants: bool = False
) -> list[Finding]:
    """Proves every coding problem (or those named) in the judge; with mutants, measures its tests too."""
    problems = [
        value_of(Problem, json.loads(record.json))
        for record in compilation.records["problems"]
        if not only or record.id in only
    ]

    def proven(problem: Problem) -> list[Finding]:
        found = check_problem(problem, judge)
        return found + (_mutation(compilation.bank_dir, problem, judge) if with_mutants and not found else [])

    with ThreadPoolExecutor(WORKERS) as pool:
        return [finding for found in pool.map(proven, problems) for finding in found]


def _mutation(bank_dir: Path, problem: Problem, judge: Judge) -> list[Finding]:
    try:
        argued = read_equivalents(bank_dir, problem.id)
    except YamlInvalid as error:
        return [
            Finding(
                path=f"bank/problems/{problem.id}/equivalents.yaml",
                line=error.line,
                what=f"the file cannot be read ({error.what})",
                why="no equivalent is argued",
                remedy="write `mutant: reason`",
                gate="problem",
                subject=problem.id,
            )
        ]
    return mutation_findings(problem, mutate(problem, judge, argued))
