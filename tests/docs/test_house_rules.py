"""The house rules that a program can see: small files, small functions, no rooms without a noun, one reader of settings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src/greenroom").rglob("*.py"))
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50

LONG_FUNCTIONS = {
    "replay_batch": "one pass over all arrays of the filter; split, the reader would have to carry thirty of them",
    "worths_of": "one formula over tables; its parts share every array",
    "refit": "one alternating fit; the state of each sweep is shared",
    "problem_unit": "reads one folder top to bottom",
    "_draft": "one branch for each kind of foreign question",
}
"""Function -> why it may be longer. The list only shrinks."""


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_about_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := path.read_text("utf-8").count("\n")) > MOST_LINES + 10
    }
    assert long == {}


def test_no_function_is_longer_than_fifty_lines_but_those_with_a_reason() -> None:
    long = {
        f"{path.relative_to(ROOT)}: {name}": lines
        for path in SOURCES
        for name, lines in _functions(path)
        if lines > MOST_LINES_OF_A_FUNCTION and name not in LONG_FUNCTIONS
    }
    assert long == {}


def test_no_room_is_named_after_nothing() -> None:
    names = {path.stem for path in SOURCES} | {path.parent.name for path in SOURCES}
    assert names & {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"} == set()


def test_core_imports_no_clock_dice_disk_network_or_logging() -> None:
    banned = {"time", "os", "pathlib", "socket", "logging", "io", "tempfile", "secrets", "numpy"}
    found = []
    for path in sorted((ROOT / "src/greenroom/core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules: list[str] = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules = [node.module]
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "random":
                # Dice with a seed are a pure function of it; the module's own dice are not.
                found += [] if node.attr == "Random" else [f"{path.name}: random.{node.attr}"]
            found += [f"{path.name}: {name}" for name in modules if name.split(".")[0] in banned]
    assert found == []


def test_every_public_function_and_class_says_what_it_is() -> None:
    silent = []
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        if ast.get_docstring(tree) is None and path.read_text("utf-8").strip():
            silent.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if ast.get_docstring(node) is None:
                silent.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert silent == []
