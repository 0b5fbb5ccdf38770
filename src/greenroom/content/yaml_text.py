"""YAML as the bank writes it: libyaml's speed, YAML 1.2's booleans, dates left as text, lines for errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[valid-type,misc]  # the base is chosen by what libyaml offers
    """`no`, `on` and `2026-01-01` are text; only true and false are booleans. A key may occur once."""

    yaml_implicit_resolvers = {
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag != "tag:yaml.org,2002:timestamp" and (tag != "tag:yaml.org,2002:bool" or first in "tTfF")
        ]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:  # Any: YAML values
    pairs = loader.construct_pairs(node, deep=True)
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[Any] = set()
        for (key, _), (key_node, _value) in zip(pairs, node.value, strict=True):
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} occurs twice", key_node.start_mark
                )
            seen.add(key)
    return made


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?\d+(\.\d*)?[eE][-+]?\d+$"), list("-+0123456789")
)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


class YamlInvalid(ValueError):
    """Not YAML: what and the line within the text, counted from 1."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


def yaml_value(text: str) -> Any:  # Any: YAML values
    """The value of a YAML text. Raises YamlInvalid."""
    try:
        return yaml.load(text, Loader=_Loader)  # a SafeLoader underneath
    except (yaml.YAMLError, TypeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise YamlInvalid(what, mark.line + 1 if mark else 1) from error


def line_of(text: str, place: Sequence[str | int]) -> int:
    """Line of the node at a path of keys and indices, counted from 1; of the nearest parent where it ends."""
    try:
        node: Any = yaml.compose(text, Loader=_Loader)  # Any: yaml's nodes are untyped here
    except yaml.YAMLError:
        return 1
    line = 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
