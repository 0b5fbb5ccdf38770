"""Core values to plain records and back: what the compiled file holds, one record per line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from greenroom.core.ids import ItemId, Plain
from greenroom.core.items import (
    Blank,
    ChoiceSpec,
    ClozeSpec,
    Item,
    Kind,
    Level,
    NumericSpec,
    Option,
    OrderSpec,
    Slip,
    Spec,
    Step,
)

T = TypeVar("T")


def record_of(value: object) -> Any:  # Any: a plain JSON value, of the shape of the dataclass
    """Plain data of a core value; `value_of` reads it back."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, list | tuple):
        return [entry if type(entry) in _PLAIN else record_of(entry) for entry in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): record_of(entry) for key, entry in value.items()}
    return {name: record_of(getattr(value, name)) for name in _names(kind)}  # type: ignore[arg-type]  # mypy: a type is hashable


_PLAIN = frozenset({str, int, float, bool, NoneType})


@cache
def _names(cls: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


def value_of(cls: type[T], data: Plain) -> T:
    """The core value of plain data. Raises TypeError, KeyError or ValueError where the shape differs."""
    made: T = _built(cls, data)
    return made


@cache
def _hints(cls: type) -> dict[str, Any]:  # Any: types as values
    return get_type_hints(cls)


def _built(kind: Any, data: Any) -> Any:  # Any: types as values, JSON as values
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if data is None and NoneType in args:
            return None
        return _built(next(arg for arg in args if arg is not NoneType), data)
    if origin is tuple:
        if args[-1] is Ellipsis:
            return tuple(_built(args[0], entry) for entry in data)
        return tuple(_built(arg, entry) for arg, entry in zip(args, data, strict=True))
    if origin is not None:  # Mapping[str, X]
        return {key: _built(args[1], entry) for key, entry in data.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _built(hint, data[name]) for name, hint in _hints(kind).items() if name in data})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data


def item_of(data: Mapping[str, Any]) -> Item:  # Any: the compiled record, made by `record_of`
    """The item of its record. Written out because ten thousand of them are read at once."""
    kind = Kind(data["kind"])
    return Item(
        id=ItemId(data["id"]),
        hash=data["hash"],
        kind=kind,
        area=data["area"],
        topic=data["topic"],
        level=Level(data["level"]),
        minutes=data["minutes"],
        difficulty_logit=data["difficulty_logit"],
        stem_html=data["stem_html"],
        stem_text=data["stem_text"],
        spec=_spec_of(kind, data["spec"]),
        explanation_html=data["explanation_html"],
        sources=tuple(data["sources"]),
        family=data["family"],
        path=data["path"],
    )


def _spec_of(kind: Kind, data: Mapping[str, Any]) -> Spec:  # Any: as above
    match kind:
        case Kind.CHOICE | Kind.SEVERAL:
            return ChoiceSpec(options=tuple(Option(**entry) for entry in data["options"]))
        case Kind.NUMERIC:
            slips = tuple(Slip(**entry) for entry in data["slips"])
            return NumericSpec(**{**data, "slips": slips})
        case Kind.ORDER:
            return OrderSpec(steps=tuple(Step(**entry) for entry in data["steps"]))
        case Kind.CLOZE:
            return ClozeSpec(
                blanks=tuple(
                    Blank(accepted=tuple(entry["accepted"]), slips=tuple((a, b) for a, b in entry["slips"]))
                    for entry in data["blanks"]
                )
            )
