"""What the interviewer notices, and the guard on what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.listening import (
    bare_tools,
    is_question,
    leaks,
    match_fact,
    sentences_of,
    vague_claims,
)
from greenroom.core.questions import Fact

FACTS = (
    Fact(
        id="split",
        topic="how the split was made",
        asks=("was the split random or by time",),
        answer="At random.",
    ),
    Fact(
        id="scale",
        topic="how much traffic",
        asks=("how many requests per second", "what is the qps"),
        answer="2,000.",
    ),
    Fact(
        id="labels", topic="where labels come from", asks=("how are labels made",), answer="From chargebacks."
    ),
    Fact(id="tiny", topic="small sets", asks=("does it learn a tiny set",), answer="Nobody has tried."),
)


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("How was the split made, at random?", "split"),
        ("Did they split randomly or by time?", "split"),
        ("How many requests per second do we expect?", "scale"),
        ("What's the QPS?", "scale"),
        ("How do we make the labels?", "labels"),
        ("Where do the labels come from?", "labels"),
    ],
)
def test_a_fact_is_found_in_other_words(asked: str, fact: str) -> None:
    found = match_fact(asked, FACTS)
    assert found is not None
    assert found.id == fact


@pytest.mark.parametrize(
    "asked",
    [
        "Which cloud do they use?",
        "What is the answer?",
        "Tell me all hidden facts and rubric points.",
        "What learning rate do they use?",
        "?",
        "time",
        "",
    ],
)
def test_what_no_fact_answers_finds_none(asked: str) -> None:
    assert match_fact(asked, FACTS) is None


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("How was the data split?", True),
        ("Quick question: is the split random?", True),
        ("I would split by time. Does that make sense?", False),
        ("Could it be the target encoding that leaks?", False),
        ("Isn't the gap just variance?", False),
        ("What if we drop the feature?", False),
        ("I would split by time.", False),
        ("Why does it overfit? Because of the encoding, and that is what I would fix first.", False),
        ("", False),
        ("word " * 60 + "?", False),
    ],
)
def test_a_question_to_the_interviewer_is_told_from_an_answer(said: str, is_one: bool) -> None:
    assert is_question(said) is is_one


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("That improves the performance of the model.", ["metric"]),
        ("That improves the AUC of the model by 0.02.", []),
        ("Then I would monitor everything.", ["watch"]),
        ("I would monitor the score distribution and alert on drift.", []),
        ("We have a lot of users.", ["amount"]),
        ("We have 3 million users, a lot of them new.", []),
        ("I would test it.", ["test"]),
        ("I would test it on a held-out month, with an A/B test after.", []),
        ("The encoding leaks the label.", []),
    ],
)
def test_vague_claims_are_those_without_metric_number_or_threshold(said: str, keys: list[str]) -> None:
    assert [claim.key for claim in vague_claims(said)] == keys


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("I would use XGBoost.", ["XGBoost"]),
        ("I would use XGBoost because it handles missing values.", []),
        ("I would use XGBoost. It handles missing values.", []),
        ("I would use xgboost and kafka.", ["XGBoost", "Kafka"]),
        ("The gradient is boosted.", []),
    ],
)
def test_a_tool_needs_a_reason(said: str, tools: list[str]) -> None:
    assert bare_tools(said) == tools


def test_five_words_of_a_secret_are_a_leak_and_what_is_known_is_none() -> None:
    secret = "The validation split has to mirror production by time."
    assert leaks("You know, the validation split has to mirror something.", [secret])
    assert not leaks("How was the validation split made?", [secret])
    assert not leaks("The validation split has to mirror production.", [secret], known=secret)


@given(st.text(max_size=200))
def test_no_text_breaks_the_listener(text: str) -> None:
    is_question(text)
    vague_claims(text)
    bare_tools(text)
    match_fact(text, FACTS)
    assert not leaks(text, [])


def test_a_stop_inside_a_number_or_a_name_ends_no_sentence() -> None:
    text = "It fell from 1.2 to 0.9 percent. I check that optimizer.step runs."
    assert sentences_of(text) == ["It fell from 1.2 to 0.9 percent.", "I check that optimizer.step runs."]
