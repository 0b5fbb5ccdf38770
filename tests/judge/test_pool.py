"""The judge behind the port, end to end."""

from tests.judge.problems import make_problem

from greenroom.core.verdicts import Outcome
from greenroom.judge.pool import SandboxJudge


def test_right_solution_is_accepted_on_every_test(judge: SandboxJudge) -> None:
    verdict = judge.run(
        make_problem(), "def solve(X):\n    return X.sum(1) / X.shape[1]", visible_only=False, seed=1
    )
    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.passed == 3
    assert [test.is_visible for test in verdict.tests] == [True, False, False]


def test_wrong_axis_is_told_with_both_shapes_and_hidden_tests_tell_nothing(judge: SandboxJudge) -> None:
    source = "def solve(X):\n    print('axis 0')\n    return X.mean(axis=0)"
    verdict = judge.run(make_problem(), source, visible_only=False, seed=1)
    assert verdict.outcome is Outcome.WRONG_ANSWER
    assert "index 0: 3.0, expected 2.0" in verdict.tests[0].message
    assert verdict.tests[1].outcome is Outcome.WRONG_ANSWER
    assert verdict.tests[1].message == verdict.tests[1].got_text == verdict.tests[1].input_text == ""
    assert verdict.stdout == "axis 0\n", "printed once: hidden tests return no output"


def test_exception_is_shown_with_the_line_of_the_candidates_code(judge: SandboxJudge) -> None:
    verdict = judge.run(
        make_problem(), "def solve(X):\n    y = 1\n    return X[9, 9]", visible_only=True, seed=1
    )
    assert verdict.outcome is Outcome.RUNTIME_ERROR
    assert verdict.line == 3
    assert "IndexError" in verdict.message
    assert "harness" not in verdict.message


def test_code_that_does_not_parse_is_a_compile_error_with_its_line(judge: SandboxJudge) -> None:
    verdict = judge.run(make_problem(), "def solve(X):\n    return (", visible_only=True, seed=1)
    assert verdict.outcome is Outcome.COMPILE_ERROR
    assert verdict.line == 2


def test_changing_an_input_is_an_error_of_its_own(judge: SandboxJudge) -> None:
    source = "def solve(X):\n    m = X.mean(axis=1)\n    X[:] = 0\n    return m"
    verdict = judge.run(make_problem(), source, visible_only=True, seed=1)
    assert verdict.tests[0].message == "an input was changed; work on a copy"


def test_a_broken_reference_is_the_judges_fault(judge: SandboxJudge) -> None:
    problem = make_problem(reference="def solve(X):\n    return 1 / 0")
    verdict = judge.run(problem, "def solve(X):\n    return 0", visible_only=True, seed=1)
    assert verdict.outcome is Outcome.JUDGE_FAULT
    assert "the reference failed" in verdict.message


def test_scratch_run_returns_output_errors_and_exit_code(judge: SandboxJudge) -> None:
    result = judge.execute("import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)")
    assert (result.stdout, result.stderr, result.exit_code) == ("out\n", "err\n", 3)
    assert result.outcome is Outcome.RUNTIME_ERROR
