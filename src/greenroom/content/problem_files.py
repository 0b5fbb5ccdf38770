"""Units of coding problems: one folder each, sources as text. The code in them runs only in the judge."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from greenroom.content.schema import ProblemShape
from greenroom.content.units import Ref, Unit, rendered, shape_of
from greenroom.core.ids import content_hash
from greenroom.core.problems import FollowUp, Problem

FAILS = re.compile(r"^Fails:\s*(.+?)\s*$", re.MULTILINE)
"""The line of a planted wrong solution's docstring that names a test it has to fail."""
_LIMIT_BYTES = 200_000


def problem_unit(files: Mapping[str, str], folder: str, *, id_: str) -> Unit:
    """The unit of `bank/problems/<id>/`. `files` maps names to text."""
    unit = Unit()
    path = f"{folder}/problem.md"
    text = files.get("problem.md")
    if text is None:
        unit.complain(
            folder, 1, "the folder has no problem.md", "there is no statement", "write it", subject=id_
        )
        return unit
    parts = _parts(unit, text, path, id_)
    shape = shape_of(unit, ProblemShape, parts["yaml"], path, first_line=2, subject=id_)
    sources = {name: source for name, source in sorted(files.items()) if name.endswith(".py")}
    if shape is None:
        return unit
    _check_sources(unit, sources, folder, id_, shape.entry)
    unit.refs.append(Ref("topic", f"{shape.area}/{shape.topic}", path, 2, id_))
    unit.refs += [Ref("role", role, path, 2, id_) for role in shape.roles]
    hints = _numbered(parts["hints"])
    if not 1 <= len(hints) <= 5:
        unit.complain(path, 1, f"the problem has {len(hints)} hints", "three lead from a nudge to the idea",
                      "number them under `## Hints`", subject=id_)  # fmt: skip
    follow_ups = _follow_ups(parts["follow-ups"])
    if not follow_ups:
        unit.complain(path, 1, "the problem has no follow-ups", "an interviewer asks them after the code runs",
                      "write `### A question?` with `- points` under `## Follow-ups`", subject=id_)  # fmt: skip
    before = len(unit.findings)
    problem = Problem(
        id=id_,
        hash=content_hash([parts["statement"], shape.entry, shape.profile, shape.time_limit_ms,
                           shape.memory_mb, sources.get("tests.py", ""), sources.get("reference.py", "")]),
        title=shape.title,
        area=shape.area,
        topic=shape.topic,
        level=shape.level,
        minutes=shape.minutes,
        difficulty_logit=shape.difficulty,
        profile=shape.profile,
        entry=shape.entry,
        statement_html=rendered(unit, parts["statement"], path, 2, subject=id_),
        statement_text=parts["statement"],
        explanation_html=rendered(unit, parts["explanation"], path, 2, subject=id_),
        hints=hints,
        follow_ups=follow_ups,
        complexity=shape.complexity,
        roles=tuple(shape.roles),
        companies=tuple(shape.companies),
        time_limit_ms=shape.time_limit_ms,
        memory_mb=shape.memory_mb,
        files=sources,
        path=path,
    )  # fmt: skip
    is_runnable = {"starter.py", "reference.py", "tests.py"} <= set(sources)
    if len(unit.findings) == before and is_runnable:
        unit.add("problems", id_, problem, path=path)
    return unit


def _parts(unit: Unit, text: str, path: str, id_: str) -> dict[str, str]:
    """The yaml block, the statement and the level-2 sections, fences respected."""
    parts = {"yaml": "", "statement": "", "hints": "", "follow-ups": "", "explanation": ""}
    found = re.match(r"\s*```ya?ml\n(.*?)\n```\n", text, re.DOTALL)
    if not found:
        unit.complain(path, 1, "the file does not begin with a yaml block", "title and limits are missing",
                      "begin it with ```yaml", subject=id_)  # fmt: skip
        return parts
    parts["yaml"] = found.group(1)
    offset = text.count("\n", 0, found.end())
    current, fenced = "statement", False
    lines: dict[str, list[str]] = {name: [] for name in parts}
    for number, line in enumerate(text[found.end() :].splitlines(), start=offset + 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        heading = None if fenced else re.fullmatch(r"##\s+(.+?)\s*", line)
        name = heading.group(1).lower() if heading else ""
        if name in ("hints", "follow-ups", "explanation"):
            current = name
        elif heading and current != "statement":
            unit.complain(path, number, f"the section {heading.group(1)!r} is not known", "it would be lost",
                          "use Hints, Follow-ups, Explanation", subject=id_)  # fmt: skip
        else:
            lines[current].append(line)
    for name in ("statement", "hints", "follow-ups", "explanation"):
        parts[name] = "\n".join(lines[name]).strip()
    if not parts["statement"]:
        unit.complain(path, offset, "the statement is empty", "nobody would know what to write", "write it",
                      subject=id_)  # fmt: skip
    return parts


def _numbered(text: str) -> tuple[str, ...]:
    return tuple(
        entry.strip() for entry in re.split(r"^\d+[.)]\s+", text, flags=re.MULTILINE) if entry.strip()
    )


def _follow_ups(text: str) -> tuple[FollowUp, ...]:
    made: list[FollowUp] = []
    for block in re.split(r"^###\s+", text, flags=re.MULTILINE)[1:]:
        ask, _, rest = block.partition("\n")
        points = [point.strip() for point in re.split(r"^[-*]\s+", rest, flags=re.MULTILINE)[1:]]
        made.append(FollowUp(ask=ask.strip(), points=tuple(point for point in points if point)))
    return tuple(made)


def _check_sources(unit: Unit, sources: Mapping[str, str], folder: str, id_: str, entry: str) -> None:
    trees: dict[str, ast.Module] = {}
    for name, source in sources.items():
        try:
            trees[name] = ast.parse(source)
        except (SyntaxError, ValueError) as error:
            unit.complain(f"{folder}/{name}", getattr(error, "lineno", None) or 1, "the file is no Python",
                          "the judge cannot run it", "correct the syntax", subject=id_)  # fmt: skip
        if len(source.encode()) > _LIMIT_BYTES:
            unit.complain(f"{folder}/{name}", 1, "the file is over 200 kB", "it ships in every wheel",
                          "make its data in code", subject=id_)  # fmt: skip
    for name in ("starter.py", "reference.py", "tests.py"):
        if name not in sources:
            unit.complain(folder, 1, f"the folder has no {name}", "the problem cannot be judged", "write it",
                          subject=id_)  # fmt: skip
    for prefix, least in (("alternative_", 2), ("wrong_", 3)):
        n_found = sum(name.startswith(prefix) for name in sources)
        if n_found < least:
            unit.complain(folder, 1, f"the folder has {n_found} {prefix}*.py", f"at least {least} prove the tests",
                          "write more", subject=id_)  # fmt: skip
    for name, tree in trees.items():
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        needed = {"visible", "hidden"} if name == "tests.py" else {entry}
        for missing in sorted(needed - defined) if name in sources else ():
            unit.complain(f"{folder}/{name}", 1, f"`{missing}` is not defined", "the judge calls it", "define it",
                          subject=id_)  # fmt: skip
        if name.startswith("wrong_") and not FAILS.search(ast.get_docstring(tree) or ""):
            unit.complain(f"{folder}/{name}", 1, "the docstring does not say which test fails",
                          "a wrong solution has to fail for the stated reason", "add a line `Fails: <test name>`",
                          subject=id_)  # fmt: skip
