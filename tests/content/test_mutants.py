"""Mutants: each changes one thing, each is Python, each name stands for one change."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from greenroom.content.mutants import mutants_of

SOURCE = '''"""Docstring with 1 < 2."""
import numpy as np


def clip(x: int = 3, limit: float = 0.5) -> float:
    """Never mutated: 1 + 1."""
    if x < limit and not x == 0:
        return -min(x, limit)
    total = 0
    for k in range(x):
        total += k * 2
        if total > 9:
            break
    return total
'''
REFERENCES = sorted((Path(__file__).parents[2] / "bank" / "problems").glob("*/reference.py"))


def test_operators_constants_logic_and_statements_are_changed() -> None:
    ids = [mutant.id for mutant in mutants_of(SOURCE)]
    for change in (
        "x < limit -> x <= limit",
        "x < limit and (not x == 0) -> x < limit or not x == 0",
        "x == 0 -> x != 0",
        "not x == 0 -> x == 0",
        "min -> max",
        "-min(x, limit) -> min(x, limit)",
        "k * 2 -> k / 2",
        "total += k * 2 -> total -= k * 2",
        "total += k * 2 -> pass",
        "break -> continue",
        "9 -> 10",
        "0.5 -> 1.0",
    ):
        assert change in ids, ids


def test_docstrings_imports_and_annotations_stay() -> None:
    for mutant in mutants_of(SOURCE):
        assert "Never mutated: 1 + 1." in mutant.source
        assert "import numpy as np" in mutant.source
        assert "x: int" in mutant.source


@pytest.mark.parametrize("file", REFERENCES, ids=lambda file: file.parent.name)
def test_every_mutant_of_a_reference_is_python_with_a_name_of_its_own(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    mutants = mutants_of(source)
    assert len(mutants) >= 10
    assert len({mutant.id for mutant in mutants}) == len(mutants)
    assert len({mutant.source for mutant in mutants}) == len(mutants)
    unchanged = ast.unparse(ast.parse(source))
    for mutant in mutants:
        compile(mutant.source, mutant.id, "exec")
        assert mutant.source != unchanged
    assert mutants_of(source) == mutants
