"""Use cases of people who write, check and build the bank."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.app.proving import check_claims, check_families, check_problems
from greenroom.app.rubrics import check_rubrics
from greenroom.content.bank import COMPILED_FILE, load
from greenroom.content.blind import blind_counts, read_solves
from greenroom.content.compiling import BuildReport, bank_of, build, compile_bank
from greenroom.content.counting import counts_of
from greenroom.content.findings import Finding, finding_data
from greenroom.core.errors import BankMissing
from greenroom.core.ports import Grader, Judge

BANK_FOLDER = "bank"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found, and the measured rates of its gates."""

    findings: tuple[Finding, ...]
    rates: dict[str, Any]  # Any: one figure or a few for each gate

    @property
    def n_errors(self) -> int:
        """How many findings fail the check."""
        return sum(finding.is_error for finding in self.findings)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """What a check runs beside reading."""

    families: bool = False
    """Compute every locked variant again."""
    claims: Judge | None = None
    """Run the `check:` of items in this judge."""
    problems: Judge | None = None
    """Run references, alternatives and planted mistakes of coding problems in this judge."""
    mutants: bool = False
    """Measure how many mutants of the references the tests kill."""
    rubrics: Grader | None = None
    """Try every rubric against this grader."""


def check_bank(bank_dir: Path, proofs: Proofs | None = None) -> CheckReport:
    """Every problem of the sources that can be read off them, and what the proofs asked for find."""
    proofs = proofs or Proofs()
    compilation = compile_bank(bank_dir)
    waived = {id_: notes["waived"] for id_, notes in compilation.notes().items() if notes["waived"]}
    # Late: the gates need SciPy and scikit-learn, seconds of import that building and serving do without.
    from greenroom.content.gates import run_gates

    flaws, rates = run_gates(compilation.items(), waived)
    findings = [*compilation.findings, *flaws]
    if proofs.families:
        findings += check_families(bank_dir)
    if proofs.claims is not None:
        findings += check_claims(compilation, proofs.claims)
    if proofs.problems is not None:
        findings += check_problems(compilation, proofs.problems, with_mutants=proofs.mutants)
    if proofs.rubrics is not None:
        findings += check_rubrics(bank_of(compilation), proofs.rubrics)
    findings.sort(key=lambda finding: (finding.path, finding.line, finding.what))
    return CheckReport(findings=tuple(findings), rates=rates)


def check_data(report: CheckReport) -> dict[str, Any]:  # Any: plain JSON
    """The report as plain data."""
    return {
        "errors": report.n_errors,
        "findings": [finding_data(finding) for finding in report.findings],
        "rates": report.rates,
    }


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
