"""Proofs of coding problems by running them in the judge: right ones pass, wrong ones fail, mutants die."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from greenroom.content.findings import Finding
from greenroom.content.mutants import Mutant, mutants_of
from greenroom.content.problem_files import FAILS
from greenroom.content.yaml_text import YamlInvalid, yaml_value
from greenroom.core.ports import Judge
from greenroom.core.problems import Problem
from greenroom.core.verdicts import Outcome, Verdict

SEEDS = (11, 29, 47, 83, 101)
"""Hidden inputs are drawn from each of these for the reference; from the first two for the others."""
MOST_SHARE_OF_LIMIT_01 = 0.5
"""Share of the time limit that the slowest test of the reference may use."""
LEAST_KILLED_01 = 0.90
MUTANT_LIMIT_MS = 1_500
WORKERS = 2
_THREADED = "\n\nfrom threadpoolctl import threadpool_limits as _limits\n_limits(4)\n"


def check_problem(problem: Problem, judge: Judge) -> list[Finding]:
    """Reference and alternatives pass, planted wrong ones fail for the stated test, the starter fails."""
    findings: list[Finding] = []
    slowest = 0.0
    for seed in SEEDS:
        verdict = _run(judge, problem, "reference.py", seed)
        slowest = max([slowest, *(test.cpu_ms for test in verdict.tests)])
        if verdict.outcome is not Outcome.ACCEPTED:
            findings.append(_failed(problem, "reference.py", seed, verdict))
            return findings  # whatever follows is measured against the reference
    if slowest > MOST_SHARE_OF_LIMIT_01 * problem.time_limit_ms:
        findings.append(
            _finding(problem, "tests.py", f"the slowest test takes the reference {slowest:.0f} ms",
                     f"the limit is {problem.time_limit_ms} ms and other machines are slower",
                     "make the input smaller or the limit larger")
        )  # fmt: skip
    findings += _check_threads(problem, judge)
    for name in sorted(problem.files):
        if name.startswith("alternative_"):
            for seed in SEEDS[:2]:
                verdict = _run(judge, problem, name, seed)
                if verdict.outcome is not Outcome.ACCEPTED:
                    findings.append(_failed(problem, name, seed, verdict))
                    break
        elif name.startswith("wrong_"):
            findings += _check_wrong(problem, name, judge)
    if _run(judge, problem, "starter.py", SEEDS[0]).outcome is Outcome.ACCEPTED:
        findings.append(
            _finding(problem, "starter.py", "the starter passes", "there is nothing left to write",
                     "let its body raise NotImplementedError")
        )  # fmt: skip
    return findings


def _check_threads(problem: Problem, judge: Judge) -> Iterator[Finding]:
    """The reference with several BLAS threads, whose sums round otherwise, against itself with one."""
    if problem.profile not in ("core", "ml"):
        return
    # The ml profile has threadpoolctl; what a solution of the core profile computes is the same there.
    roomier = replace(problem, profile="ml", time_limit_ms=2 * problem.time_limit_ms)
    for seed in SEEDS[:2]:
        source = problem.files["reference.py"] + _THREADED
        verdict = judge.run(roomier, source, visible_only=False, seed=seed)
        if verdict.outcome is not Outcome.ACCEPTED:
            yield replace(
                _failed(problem, "reference.py", seed, verdict),
                why="with several BLAS threads a right solution would be marked wrong",
            )
            return


def _run(judge: Judge, problem: Problem, name: str, seed: int) -> Verdict:
    return judge.run(problem, problem.files[name], visible_only=False, seed=seed)


def _finding(problem: Problem, name: str, what: str, why: str, remedy: str) -> Finding:
    path = f"{problem.path.rsplit('/', 1)[0]}/{name}"
    return Finding(path=path, line=1, what=what, why=why, remedy=remedy, gate="problem", subject=problem.id)


def _failed(problem: Problem, name: str, seed: int, verdict: Verdict) -> Finding:
    test = next((test for test in verdict.tests if test.outcome is not Outcome.ACCEPTED), None)
    told = f"{test.name!r}: {test.outcome} {test.message}".strip() if test else verdict.message
    return _finding(
        problem,
        name,
        f"it does not pass with seed {seed} ({told.splitlines()[0][:200] if told else verdict.outcome})",
        "a right solution would be marked wrong",
        "correct it, the tests or their tolerance",
    )


def stated_test(source: str) -> str:
    """The test that a planted wrong solution says it fails; empty where it says none."""
    found = FAILS.search(ast.get_docstring(ast.parse(source)) or "")
    return found.group(1) if found else ""


def _check_wrong(problem: Problem, name: str, judge: Judge) -> Iterator[Finding]:
    wanted = stated_test(problem.files[name])
    for seed in SEEDS[:2]:
        verdict = _run(judge, problem, name, seed)
        by_name = {test.name: test.outcome for test in verdict.tests}
        if verdict.outcome is Outcome.ACCEPTED:
            yield _finding(problem, name, f"the planted mistake passes with seed {seed}",
                           "candidates who make it would pass", "add a test that shows it")  # fmt: skip
            return
        if wanted not in by_name:
            yield _finding(problem, name, f"there is no test {wanted!r}", "the stated reason cannot be checked",
                           f"name one of {', '.join(sorted(by_name))[:300]}")  # fmt: skip
            return
        if by_name[wanted] is Outcome.ACCEPTED:
            failed = [test for test, outcome in by_name.items() if outcome is not Outcome.ACCEPTED]
            yield _finding(problem, name, f"it passes {wanted!r} with seed {seed} and fails {failed[0]!r}",
                           "it has to fail for the stated reason", "correct the `Fails:` line or the test")  # fmt: skip
            return


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationReport:
    """How many mutants of the reference the tests kill."""

    problem_id: str
    n_mutants: int
    n_killed: int
    equivalents: tuple[str, ...]
    """Survivors that the problem's equivalents.yaml argues to be no mistakes."""
    survivors: tuple[Mutant, ...]
    stale: tuple[str, ...]
    """Entries of equivalents.yaml that name no surviving mutant."""

    @property
    def killed_01(self) -> float:
        """Share of the non-equivalent mutants that are killed."""
        real = self.n_mutants - len(self.equivalents)
        return self.n_killed / real if real else 1.0


def mutate(
    problem: Problem,
    judge: Judge,
    argued: Mapping[str, str],
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> MutationReport:
    """Runs every mutant of the reference against all tests. `argued`: mutant id -> why it is equivalent."""
    mutants = mutants_of(problem.files["reference.py"])
    hurried = replace(problem, time_limit_ms=min(problem.time_limit_ms, MUTANT_LIMIT_MS))

    def is_killed(mutant: Mutant) -> bool:
        return any(
            judge.run(hurried, mutant.source, visible_only=False, seed=seed).outcome is not Outcome.ACCEPTED
            for seed in SEEDS[:2]
        )

    alive: list[Mutant] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for done, (mutant, killed) in enumerate(
            zip(mutants, pool.map(is_killed, mutants), strict=True), start=1
        ):
            progress(done, len(mutants))
            if not killed:
                alive.append(mutant)
    names = {mutant.id for mutant in alive}
    return MutationReport(
        problem_id=problem.id,
        n_mutants=len(mutants),
        n_killed=len(mutants) - len(alive),
        equivalents=tuple(sorted(names & set(argued))),
        survivors=tuple(mutant for mutant in alive if mutant.id not in argued),
        stale=tuple(sorted(set(argued) - names)),
    )


def read_equivalents(bank_dir: Path, problem_id: str) -> dict[str, str]:
    """Mutant id -> why it is no mistake, from the problem's equivalents.yaml (a mapping). Raises YamlInvalid."""
    file = bank_dir / "problems" / problem_id / "equivalents.yaml"
    if not file.is_file():
        return {}
    value = yaml_value(file.read_text(encoding="utf-8"))
    if not isinstance(value, dict) or not all(isinstance(why, str) and why.strip() for why in value.values()):
        raise YamlInvalid("equivalents.yaml maps each mutant to the reason why it is no mistake", 1)
    return {str(mutant): why.strip() for mutant, why in value.items()}


def mutation_findings(problem: Problem, report: MutationReport) -> list[Finding]:
    """What a mutation report says against the problem's tests."""
    findings = [
        _finding(problem, "equivalents.yaml", f"no surviving mutant is named {name!r}",
                 "its argument argues for nothing", "remove the entry")
        for name in report.stale
    ]  # fmt: skip
    if report.killed_01 < LEAST_KILLED_01:
        examples = "; ".join(f"line {mutant.line}: {mutant.id}" for mutant in report.survivors[:4])
        findings.append(
            _finding(problem, "tests.py", f"the tests kill {report.killed_01:.0%} of the mutants",
                     f"90 % show that they notice mistakes ({examples})",
                     "add tests, or argue equivalents in equivalents.yaml")
        )  # fmt: skip
    return findings
