"""Coding problems in a browser: solved wrongly first, as people do, then rightly."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.a_bank import BANK
from tests.e2e.conftest import Site, Tabs

PROBLEM = BANK / "problems" / "roc-auc"
RIGHT = (PROBLEM / "reference.py").read_text()
WRONG = (PROBLEM / "wrong_ordinal_ranks.py").read_text()
CRASHING = "import numpy as np\n\n\ndef roc_auc(y, scores):\n    return y.sum() / scores.nothing\n"
JUDGED_MS = 30_000


def write(page: Page, code: str) -> None:
    """Replaces what stands in the editor, as pasting over a selection does."""
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(code)


def test_a_wrong_solution_shows_the_difference_and_the_corrected_one_is_accepted(
    greenroom: Site, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(f"{greenroom.url}/code")
    page.get_by_role("link", name="ROC-AUC from scores, with ties").click()
    write(page, WRONG)
    page.keyboard.press("ControlOrMeta+Enter")
    panel = page.locator("#verdict")
    expect(panel.get_by_role("heading", name="Wrong answer")).to_be_visible(timeout=JUDGED_MS)
    expect(panel).to_contain_text("4 of 5 visible tests pass")
    expect(panel).to_contain_text("0.75, expected 0.875")
    assert axe(page) == []

    write(page, RIGHT)
    page.keyboard.press("ControlOrMeta+Shift+Enter")
    expect(panel.get_by_role("heading", name="Accepted")).to_be_visible(timeout=JUDGED_MS)
    expect(panel).to_contain_text("13 of 13 hidden tests pass")
    panel.get_by_role("link", name="Reference and follow-up questions").click()
    expect(page.get_by_role("heading", name="Follow-up questions")).to_be_visible()
    page.locator("[data-follow] summary").first.click()
    page.locator("[data-follow] input").first.check()
    expect(page.locator("[data-follow-count]").first).to_have_text("1 of 3 said")
    assert axe(page) == []
    page.goto(f"{greenroom.url}/code?state=solved")
    expect(page.get_by_role("link", name="ROC-AUC from scores, with ties")).to_be_visible()


def test_an_error_marks_its_line_in_the_editor(greenroom: Site, page: Page) -> None:
    page.goto(f"{greenroom.url}/code/roc-auc")
    write(page, CRASHING)
    page.get_by_role("button", name="Run visible tests").click()
    expect(page.get_by_role("heading", name="Error while running")).to_be_visible(timeout=JUDGED_MS)
    expect(page.locator(".cm-line.cm-faulty")).to_have_text("    return y.sum() / scores.nothing")


def test_what_was_typed_is_there_after_a_reload(greenroom: Site, page: Page) -> None:
    page.goto(f"{greenroom.url}/code/k-means")
    write(page, "x = 41\n")
    page.locator("#notes").fill("empty clusters keep their centre")
    expect(page.locator("[data-kept]")).to_have_text("Saved")
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("x = 41")
    expect(page.locator("#notes")).to_have_value("empty clusters keep their centre")


def test_tab_indents_and_escape_then_tab_leaves_the_editor(greenroom: Site, page: Page) -> None:
    page.goto(f"{greenroom.url}/code/roc-auc")
    write(page, "")
    page.keyboard.press("Tab")
    page.keyboard.type("x")
    expect(page.locator("#source")).to_have_value("    x")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).not_to_be_focused()
    expect(page.locator("#source")).to_have_value("    x")


def test_typing_over_a_selection_is_silent_and_brackets_go_around_it(greenroom: Site, page: Page) -> None:
    page.goto(f"{greenroom.url}/code/roc-auc")
    write(page, "value")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("(")
    expect(page.locator("#source")).to_have_value("(value)")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("y")
    expect(page.locator("#source")).to_have_value("y")


def test_on_a_phone_problem_and_code_are_two_tabs(greenroom: Site, open_page: Tabs) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True)
    page.goto(f"{greenroom.url}/code/conv2d")
    expect(page.get_by_role("button", name="Submit")).to_be_hidden()
    page.get_by_role("tab", name="Code").click()
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    expect(page.get_by_role("heading", name="2-D convolution with padding and stride")).to_be_visible()
    expect(page.get_by_label("Your notes")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_script_the_textarea_is_the_editor(greenroom: Site, open_page: Tabs) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{greenroom.url}/code/roc-auc")
    page.get_by_label("Your code").fill(WRONG)
    page.get_by_label("Your notes").fill("kept")
    page.get_by_role("button", name="Submit").click(timeout=JUDGED_MS)
    expect(page.get_by_role("heading", name="Wrong answer")).to_be_visible(timeout=JUDGED_MS)
    page.get_by_text("Hint 1 of 3").click()
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("Rank all scores together")).to_be_visible()
    expect(page.get_by_label("Your notes")).to_have_value("kept")


def test_giving_up_opens_the_reference(greenroom: Site, page: Page) -> None:
    page.goto(f"{greenroom.url}/code/bpe")
    page.get_by_text("Give up and read the reference").click()
    page.get_by_role("button", name="Give up", exact=True).click()
    expect(page.get_by_role("heading", name="Solutions")).to_be_visible()
    expect(page.locator(".cm-content").first).to_contain_text("class BPE")
