"""Markdown and maths of the bank."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.content import markdown
from greenroom.content.markdown import GAP, MarkdownInvalid, render_block, render_inline


def test_prices_are_no_maths() -> None:
    assert render_inline("It costs $5 and then $6, or \\$7.") == "It costs $5 and then $6, or $7."


def test_tex_becomes_mathml_with_an_unescaped_comparison_sign_safe() -> None:
    shown = render_inline("If $x < 1$ stop.")
    assert shown.startswith("If <math><mrow><mi>x</mi><mo>&#x0003C;</mo>")


@pytest.mark.parametrize("tex", ["x_{", r"\foo x"])
def test_unreadable_tex_is_refused(tex: str) -> None:
    with pytest.raises(MarkdownInvalid, match="the maths"):
        render_inline(f"See ${tex}$.")


@pytest.mark.parametrize(
    "tex", [r"\text{<script>alert(1)</script>}", r"\href{javascript:alert(1)}{x}", r"\text{a < b}"]
)
def test_markup_inside_maths_is_refused(tex: str) -> None:
    with pytest.raises(MarkdownInvalid, match="holds markup"):
        render_inline(f"See ${tex}$.")


def test_bold_letters_survive_mathml_core() -> None:
    assert "𝐱" in render_inline(r"$\mathbf{x}$")


def test_tables_and_code_are_kept() -> None:
    shown = render_block("| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx = 1  # $y$\n```")
    assert "<td>1</td>" in shown
    assert '<code class="language-python">x = 1  # $y$' in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "![x](https://example.org/x.png)",
        '<p style="x">',
        "```plot\nkind: bar\nx: ['</text><script>']\nseries: {'<b>': [1]}\ntitle: '\"><script>'\n```",
    ],
)
def test_hostile_markup_stays_text(hostile: str) -> None:
    shown = render_block(hostile)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "javascript:" not in shown.replace("(javascript:", "")
    assert " style=" not in shown.replace("&lt;p style=", "")


def test_a_gap_passes_as_one_character_and_other_private_characters_do_not() -> None:
    assert render_block(f"a {GAP} \ue000b\ue001") == f"<p>a {GAP} \ufffdb\ufffd</p>"


def test_a_plot_is_drawn_with_its_values() -> None:
    shown = render_block("```plot\nkind: line\nx: [0, 1]\nseries: {loss: [1, 0.5]}\ny_label: loss\n```")
    assert "<polyline" in shown
    assert 'aria-label="Plot of loss"' in shown


def test_a_plot_with_unequal_lengths_is_refused() -> None:
    with pytest.raises(MarkdownInvalid, match="one number for each x"):
        render_block("```plot\nkind: bar\nx: [a, b]\nseries: {n: [1]}\n```")


@given(st.text(st.sampled_from("ab 1,.;:()'\"=+%/?-–é\n"), min_size=1))
def test_the_short_way_for_plain_text_gives_what_markdown_gives(text: str) -> None:
    if "\n" not in text:
        assert render_inline(text) == markdown._rendered(text, is_inline=True).strip()
        if text.strip():
            assert render_block(text) == markdown._rendered(text, is_inline=False).strip()


@given(st.text())
def test_any_text_renders_or_is_refused_with_words(text: str) -> None:
    with contextlib.suppress(MarkdownInvalid):
        assert "<script" not in render_block(text)
