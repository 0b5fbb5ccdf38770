"""Questions of every kind: by keyboard, without script, in two tabs, and with the back button."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, Tabs
from tests.e2e.journey import answer_question, fill_question

TOPIC_OF = {
    "choice": "area-0-topic-0",
    "several": "area-0-topic-1",
    "numeric": "area-0-topic-2",
    "order": "area-0-topic-3",
    "cloze": "area-1-topic-0",
}
"""The generated bank has a topic for each kind of item."""


def kind_on(page: Page) -> str:
    if page.locator("[data-options] input[type=checkbox]").count():
        return "several"
    if page.locator("[data-options]").count():
        return "choice"
    if page.locator("#number").count():
        return "numeric"
    return "order" if page.locator("[data-order]").count() else "cloze"


@pytest.mark.parametrize("kind", TOPIC_OF)
def test_every_kind_is_answered_by_keyboard_alone(studio: Site, page: Page, kind: str) -> None:
    page.goto(f"{studio.url}/practice?topic={TOPIC_OF[kind]}")
    assert kind_on(page) == kind
    if kind in {"choice", "several"}:
        page.keyboard.press("2")
        expect(page.locator("[data-options] input").nth(1)).to_be_checked()
    elif kind in {"numeric", "cloze"}:
        page.locator("#number, input.blank").first.focus()
        page.keyboard.type("7")
        page.keyboard.press("Tab")
        page.locator(":focus").blur()
    page.keyboard.press("c")
    page.keyboard.press("4")
    expect(page.locator("[data-confidence] input").nth(3)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_have_count(0)


@pytest.mark.parametrize("kind", ["numeric", "cloze"])
def test_a_digit_typed_at_once_goes_into_the_field(studio: Site, page: Page, kind: str) -> None:
    page.goto(f"{studio.url}/practice?topic={TOPIC_OF[kind]}")
    page.keyboard.type("0.5")
    expect(page.locator("#number, input.blank").first).to_have_value("0.5")
    expect(page.locator(".verdict")).to_have_count(0)


def test_enter_asks_for_confidence_before_it_answers(studio: Site, page: Page) -> None:
    page.goto(f"{studio.url}/practice?topic=area-0-topic-0")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") in {"confidence", "option", "number"}
    expect(page.locator(".verdict")).to_have_count(0)


def test_lines_are_put_in_order_with_arrow_keys_and_buttons(studio: Site, page: Page) -> None:
    page.goto(f"{studio.url}/practice?topic=area-0-topic-3")
    lines = page.locator("[data-line]")
    expect(lines).to_have_count(4)
    first = lines.nth(0).get_attribute("data-key")
    lines.nth(0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert lines.nth(2).get_attribute("data-key") == first
    expect(page.locator("[data-order-said]")).to_have_text("Now line 3 of 4.")
    for place, key in enumerate("abcd"):
        while page.locator(f"[data-line][data-key={key}] [data-line-number]").inner_text() != str(place + 1):
            page.locator(f"[data-line][data-key={key}]").get_by_label("Move up").click()
    page.keyboard.press("c")
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_contain_text("Right")


@pytest.mark.parametrize("kind", TOPIC_OF)
def test_every_kind_works_as_a_plain_form_without_script(studio: Site, open_page: Tabs, kind: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{studio.url}/practice?topic={TOPIC_OF[kind]}")
    assert kind_on(page) == kind
    answer_question(page)
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".verdict")).to_have_count(0)


def test_a_wrong_option_names_its_misconception_with_diagnosis_and_remedy(studio: Site, page: Page) -> None:
    page.goto(f"{studio.url}/practice?topic=area-0-topic-2")
    page.fill("#number", "-1")
    page.locator("[data-confidence] label").nth(4).click()
    page.get_by_role("button", name="Answer").click()
    lesson = page.locator(".diagnosis")
    expect(lesson).to_contain_text("The slip of area-0")
    expect(lesson).to_contain_text("You took the part for the whole.")
    expect(lesson).to_contain_text("Write the whole down first.")


def test_two_tabs_that_answer_the_same_question_count_once(studio: Site, open_page: Tabs) -> None:
    one = open_page()
    two = open_page.another(one.context)
    one.goto(f"{studio.url}/practice")
    two.goto(f"{studio.url}/practice")
    answer_question(one)
    answer_question(two)
    expect(two.locator(".notice")).to_contain_text("The first answer counts")
    one.goto(f"{studio.url}/progress")
    expect(one.locator(".stat").first).to_contain_text("1")


def test_the_back_button_after_an_answer_shows_the_next_question_not_the_old_form(
    studio: Site, page: Page
) -> None:
    page.goto(f"{studio.url}/")
    page.goto(f"{studio.url}/practice")
    before = page.locator("input[name=item_id]").input_value()
    answer_question(page)
    page.goto(f"{studio.url}/plan")
    page.go_back()
    expect(page.locator("form[data-question]")).to_be_visible()
    assert page.locator("input[name=item_id]").input_value() != before


def test_an_answer_typed_while_the_server_is_away_is_not_lost(studio: Site, open_page: Tabs) -> None:
    open_page.tolerated += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to load", "htmx:"]
    page = open_page()
    page.goto(f"{studio.url}/practice?topic=area-0-topic-2")
    page.fill("#number", "2")
    page.locator("[data-confidence] label").nth(2).click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing you typed is lost")
    assert page.locator("#number").input_value() == "2"
    page.context.set_offline(False)
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(".verdict")).to_be_visible()


def test_a_bad_number_is_explained_above_the_form_and_stays_typed(studio: Site, open_page: Tabs) -> None:
    open_page.tolerated += ["422"]
    page = open_page()
    page.goto(f"{studio.url}/practice?topic=area-0-topic-2")
    page.fill("#number", "about seven")
    page.locator("[data-confidence] label").nth(2).click()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("alert")).to_contain_text("could not be read")
    assert page.locator("#number").input_value() == "about seven"


def test_the_question_mark_opens_the_shortcuts_and_g_p_goes_to_practice(studio: Site, page: Page) -> None:
    page.goto(f"{studio.url}/help")
    page.keyboard.press("?")
    expect(page.locator("dialog#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#shortcuts")).not_to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/practice")


def test_keys_typed_into_a_field_stay_in_the_field(studio: Site, page: Page) -> None:
    page.goto(f"{studio.url}/practice?topic=area-0-topic-2")
    page.locator("#number").focus()
    page.keyboard.type("1e3")
    assert page.locator("#number").input_value() == "1e3"
    expect(page.locator("[data-confidence] input:checked")).to_have_count(0)


def test_answering_needs_no_more_than_the_visible_page(studio: Site, page: Page) -> None:
    page.goto(f"{studio.url}/practice")
    fill_question(page)
    expect(page.get_by_role("button", name="I don’t know")).to_be_visible()
    page.get_by_role("button", name="I don’t know").click()
    expect(page.locator(".verdict")).to_contain_text("Now you will know")
