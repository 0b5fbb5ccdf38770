"""Use cases of people who write, check and build the bank."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from greenroom.content.bank import COMPILED_FILE, load
from greenroom.content.blind import blind_counts, read_solves
from greenroom.content.compiling import BuildReport, build, compile_bank
from greenroom.content.counting import counts_of
from greenroom.content.findings import finding_data
from greenroom.content.scaffolding import scaffold
from greenroom.core.errors import BankMissing

BANK_FOLDER = "bank"


def bank_folder(start: Path) -> Path:
    """The bank's sources: `bank/` in `start` or a folder above it, else next to this checkout's package.

    Raises BankMissing where there is none, as in an installed wheel.
    """
    for folder in (start, *start.parents, *COMPILED_FILE.parents):
        if (folder / BANK_FOLDER / "taxonomy" / "areas.yaml").is_file():
            return folder / BANK_FOLDER
    raise BankMissing(
        "No bank sources were found here.",
        hint="Run this in a checkout of Greenroom, or name the folder with --bank.",
    )


def build_bank(bank_dir: Path, out_file: Path | None, *, is_release: bool) -> BuildReport:
    """Compiles the sources; see `content.compiling.build`."""
    return build(bank_dir, out_file or COMPILED_FILE, is_release=is_release)


def build_data(report: BuildReport) -> dict[str, Any]:  # Any: plain JSON
    """The report as plain data."""
    return {
        "out_file": str(report.out_file),
        "hash": report.hash,
        "counts": report.counts,
        "sources": report.n_sources,
        "compiled": report.n_compiled,
        "bytes": report.bytes_written,
        "unsolved": report.unsolved,
        "findings": [finding_data(finding) for finding in report.findings],
    }


def new_source(bank_dir: Path, kind: str, name: str, *, topic: str, item_kind: str) -> list[Path]:
    """Writes the first text of a source; see `content.scaffolding.scaffold`."""
    taxonomy = compile_bank(bank_dir).taxonomy
    return scaffold(bank_dir, taxonomy, kind, name, topic=topic, item_kind=item_kind)


def stats_of(
    bank_file: Path | None, bank_dir: Path | None
) -> dict[str, Any]:  # Any: numbers and mappings of them
    """Counts of a compiled bank, and of the blind-solve records next to its sources."""
    bank = load(bank_file)
    try:
        solves = read_solves(bank_dir or bank_folder(Path.cwd()))
    except BankMissing:
        solves = []  # an installed wheel carries no records
    return counts_of(bank, blind_counts(list(bank.items.values()), solves))
