"""Measured complexity: the fit, the stated target, and a measurement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judge.problems import make_problem

from greenroom.core.verdicts import Outcome
from greenroom.judge.pool import SandboxJudge
from greenroom.judge.scaling import Target, fitted, summarise, target_of

SIZES = [16, 32, 64, 128, 256]


@given(exponent=st.floats(0.0, 4.0), constant=st.floats(1e-6, 1e3))
def test_fit_finds_the_exponent_of_a_power_law(exponent: float, constant: float) -> None:
    found = fitted(SIZES, [constant * n**exponent for n in SIZES])
    assert found.exponent == pytest.approx(exponent, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O(n)", Target(1, False)),
        ("O(n_iter * n * k * d)", Target(1, False)),
        ("O(n log n)", Target(1, True)),
        ("O(n^2 d)", Target(2, False)),
        ("O(n² + n)", Target(2, False)),
        ("O(n * n)", Target(2, False)),
        ("O(log n)", Target(0, True)),
        ("O(1)", Target(0, False)),
        ("O(V + E)", None),
        ("linear", None),
    ],
)
def test_target_is_read_from_the_stated_complexity(text: str, expected: Target | None) -> None:
    assert target_of(text) == expected


def test_quadratic_growth_misses_a_linear_target() -> None:
    scaling = summarise(SIZES, [1e-5 * n**2 for n in SIZES], Target(1, False))
    assert "faster growth than the target" in scaling.note


def test_what_is_too_fast_is_said_to_be_so() -> None:
    assert "Too fast" in summarise(SIZES, [1e-6] * 5, Target(1, False)).note


def test_accepted_submission_carries_its_measured_growth(judge: SandboxJudge) -> None:
    source = (
        "import numpy as np\ndef solve(X):\n    total = 0\n    for i in range(len(X)):\n"
        "        for j in range(len(X)):\n            total += i ^ j\n    return X.mean(axis=1)"
    )
    verdict = judge.run(make_problem(), source, visible_only=False, seed=1)
    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.scaling is not None
    assert verdict.scaling.target == 1.0
    assert verdict.scaling.exponent > 1.5, verdict.scaling
    assert verdict.scaling.sizes[0] == 16


def test_visible_run_measures_nothing(judge: SandboxJudge) -> None:
    verdict = judge.run(make_problem(), "def solve(X):\n    return X.mean(1)", visible_only=True, seed=1)
    assert verdict.scaling is None
