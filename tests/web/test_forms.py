"""Fields of a form are read strictly, and what cannot be used says so."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.errors import InputRejected
from greenroom.web.forms import Form, new_event_id


def form(**fields: str) -> Form:
    return Form(fields={name: [value] for name, value in fields.items()})


def test_line_ends_and_outer_space_are_normalised() -> None:
    assert form(text="  a\r\nb\rc  ").text("text") == "a\nb\nc"


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(InputRejected, match="holds 11 characters; 10 fit"):
        form(text="x" * 11).text("text", max_chars=10)


def test_right_to_left_text_and_emoji_are_text() -> None:
    assert form(text="مرحبا 👩‍💻 שלום").text("text") == "مرحبا 👩‍💻 שלום"


@pytest.mark.parametrize("value", ["a\x00b", "\x1b[31m", "\ud800"])
def test_control_characters_are_not_text(value: str) -> None:
    with pytest.raises(InputRejected, match="not text"):
        form(text=value).text("text")


@pytest.mark.parametrize("value", ["nan", "inf", "1e400", "-1", "11", "seven", "1 2"])
def test_a_number_outside_its_range_is_refused(value: str) -> None:
    with pytest.raises(InputRejected, match="from 0 to 10"):
        form(hours=value).number("hours", low=0, high=10)


def test_a_comma_may_be_the_decimal_sign() -> None:
    assert form(hours="7,5").number("hours", low=0, high=10) == 7.5


def test_an_empty_number_is_none() -> None:
    assert form(hours=" ").number("hours", low=0, high=10) is None


def test_a_day_is_read_and_a_wrong_one_refused() -> None:
    assert form(day="2027-03-31").day("day") == date(2027, 3, 31)
    with pytest.raises(InputRejected, match="2027-03-31"):
        form(day="31.03.2027").day("day")


def test_a_fresh_event_id_is_accepted_and_a_made_up_one_is_not() -> None:
    assert form(event_id=new_event_id()).event_id()
    with pytest.raises(InputRejected):
        form(event_id="<script>").event_id()


@given(st.text())
def test_any_text_is_read_or_refused_never_a_crash(value: str) -> None:
    for read in (
        lambda: form(x=value).text("x"),
        lambda: form(x=value).number("x", low=0, high=1),
        lambda: form(x=value).whole("x", low=0, high=1),
        lambda: form(x=value).day("x"),
        lambda: form(x=value).event_id("x"),
        lambda: form(x=value).choice("x", ["a"]),
    ):
        with suppress(InputRejected):
            read()
