"""Coding problems, as compiled. Tests are code of the bank's and run only in the judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenroom.core.items import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A question asked after the code runs, with the points a strong answer covers."""

    ask: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One coding problem. `files` holds the sources of its folder, by name."""

    id: str
    hash: str
    title: str
    area: str
    topic: str
    level: Level
    minutes: float
    difficulty_logit: float
    profile: str
    """Judge profile: core, ml, sql or torch."""
    entry: str
    """Name of the function or class the candidate writes."""
    statement_html: str
    statement_text: str
    explanation_html: str
    hints: tuple[str, ...]
    follow_ups: tuple[FollowUp, ...]
    complexity: str
    roles: tuple[str, ...]
    companies: tuple[str, ...]
    time_limit_ms: int
    memory_mb: int
    files: Mapping[str, str]
    """starter.py, reference.py, tests.py, alternative_*.py, wrong_*.py"""
    path: str = ""
