"""Checks the bank: what can be read off the sources, and what the proofs asked for find by running them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.app.proving import check_claims, check_families, check_problems
from greenroom.app.rubrics import check_rubrics
from greenroom.content.compiling import bank_of, compile_bank
from greenroom.content.findings import Finding, finding_data
from greenroom.content.gates import run_gates
from greenroom.core.ports import Grader, Judge


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found, and the measured rates of its gates."""

    findings: tuple[Finding, ...]
    rates: dict[str, Any]  # Any: one figure or a few for each gate

    @property
    def n_errors(self) -> int:
        """How many findings fail the check."""
        return sum(finding.is_error for finding in self.findings)


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
