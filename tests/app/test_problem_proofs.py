"""Proofs of coding problems in the real sandbox, on a small problem and on broken copies of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.content.banks import CHOICE, write_bank

from greenroom.app.problem_proofs import check_problem, mutate, mutation_findings, stated_test
from greenroom.app.proving import check_claims
from greenroom.content.compiling import bank_of, compile_bank
from greenroom.core.ids import content_hash
from greenroom.core.ports import Judge
from greenroom.core.problems import Problem
from greenroom.settings import Settings
from greenroom.wiring import opened_judge

PROBLEM_MD = """\
```yaml
title: Largest gap
area: training
topic: momentum
level: apply
minutes: 10
difficulty: 0
entry: largest_gap
complexity: O(n)
```
Return the largest difference of two neighbours, 0 for fewer than two.

## Hints
1. Look at pairs.

## Follow-ups
### What if the list is a stream?
- Keep the last value

## Explanation
Pairs, then the maximum.
"""
TESTS = """\
from greenroom.judge.cases import Case

def visible():
    return [Case("rising", args=[[1, 4, 5]])]

def hidden(rng):
    return [
        Case("falling", args=[[9, 5, 4]]),
        Case("empty", args=[[]]),
        Case("random", args=[[int(x) for x in rng.integers(-9, 9, 30)]]),
        Case("two", args=[[2, 7]]),
    ]
"""
FILES = {
    "problem.md": PROBLEM_MD,
    "starter.py": "def largest_gap(values):\n    raise NotImplementedError\n",
    "reference.py": (
        "def largest_gap(values):\n    best = 0\n    for a, b in zip(values, values[1:]):\n"
        "        best = max(best, abs(b - a))\n    return best\n"
    ),
    "alternative_max.py": (
        "def largest_gap(values):\n    return max((abs(b - a) for a, b in zip(values, values[1:])), default=0)\n"
    ),
    "alternative_loop.py": (
        "def largest_gap(values):\n    gaps = [0]\n    for k in range(1, len(values)):\n"
        "        gaps.append(abs(values[k] - values[k - 1]))\n    return max(gaps)\n"
    ),
    "wrong_signed.py": (
        '"""Forgets the sign.\nFails: falling\n"""\ndef largest_gap(values):\n'
        "    return max((b - a for a, b in zip(values, values[1:])), default=0)\n"
    ),
    "wrong_empty.py": (
        '"""Fails on nothing.\nFails: empty\n"""\ndef largest_gap(values):\n'
        "    return max(abs(b - a) for a, b in zip(values, values[1:]))\n"
    ),
    "wrong_range.py": (
        '"""Takes the range.\nFails: rising\n"""\ndef largest_gap(values):\n'
        "    return max(values) - min(values) if values else 0\n"
    ),
    "tests.py": TESTS,
}

NOTHING_HIDDEN = "def hidden(rng):\n    return []\n"


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with opened_judge(Settings()) as made:
        yield made


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    bank = write_bank(tmp_path, **{f"problems/largest-gap/{name}": text for name, text in FILES.items()})
    compiled = compile_bank(bank)
    assert compiled.findings == ()
    return bank_of(compiled).problem("largest-gap")


def with_files(problem: Problem, **changes: str) -> Problem:
    files = {**problem.files, **{f"{name}.py": text for name, text in changes.items()}}
    return replace(problem, files=files, hash=content_hash(files))  # the judge keeps suites by hash


def test_a_sound_problem_passes_every_proof(problem: Problem, judge: Judge) -> None:
    assert check_problem(problem, judge) == []


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("starter", FILES["reference.py"], "the starter passes"),
        ("alternative_max", FILES["wrong_signed.py"], "it does not pass with seed"),
        ("wrong_signed", FILES["reference.py"].replace("def", '"""W.\n\nFails: falling\n"""\ndef', 1), "passes with seed"),
        ("wrong_signed", FILES["wrong_signed.py"].replace("Fails: falling", "Fails: rising"), "it passes 'rising'"),
        ("wrong_signed", FILES["wrong_signed.py"].replace("Fails: falling", "Fails: nowhere"), "no test 'nowhere'"),
        ("reference", "def largest_gap(values):\n    return values[5]\n", "it does not pass"),
    ],
)  # fmt: skip
def test_a_broken_problem_is_found(problem: Problem, judge: Judge, name: str, text: str, what: str) -> None:
    findings = check_problem(with_files(problem, **{name: text}), judge)
    assert [finding.path for finding in findings] == [f"bank/problems/largest-gap/{name}.py"]
    assert what in findings[0].what


def test_a_reference_that_depends_on_the_number_of_threads_is_found(problem: Problem, judge: Judge) -> None:
    lucky = "def largest_gap(values):\n    return 1.0 + 0.1 * ('_limits' in globals())\n"
    told = [
        finding.why
        for finding in check_problem(with_files(problem, reference=lucky), judge)
        if finding.path.endswith("reference.py")
    ]
    assert told == ["with several BLAS threads a right solution would be marked wrong"]


def test_mutants_that_survive_are_named_and_may_be_argued(problem: Problem, judge: Judge) -> None:
    report = mutate(problem, judge, {})
    assert report.n_killed >= 5
    assert report.killed_01 == report.n_killed / report.n_mutants
    weak = with_files(
        problem, tests=TESTS.replace("[1, 4, 5]", "[0, 0]").split("def hidden")[0] + NOTHING_HIDDEN
    )
    weaker = mutate(weak, judge, {"gone -> nowhere": "It was edited away."})
    assert weaker.n_killed < report.n_killed
    assert weaker.stale == ("gone -> nowhere",)
    told = [finding.what for finding in mutation_findings(weak, weaker)]
    assert any("of the mutants" in what for what in told)
    assert any("no surviving mutant" in what for what in told)
    argued = mutate(weak, judge, {mutant.id: "Argued." for mutant in weaker.survivors})
    assert argued.killed_01 == 1.0
    assert mutation_findings(weak, argued) == []


def test_a_failing_check_of_an_item_is_found_and_a_holding_one_is_not(tmp_path: Path, judge: Judge) -> None:
    sound = compile_bank(write_bank(tmp_path / "sound"))
    assert check_claims(sound, judge) == []
    text = CHOICE.replace("== 0.8", "== 0.7")
    broken = compile_bank(write_bank(tmp_path / "broken", **{"items/evaluation/precision-recall.md": text}))
    (finding,) = check_claims(broken, judge)
    assert finding.subject == "precision-recall/flagged-share"
    assert "AssertionError" in finding.what


def test_the_stated_test_is_read_from_the_docstring() -> None:
    assert stated_test(FILES["wrong_signed.py"]) == "falling"
    assert stated_test("x = 1\n") == ""
