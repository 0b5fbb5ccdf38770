"""STAR by rules: parts, shares, I and we, numbers, length."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.star import WORDS_PER_MINUTE, Part, features

STORIES = Path(__file__).parents[2] / "bank/stories"
TOLD = (
    "At my last company the fraud model served 2,000 requests a second. My goal was to cut false alarms by a third. "
    "I first measured where the alarms came from. I split them by merchant and found that most came from new ones. "
    "I built a hierarchical prior and ran a shadow test for two weeks. I presented it to risk. "
    "As a result false alarms fell by 38 percent and recall stayed where it was."
)


def test_the_parts_of_a_told_story_are_found_in_order() -> None:
    found = features(TOLD)
    assert [span.part for span in found.spans] == list(Part)
    assert found.missing == ()
    assert found.shares[Part.ACTION] > 0.4


def test_a_result_with_a_number_is_seen_and_one_without_is_not() -> None:
    assert features(TOLD).has_quantified_result
    assert not features(TOLD.replace("38 percent", "quite a bit")).has_quantified_result


def test_a_number_outside_the_result_does_not_quantify_it() -> None:
    assert not features(
        "At my last company we had 40 models. I fixed the pipeline. In the end it worked."
    ).has_quantified_result


def test_we_for_i_is_noticed() -> None:
    assert features("We built it. We ran it. We fixed it and our team shipped it.").says_we_for_i
    assert not features(TOLD).says_we_for_i


def test_a_story_without_a_deed_lacks_the_action() -> None:
    assert Part.ACTION in features("Our team had a model in production. The goal was to improve it.").missing


def test_length_is_given_in_spoken_minutes() -> None:
    assert features("word " * WORDS_PER_MINUTE).spoken_minutes == pytest.approx(1.0)


def test_an_empty_story_has_nothing() -> None:
    found = features(" \n ")
    assert (found.spans, found.words, sum(found.shares.values()), found.balance_01) == ((), 0, 0.0, 0.0)


@given(st.text(max_size=400))
def test_shares_sum_to_one_and_spans_lie_in_order_for_any_text(text: str) -> None:
    found = features(text)
    total = sum(found.shares.values())
    assert total == pytest.approx(1.0) or (found.words == 0 and total == 0)
    ends = [0, *(span.end for span in found.spans)]
    assert all(start >= end for start, end in zip((s.start for s in found.spans), ends, strict=False))
    assert all(text[span.start : span.end].strip() for span in found.spans)
    assert 0.0 <= found.balance_01 <= 1.0 + 1e-9


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.yaml")), ids=lambda path: str(path.stem))
def test_a_strong_story_of_the_bank_ends_in_a_number(path: Path) -> None:
    story = yaml.safe_load(path.read_text())["samples"]["strong"]["text"]
    found = features(story)
    assert found.has_quantified_result, found.spans
    assert not any(number.rstrip().endswith((" m", " M", ".")) for number in found.numbers)


def test_a_result_told_as_falling_back_is_a_result_with_a_number() -> None:
    found = features(
        "Our fraud model had been live for a year when chargebacks went up by 20 percent. I was responsible for it. "
        "I compared live features with the training data and wrote a backfill. "
        "Chargebacks fell back from 1.2 to 0.9 percent within three weeks."
    )
    assert found.has_quantified_result
    assert found.shares[Part.RESULT] > 0
