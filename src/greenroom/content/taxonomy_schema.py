"""Shapes of `bank/taxonomy/`: areas, roles, levels, loops."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, field_validator

from greenroom.content.schema import Shape, Slug, Text, Texts


class AreaShape(Shape):
    """One of the 33 areas. A topic is a slug, or `slug: Its title`."""

    title: Text
    topics: Annotated[list[Slug | dict[Slug, Text]], Field(min_length=1)]


class AreasShape(Shape):
    """`areas.yaml`."""

    areas: dict[Slug, AreaShape]


class RoleShape(Shape):
    """One role: weights need not sum to 1, the build does that; areas left out weigh nothing."""

    title: Text
    summary: Text
    angle: Text
    weights: dict[Slug, Annotated[float, Field(ge=0)]]
    signals: dict[Text, float]

    @field_validator("weights")
    @classmethod
    def _weighs_something(cls, weights: dict[str, float]) -> dict[str, float]:
        if sum(weights.values()) <= 0:
            raise ValueError("the weights sum to nothing")
        return weights


class LevelShape(Shape):
    """One level of seniority."""

    title: Text
    expected_logit: float
    weight_factors: dict[Slug, Annotated[float, Field(ge=0)]] = {}
    expects: Texts = []


class RoundShape(Shape):
    """One round of a loop."""

    kind: Slug
    title: Text
    minutes: Annotated[int, Field(gt=0, le=600)]
    allows_assistant: bool
    competencies: list[Slug] = []
    note: str = ""


class LoopShape(Shape):
    """`loops/<company>.yaml`."""

    title: Text
    source: Text
    as_of: str
    note: str = ""
    rounds: Annotated[list[RoundShape], Field(min_length=1)]

    @field_validator("as_of")
    @classmethod
    def _is_a_date(cls, value: str) -> str:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("as_of is an ISO date, 2026-01-31")
        return value
