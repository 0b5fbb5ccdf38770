"""Drafts: what becomes an item says exactly what the draft said; all else is refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from greenroom.content.exchange.drafts import (
    Draft,
    DraftAnswer,
    draft_of,
    slug_of,
    validated,
)
from greenroom.content.exchange.rich_text import html_of, markdown_of_html
from greenroom.content.reading import read_items

LINES = st.lists(st.text(st.sampled_from("ab1 -#>=~[]x`{}|.$:'\"é"), max_size=12), min_size=1, max_size=4)
TEXT = LINES.map("\n".join)


def a_draft(stem: str, options: list[str], explanation: str, key: int = 0) -> Draft:
    return Draft(
        slug="one",
        kind="choice",
        stem=stem,
        answers=tuple(
            DraftAnswer(mark="x", text=text)
            if k == key
            else DraftAnswer(mark=" ", text=text, misconception="m")
            for k, text in enumerate(options)
        ),
        explanation=explanation,
        sources=("A book: chapter 1, with # and 'quotes'.",),
        check="assert 1\nassert 2\n",
        waive={"odd-form": "Because."},
        tags=("tag",),
    )


@given(TEXT, st.lists(TEXT, min_size=4, max_size=5, unique=True), TEXT, st.integers(0, 3))
@example("Stem\n- [ ] option", ["a", "b", "c", "d"], "e", 0)
@example("Stem\n## heading", ["a", "b", "c", "d"], "e", 0)
@example("Stem\n```\nopen", ["a", "b", "c", "d"], "e", 0)
@example("Stem", ["right {not}", "b", "c", "d"], "e", 0)
@example("Stem\n> quote", ["a", "b", "c", "d"], "e", 0)
def test_an_item_says_what_its_draft_said_or_there_is_none(
    stem: str, options: list[str], explanation: str, key: int
) -> None:
    draft = a_draft(stem, options, explanation, key)
    compiled = validated(draft, topic="t", area="a")
    if compiled.item is None:
        assert compiled.findings
        return
    notes = {"explanation": compiled.explanation, "check": compiled.check, "waived": compiled.waived,
             "tags": compiled.tags}  # fmt: skip
    back = draft_of(compiled.item, notes)
    assert back.stem.split() == draft.stem.split()
    assert back.explanation.split() == draft.explanation.split()
    assert [a.text.split() for a in back.answers] == [a.text.split() for a in draft.answers]
    assert [a.mark for a in back.answers] == [a.mark for a in draft.answers]
    assert back.sources == draft.sources
    assert back.check == draft.check


def test_a_plain_draft_becomes_an_item() -> None:
    assert validated(a_draft("What?", ["a", "b", "c", "d"], "So."), topic="t", area="a").item is not None


@given(st.text(max_size=300))
def test_reading_any_text_never_raises(text: str) -> None:
    for item in read_items(text, "p").items:
        assert item.line >= 1


@given(st.text(max_size=200))
def test_any_html_becomes_text_without_tags_that_run(text: str) -> None:
    assert "<script" not in html_of(markdown_of_html(text))


@pytest.mark.parametrize(
    "text",
    [
        "One *two* **three** `four` $x_1 < 2$.",
        "First.\n\nSecond.",
        "- one\n- two",
        "1. one\n2. two",
        "```python\nx = {1: [2]}  # <b>\n```",
        "| a | b |\n|---|---|\n| 1 | `x` |",
        "$$x^2$$",
        "It costs \\$5 \\* 2.",
    ],
)
def test_markdown_survives_the_way_through_html(text: str) -> None:
    assert markdown_of_html(html_of(text)) == text


def test_slugs_are_words_and_differ() -> None:
    taken: set[str] = set()
    assert [slug_of("What is F1, really?", taken) for _ in range(3)] == [
        "what-is-f1-really",
        "what-is-f1-really-2",
        "what-is-f1-really-3",
    ]
    assert slug_of("???", taken) == "item"
