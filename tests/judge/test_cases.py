"""The vocabulary of tests.py."""

import numpy as np

from greenroom.judge.cases import NOT_GIVEN, Case, Compare


def test_case_takes_the_forms_shown_in_the_authoring_guide() -> None:
    plain = Case("two clear groups", args=[np.array([[0.0], [0.1], [5.0]]), 2, 0])
    tolerant = Case("random data", args=[np.zeros(3), 4, 7], compare=Compare(abs_tol=1e-6))
    script = Case("wraps", calls=[("__init__", [3]), ("push", [1]), ("items", [])])
    assert plain.expected is NOT_GIVEN
    assert tolerant.compare.rel_tol == 1e-6
    assert script.calls is not None
    assert [name for name, _ in script.calls] == ["__init__", "push", "items"]


def test_none_can_be_expected() -> None:
    assert Case("empty", expected=None).expected is not NOT_GIVEN
