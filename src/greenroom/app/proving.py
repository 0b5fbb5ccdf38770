"""Proves what the bank claims by running it: locks of families, executable checks, coding problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenroom.content.findings import Finding
from greenroom.content.locking import FamilyInvalid, draw_lock, load_family, unproven
from greenroom.content.locks import lock_of, lock_text


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
