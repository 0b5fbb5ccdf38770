"""The bank of this repository, compiled: every record reads back as the value it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.content.bank import CompiledBank
from greenroom.content.compiling import bank_of, compile_bank
from greenroom.content.records import record_of, value_of
from greenroom.core.items import ChoiceSpec, Kind
from greenroom.core.problems import Problem
from greenroom.core.taxonomy import Seniority, Taxonomy


@pytest.fixture(scope="module")
def bank() -> CompiledBank:
    return bank_of(compile_bank(Path(__file__).parents[2] / "bank"))


def test_the_map_is_whole(bank: CompiledBank) -> None:
    taxonomy = bank.taxonomy
    assert len(taxonomy.areas) == 33
    assert len(taxonomy.topics) >= 409
    assert len(taxonomy.roles) == 7
    assert set(taxonomy.levels) == set(Seniority)
    assert {"general", "google", "meta", "amazon", "openai-style", "anthropic-style", "start-up"} <= set(
        taxonomy.loops
    )
    for role in taxonomy.roles.values():
        assert sum(role.weights.values()) == pytest.approx(1)
    assert value_of(Taxonomy, record_of(taxonomy)) == taxonomy


def test_every_named_mistake_is_declared_and_every_item_has_a_key(bank: CompiledBank) -> None:
    for item in bank.items.values():
        if isinstance(item.spec, ChoiceSpec):
            right = [option for option in item.spec.options if option.is_right]
            assert len(right) == 1 if item.kind is Kind.CHOICE else len(right) >= 2
            for option in item.spec.options:
                assert option.is_right or option.misconception in bank.misconceptions
        assert item.explanation_html
        assert item.sources
        assert item.topic in bank.taxonomy.topics


def test_everything_else_is_read(bank: CompiledBank) -> None:
    for problem in bank.problems.values():
        assert value_of(Problem, record_of(problem)) == problem
    sections = (bank.open_questions, bank.design_cases, bank.story_prompts, bank.misconceptions)
    assert all(value.id == id_ for section in sections for id_, value in section.items())
    assert set(bank.item_notes) == set(bank.items)
    assert sum(family["variants"] for family in bank.families.values()) == sum(
        item.family is not None for item in bank.items.values()
    )
