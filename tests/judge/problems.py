"""Small problems for the judge's tests."""

from greenroom.core.items import Level
from greenroom.core.problems import Problem

ROW_MEANS = """
import numpy as np
from greenroom.judge.cases import Case

def visible():
    return [Case("two rows", args=[np.array([[1.0, 3.0], [5.0, 7.0]])])]

def hidden(rng):
    return [Case("random matrix", args=[rng.normal(size=(4, 3))]), Case("one column", args=[rng.normal(size=(3, 1))])]

def sized(n, rng):
    return Case(f"n={n}", args=[rng.normal(size=(n, 4))])
"""
ROW_MEANS_REFERENCE = "import numpy as np\n\ndef solve(X):\n    return X.mean(axis=1)\n"


def make_problem(
    tests: str = ROW_MEANS,
    reference: str = ROW_MEANS_REFERENCE,
    *,
    entry: str = "solve",
    profile: str = "core",
    time_limit_ms: int = 2_000,
    memory_mb: int = 256,
    reference_name: str = "reference.py",
    complexity: str = "O(n)",
) -> Problem:
    """A problem with that suite and that reference."""
    files = {"tests.py": tests, reference_name: reference}
    return Problem(
        id="example",
        hash=str(hash((tests, reference, entry))),
        title="Example",
        area="ml-from-scratch",
        topic="example",
        level=Level.APPLY,
        minutes=5,
        difficulty_logit=0.0,
        profile=profile,
        entry=entry,
        statement_html="",
        statement_text="",
        explanation_html="",
        hints=(),
        follow_ups=(),
        complexity=complexity,
        roles=(),
        companies=(),
        time_limit_ms=time_limit_ms,
        memory_mb=memory_mb,
        files=files,
    )
