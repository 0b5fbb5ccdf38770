"""The isolation ladder: which sandbox levels this machine offers, strongest first, failing closed."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from greenroom.core.errors import JudgeUnavailable
from greenroom.judge.conformance import CheckResult, run_checks
from greenroom.judge.pools import Pool
from greenroom.judge.zygotes import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A sandbox level. `weaker` says what it lacks; empty for the full one."""

    level: str
    layers: str
    weaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Whether a rung is offered here: `checks` of its self-check, or why it could not even start."""

    rung: Rung
    is_offered: bool
    checks: tuple[CheckResult, ...] = ()
    why_not: str = ""


LADDER: dict[str, tuple[Rung, ...]] = {
    "linux": (
        Rung(
            level="full",
            layers="own user, mount, pid, network, ipc, uts and cgroup namespaces, private read-only root, "
            "own scratch folder, no capabilities, limits, landlock, seccomp",
        ),
        Rung(
            level="landlock",
            layers="no capabilities, limits, landlock, seccomp",
            weaker="user namespaces are refused here: no private root and no scratch folder; "
            "that a path exists can be seen, though nothing outside the libraries can be opened",
        ),
    ),
    "darwin": (
        Rung(
            level="seatbelt",
            layers="Seatbelt profile (no network, no exec, no fork, reads only Python), limits",
            weaker="macOS has neither namespaces nor a system call filter; memory is not bounded, and time is "
            "wall time. This level was written without a Mac at hand: trust it as far as its self-check goes",
        ),
    ),
}


def rungs() -> tuple[Rung, ...]:
    """The rungs of this operating system, strongest first."""
    return LADDER.get(sys.platform, ())


def examine(pool: Pool, rung: Rung) -> Finding:
    """Start the pool and run the conformance checks on it. Never raises for a rung that fails."""
    try:
        checks = run_checks(pool, rung.level)
    except JudgeUnavailable as error:
        return Finding(rung=rung, is_offered=False, why_not=error.message)
    failed = [check for check in checks if not check.has_held]
    why = "; ".join(f"{check.name}: {check.seen}" for check in failed)
    return Finding(rung=rung, is_offered=not failed, checks=checks, why_not=why)


def examine_all() -> tuple[Finding, ...]:
    """Every rung of this machine, each with a pool of its own that is ended afterwards."""
    findings = []
    for rung in rungs():
        pool = Pool(Plan(level=rung.level, profile="core"), 1)
        try:
            findings.append(examine(pool, rung))
        finally:
            pool.close()
    return tuple(findings)


def unavailable(findings: tuple[Finding, ...]) -> JudgeUnavailable:
    """The error that says why no candidate code is run here."""
    reasons = "; ".join(f"{finding.rung.level}: {finding.why_not}" for finding in findings)
    return JudgeUnavailable(
        f"No sandbox level works on this machine, so candidate code is not run ({reasons or sys.platform}).",
        hint="Allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, or kernel.apparmor_restrict_"
        "unprivileged_userns=0), or use Linux 5.13 or newer with landlock; `greenroom judge selfcheck` shows more.",
    )
