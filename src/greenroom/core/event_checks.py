"""Checks an event that comes from outside (an import, a phone's queue) before it may enter the log.

The types are checked against the payload's annotations, the values against what the folds rely on: a
checked payload folds without an error.
"""

from __future__ import annotations

import math
import types
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from greenroom.core import events
from greenroom.core.errors import GreenroomError
from greenroom.core.events import Answered, HintTaken, Judged, MemoryFitted, Payload, ProfileSaved
from greenroom.core.ids import is_event_id
from greenroom.core.items import Kind
from greenroom.core.memory import LOWER_WEIGHTS, UPPER_WEIGHTS
from greenroom.core.scoring import response_of
from greenroom.core.taxonomy import Seniority
from greenroom.core.verdicts import Outcome

EARLIEST_MS = 0
LATEST_MS = 7_258_118_400_000
"""Beginning of the year 2200: later instants are taken for another unit."""
_MOST_LOGIT = 20.0
_MOST_COUNT = 10**9


def fault_of(at_ms: object, payload: Payload) -> str | None:
    """What is wrong with the event, in words for the person who sent it; None where it may be kept."""
    if isinstance(at_ms, bool) or not isinstance(at_ms, int) or not EARLIEST_MS <= at_ms < LATEST_MS:
        return "at_ms is no time in milliseconds"
    for name, hint in _hints(payload.kind).items():
        if not _fits(getattr(payload, name), hint):
            return f"{name} has the wrong type"
    match payload:
        case Answered():
            return _fault_of_answer(payload)
        case Judged():
            return _fault_of_judged(payload)
        case ProfileSaved():
            return _fault_of_profile(payload)
        case MemoryFitted():
            return _fault_of_fit(payload)
        case HintTaken(number=number) if not 0 < number < _MOST_COUNT:
            return "number is out of range"
    return None


def _fault_of_answer(answered: Answered) -> str | None:
    confidence = answered.confidence_01
    checks = {
        "credit_01 is not within 0 to 1": 0 <= answered.credit_01 <= 1,
        "guess_01 is not within 0 to 1": 0 <= answered.guess_01 < 1,
        "confidence_01 is not within 0 to 1": confidence is None or 0 <= confidence <= 1,
        "difficulty_logit is out of range": abs(answered.difficulty_logit) <= _MOST_LOGIT,
        "item_kind is not known": answered.item_kind in set(Kind),
        "item_id or topic is empty": bool(answered.item_id and answered.topic),
        "session_id has the wrong form": is_event_id(answered.session_id),
        "elapsed_ms is out of range": 0 <= answered.elapsed_ms < LATEST_MS,
    }
    for words, holds in checks.items():
        if not holds:
            return words
    try:
        response_of(answered.response)
    except GreenroomError:
        return "response is no answer"
    return None


def _fault_of_judged(judged: Judged) -> str | None:
    checks = {
        "outcome is not known": judged.outcome in set(Outcome),
        "passed and total do not fit": 0 <= judged.passed <= judged.total < _MOST_COUNT,
        "hints_used is out of range": 0 <= judged.hints_used < _MOST_COUNT,
        "difficulty_logit is out of range": abs(judged.difficulty_logit) <= _MOST_LOGIT,
        "problem_id or topic is empty": bool(judged.problem_id and judged.topic),
    }
    return next((words for words, holds in checks.items() if not holds), None)


def _fault_of_profile(saved: ProfileSaved) -> str | None:
    if saved.seniority not in set(Seniority):
        return "seniority is not known"
    if not saved.role_mix or not all(0 <= share <= 1 for share in saved.role_mix.values()):
        return "role_mix holds no shares"
    if not 0 < saved.hours_per_week <= 168:
        return "hours_per_week is out of range"
    if abs(saved.expected_logit) > _MOST_LOGIT:
        return "expected_logit is out of range"
    if not all(1 <= step <= 5 for step in saved.self_report.values()):
        return "self_report has a step outside 1 to 5"
    if saved.interview_on is not None:
        try:
            date.fromisoformat(saved.interview_on)
        except ValueError:
            return "interview_on is no day"
    return None


def _fault_of_fit(fitted: MemoryFitted) -> str | None:
    bounds = list(zip(LOWER_WEIGHTS, UPPER_WEIGHTS, strict=True))
    if len(fitted.weights) != len(bounds):
        return f"weights are not {len(bounds)}"
    if not all(low <= weight <= high for weight, (low, high) in zip(fitted.weights, bounds, strict=True)):
        return "weights are out of bounds"
    if not 0 <= fitted.n_reviews < _MOST_COUNT:
        return "n_reviews is out of range"
    return None


@lru_cache(maxsize=64)
def _hints(kind: str) -> Mapping[str, Any]:  # Any: annotations are objects of many kinds
    cls = events.KINDS[kind]
    hints = get_type_hints(cls, vars(events))
    return {field.name: hints[field.name] for field in fields(cls)}


def _fits(value: object, hint: Any) -> bool:  # Any: an annotation
    """Whether a JSON value fits the annotation of a payload field."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return any(_fits(value, part) for part in get_args(hint))
    if origin is list:
        (entry,) = get_args(hint)
        return isinstance(value, list) and all(_fits(part, entry) for part in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        _, entry = get_args(hint)
        return isinstance(value, Mapping) and all(
            isinstance(key, str) and (_is_plain(part) if _is_recursive(entry) else _fits(part, entry))
            for key, part in value.items()
        )
    if hint is float:
        return _is_number(value)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if hint is type(None):
        return value is None
    return isinstance(hint, type) and isinstance(value, hint)


def _is_recursive(hint: Any) -> bool:  # Any: an annotation
    """True for `Plain`, a union that holds itself: checked by `_is_plain` instead."""
    return (
        get_origin(hint) in (Union, types.UnionType)
        and type(None) in get_args(hint)
        and len(get_args(hint)) > 4
    )


def _is_plain(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_plain(part) for key, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(_is_plain(part) for part in value)
    return value is None or isinstance(value, bool | str) or _is_number(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
