"""Mutants of a reference solution: one small change each, as a mistake of a programmer.

The operators follow DeMillo, Lipton and Sayward 1978 and what mutation tools for Python have in common:
comparisons, arithmetic, constants, logic, statements left out, paired names (min and max, sum and mean).
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_NAMES = {
    "min": "max",
    "max": "min",
    "argmin": "argmax",
    "argmax": "argmin",
    "any": "all",
    "all": "any",
    "minimum": "maximum",
    "maximum": "minimum",
    "sum": "mean",
    "mean": "sum",
    "zeros": "ones",
    "ones": "zeros",
    "floor": "ceil",
    "ceil": "floor",
    "cumsum": "cumprod",
    "var": "std",
    "std": "var",
    "triu": "tril",
    "tril": "triu",
    "append": "extend",
    "sin": "cos",
    "cos": "sin",
    "zeros_like": "ones_like",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One changed solution. `id` names the change and survives edits elsewhere in the file."""

    id: str
    """`total == 0 -> total != 0`, with ` #2` for the second place that reads the same"""
    line: int
    source: str


def mutants_of(source: str) -> list[Mutant]:
    """Every mutant of a Python source, in source order. Docstrings and imports are left alone."""
    tree = ast.parse(source)
    protected = _protected(tree)
    nodes = [node for node in ast.walk(tree) if id(node) not in protected]
    made: list[Mutant] = []
    seen: Counter[str] = Counter()
    texts: set[str] = {ast.unparse(tree)}
    for index, node in sorted(enumerate(nodes), key=lambda entry: (getattr(entry[1], "lineno", 0), entry[0])):
        for changed in _changes(node):
            before, after = _short(node), _short(changed)
            copied = copy.deepcopy(tree, {id(node): changed})
            text = ast.unparse(ast.fix_missing_locations(copied))
            if text in texts:
                continue
            texts.add(text)
            name = f"{before} -> {after}"
            seen[name] += 1
            mutant_id = name if seen[name] == 1 else f"{name} #{seen[name]}"
            made.append(Mutant(id=mutant_id, line=getattr(node, "lineno", index), source=text))
    return made


def _protected(tree: ast.Module) -> set[int]:
    """Ids of nodes that are not mutated: imports, annotations, docstrings."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            roots.append(node)
        if isinstance(node, ast.FunctionDef):
            roots += [a.annotation for a in [*node.args.args, *node.args.kwonlyargs] if a.annotation]
            roots += [node.returns] if node.returns else []
        if isinstance(node, ast.AnnAssign):
            roots.append(node.annotation)
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            roots.append(node)
    return {id(inner) for root in roots for inner in ast.walk(root)}


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else text[:67] + "..."


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=comparators):
            for other in _COMPARE.get(type(op), ()):
                yield ast.copy_location(ast.Compare(left=left, ops=[other()], comparators=comparators), node)
        case ast.BinOp(left=left, op=op, right=right):
            for changed in _ARITHMETIC.get(type(op), ()):
                yield ast.copy_location(ast.BinOp(left=left, op=changed(), right=right), node)
        case ast.AugAssign(target=target, op=op, value=value):
            for changed in _ARITHMETIC.get(type(op), ()):
                yield ast.copy_location(ast.AugAssign(target=target, op=changed(), value=value), node)
            yield ast.copy_location(ast.Pass(), node)
        case ast.BoolOp(op=op, values=values):
            other_op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield ast.copy_location(ast.BoolOp(op=other_op, values=values), node)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=value):
            for new in _constants(value):
                yield ast.copy_location(ast.Constant(value=new), node)
        case ast.Name(id=name) if name in _NAMES:
            yield ast.copy_location(ast.Name(id=_NAMES[name], ctx=node.ctx), node)
        case ast.Attribute(value=value, attr=name) if name in _NAMES:
            yield ast.copy_location(ast.Attribute(value=value, attr=_NAMES[name], ctx=node.ctx), node)
        case ast.Break():
            yield ast.copy_location(ast.Continue(), node)
        case ast.Continue():
            yield ast.copy_location(ast.Break(), node)
        case ast.If(test=test):
            for always in (True, False):
                changed_if = copy.copy(node)
                changed_if.test = ast.copy_location(ast.Constant(value=always), test)
                yield changed_if
        case ast.Expr(value=ast.Call()) | ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield ast.copy_location(ast.Pass(), node)


def _constants(value: object) -> list[bool | int | float]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1] if value else [1]
    if isinstance(value, float):
        return [value * 2 if value else 1.0]
    return []
