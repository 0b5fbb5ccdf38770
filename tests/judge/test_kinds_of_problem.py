"""Classes, frames, queries, in-place functions, random outputs: each end to end."""

import pytest
from tests.judge.problems import make_problem

from greenroom.core.verdicts import Outcome, Verdict
from greenroom.judge.pool import SandboxJudge

pytestmark = pytest.mark.xdist_group("judge-full")

HEAD = "import numpy as np\nfrom greenroom.judge.cases import Case, Compare, Draws\n"
QUERY_TESTS = (
    HEAD
    + """
import datetime

TABLES = {
    "orders": {"id": [1, 2, 3], "who": ["ada", "bob", "ada"], "amount": [1.5, 2.0, None],
               "day": [datetime.date(2024, 1, 1), None, datetime.date(2024, 1, 3)]},
    "empty": {"x": ("INTEGER", [])},
}

def visible():
    return [Case("three orders", tables=TABLES)]

def hidden(rng):
    amounts = [float(a) for a in rng.integers(1, 50, 20)]
    names = [str(n) for n in rng.choice(["ada", "bob", "cyd"], 20)]
    return [Case("many orders", tables={**TABLES, "orders": {"id": list(range(20)), "who": names, "amount": amounts,
                                                              "day": [None] * 20}})]
"""
)
QUERY = "SELECT who, sum(amount) AS total FROM orders GROUP BY who"


def judged(judge: SandboxJudge, tests: str, reference: str, source: str, **options: object) -> Verdict:
    problem = make_problem(tests, reference, **options)  # type: ignore[arg-type]  # options of make_problem
    return judge.run(problem, source, visible_only=False, seed=3)


def test_query_file_is_compared_as_a_relation_and_its_plan_shown(judge: SandboxJudge) -> None:
    source = "SELECT who, sum(amount) AS total FROM orders GROUP BY who ORDER BY total"
    verdict = judged(
        judge, QUERY_TESTS, QUERY, source, profile="sql", reference_name="reference.sql", memory_mb=512
    )
    assert verdict.outcome is Outcome.ACCEPTED, verdict
    assert "amount" in verdict.plan


def test_wrong_query_is_told_the_missing_row(judge: SandboxJudge) -> None:
    source = "SELECT who, max(amount) AS total FROM orders GROUP BY who"
    tests = QUERY_TESTS.replace('"ada"], "amount": [1.5, 2.0, None]', '"ada"], "amount": [1.5, 2.0, 4.0]')
    verdict = judged(
        judge, tests, QUERY, source, profile="sql", reference_name="reference.sql", memory_mb=512
    )
    assert verdict.outcome is Outcome.WRONG_ANSWER
    assert "5.5" in verdict.tests[0].message


def test_query_that_does_not_parse_is_a_runtime_error_with_duckdbs_words(judge: SandboxJudge) -> None:
    verdict = judged(
        judge, QUERY_TESTS, QUERY, "SELEC 1", profile="sql", reference_name="reference.sql", memory_mb=512
    )
    assert verdict.outcome is Outcome.RUNTIME_ERROR
    assert "syntax error" in verdict.message


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SET enable_external_access = true",
        "COPY orders TO 'x.csv'",
        "INSTALL httpfs",
    ],
)
def test_query_cannot_reach_outside_nor_unlock_itself(judge: SandboxJudge, statement: str) -> None:
    verdict = judged(
        judge, QUERY_TESTS, QUERY, statement, profile="sql", reference_name="reference.sql", memory_mb=512
    )
    assert verdict.outcome is Outcome.RUNTIME_ERROR
    assert "Permission" in verdict.message or "locked" in verdict.message or "disabled" in verdict.message


def test_query_may_be_a_text_or_a_function_of_the_connection(judge: SandboxJudge) -> None:
    for source in (f'query = """{QUERY}"""', f"def query(con):\n    return con.execute('{QUERY}')"):
        verdict = judged(
            judge, QUERY_TESTS, f'query = "{QUERY}"', source, profile="sql", entry="query", memory_mb=512
        )
        assert verdict.outcome is Outcome.ACCEPTED, verdict


def test_frames_go_in_and_come_back(judge: SandboxJudge) -> None:
    tests = HEAD + (
        "import pandas as pd\n"
        "def visible():\n    f = pd.DataFrame({'k': ['a', 'b', 'a'], 'v': [1, 2, 3], 't': pd.to_datetime(['2024-01-01'] * 3)})\n"
        "    return [Case('three rows', args=[f], compare=Compare(order='any'))]\n"
    )
    reference = "def solve(f):\n    return f.groupby('k', as_index=False)['v'].sum()"
    source = "def solve(f):\n    return f.groupby('k')['v'].sum().reset_index().iloc[::-1]"
    assert judged(judge, tests, reference, source, profile="ml").outcome is Outcome.ACCEPTED
    wrong = judged(
        judge, tests, reference, "def solve(f):\n    return f.groupby('k')['v'].sum()", profile="ml"
    )
    assert "a Series, expected a DataFrame" in wrong.tests[0].message


def test_class_is_driven_by_a_script_of_calls(judge: SandboxJudge) -> None:
    tests = HEAD + (
        "def visible():\n    return [Case('count', calls=[('__init__', [2]), ('add', [3]), ('total', [])])]\n"
    )
    reference = "class T:\n    def __init__(self, s): self.s = s\n    def add(self, x): self.s += x\n    def total(self): return self.s"
    right = judged(judge, tests, reference, reference, entry="T")
    assert right.outcome is Outcome.ACCEPTED
    wrong = judged(judge, tests, reference, reference.replace("+=", "-="), entry="T")
    assert wrong.tests[0].message == "at [2]: -1, expected 5"
    assert "add(3)" in wrong.tests[0].input_text


def test_in_place_function_is_judged_by_its_arguments(judge: SandboxJudge) -> None:
    tests = HEAD + "def visible():\n    return [Case('sort', args=[[3, 1]], compared='args')]\n"
    assert (
        judged(judge, tests, "def solve(x): x.sort()", "def solve(x): x[:] = sorted(x)").outcome
        is Outcome.ACCEPTED
    )
    assert (
        judged(judge, tests, "def solve(x): x.sort()", "def solve(x): sorted(x)").outcome
        is Outcome.WRONG_ANSWER
    )


RANDOM_TESTS = HEAD + (
    "def visible():\n    return [Case('a fair die', draws=Draws(count=3000, probabilities={i: 1 / 6 for i in range(1, 7)}))]\n"
    "def hidden(rng):\n    return [Case('uniform', args=[1], draws=Draws(count=1000, cdf='uniform', seed_arg='seed'))]\n"
    "def uniform(x):\n    return np.clip(x, 0, 1)\n"
)
FAIR = "import random\ndef solve(kind=0, seed=None):\n    return {} if not kind else random.Random(seed).random()"


def test_random_function_is_judged_by_its_distribution(judge: SandboxJudge) -> None:
    fair, loaded = (
        FAIR.format("random.randint(1, 6)"),
        FAIR.format("max(random.randint(1, 6), random.randint(1, 6))"),
    )
    assert judged(judge, RANDOM_TESTS, "", fair).outcome is Outcome.ACCEPTED
    verdict = judged(judge, RANDOM_TESTS, "", loaded)
    assert "do not fit" in verdict.tests[0].message
    impossible = judged(judge, RANDOM_TESTS, "", FAIR.format("random.randint(0, 6)"))
    assert "impossible" in impossible.tests[0].message


def test_check_function_decides_where_many_answers_are_right(judge: SandboxJudge) -> None:
    tests = HEAD + (
        "def visible():\n    return [Case('any root', args=[4.0], check='is_root')]\n"
        "def is_root(args, got):\n    return None if abs(got * got - args[0]) < 1e-9 else 'its square is not the input'\n"
    )
    assert (
        judged(judge, tests, "def solve(x): return 2.0", "def solve(x): return -2.0").outcome
        is Outcome.ACCEPTED
    )
    assert (
        judged(judge, tests, "def solve(x): return 2.0", "def solve(x): return 3.0").tests[0].message
        == "its square is not the input"
    )
    other = judged(judge, tests, "def solve(x): return 2.0", "def solve(x): return 'two'")
    assert "not the form" in other.tests[0].message
