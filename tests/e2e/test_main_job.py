"""The whole main job of a new person: job, diagnostic, map, plan, practice, code, mock, debrief, progress."""

from __future__ import annotations

import re
from datetime import date, timedelta

from icalendar import Calendar
from playwright.sync_api import Page, expect
from tests.a_bank import BANK
from tests.e2e.conftest import Site
from tests.e2e.journey import JOB, answer_question

JUDGED_MS = 30_000


def test_a_new_person_goes_from_a_job_description_to_measured_progress(greenroom: Site, page: Page) -> None:
    page.goto(greenroom.url)
    page.get_by_role("link", name="Begin with the job").click()

    page.get_by_label("Job description").fill(JOB)
    page.get_by_role("button", name="Read it").click()
    reading = page.locator("section", has_text="What the text says")
    expect(reading).to_contain_text("LLM application engineer")
    expect(reading).to_contain_text("Because it says")
    page.get_by_text("The text with the phrases marked").click()
    assert page.locator(".jd mark").count() >= 3
    assert page.locator("input[name=seniority]:checked").input_value() == "senior"
    interview_on = date.today() + timedelta(weeks=6)  # the server's day may differ by one: not asserted
    page.get_by_label("Date of the interview").fill(interview_on.isoformat())
    page.get_by_label("Hours a week").fill("6")
    page.get_by_role("button", name="Save and see where I stand").click()

    page.get_by_role("button", name="Start the diagnostic").click()
    for number in range(1, 5):
        expect(page.get_by_text(f"{number} of about 20")).to_be_visible()
        answer_question(page, sure=1 + number % 5)
        page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Stop and see the map").click()
    expect(page.get_by_role("heading", name="Where you stand")).to_be_visible()
    expect(page.locator(".map__table tbody tr:not(.map__group)")).to_have_count(33)
    expect(page.locator("body")).to_contain_text("little evidence")

    page.get_by_role("link", name="See your plan").click()
    expect(page.get_by_role("heading", name="Week by week")).to_be_visible()
    assert page.locator(".session").count() >= 20
    with page.expect_download() as download:
        page.get_by_role("link", name="Calendar file").click()
    calendar = Calendar.from_ical(download.value.path().read_bytes())
    assert len(calendar.walk("VEVENT")) == page.locator(".session").count() + 1

    page.get_by_role("link", name="Practice", exact=True).click()
    expect(page.locator(".eyebrow").first).to_be_visible()
    answer_question(page, sure=4)
    expect(page.locator("body")).to_contain_text(re.compile("You meet this one again"))
    page.get_by_role("link", name="Next").click()
    expect(page.locator("form[data-question]")).to_be_visible()

    solve_a_problem(page)
    sit_a_mock(page)

    page.get_by_role("link", name="Progress", exact=True).click()
    expect(page.locator(".stat").first).to_contain_text("5")
    expect(page.locator("body")).to_contain_text("Brier score")

    page.get_by_role("link", name="Greenroom").first.click()
    expect(page.locator(".countdown")).to_contain_text("to the interview")


def solve_a_problem(page: Page) -> None:
    """In the editor: runs the starter, submits the reference, reads the verdict."""
    page.get_by_role("link", name="Code", exact=True).click()
    page.get_by_role("link", name="ROC-AUC from scores, with ties").click()
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+Enter")
    panel = page.locator("#verdict")
    expect(panel.get_by_role("heading", name="Error while running")).to_be_visible(timeout=JUDGED_MS)
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text((BANK / "problems/roc-auc/reference.py").read_text())
    page.get_by_role("button", name="Submit").click()
    expect(panel.get_by_role("heading", name="Accepted")).to_be_visible(timeout=JUDGED_MS)


def sit_a_mock(page: Page) -> None:
    """The 60-minute mock: answers once, is probed, ends it, reads the debrief; its actions are in the plan."""
    page.get_by_role("link", name="Mock", exact=True).click()
    page.get_by_role("button", name="Start the 60-minute mock").click()
    expect(page.locator("[data-room]")).to_be_visible()
    before = page.locator(".said--interviewer").count()
    page.get_by_label("Your turn").fill(
        "I would first measure on a held-out set, because a number on the training data says nothing about users."
    )
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(".said--interviewer")).not_to_have_count(before)
    page.locator("summary", has_text="End").click()
    page.get_by_role("button", name="End the mock now").click()
    page.wait_for_url("**/debrief")
    expect(page.get_by_role("heading", name="The 60-minute mock")).to_be_visible()
    expect(page.locator("section", has_text="Three next actions").locator("li")).to_have_count(3)
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.locator("body")).to_contain_text("A mock interview showed what to work on.")


def test_a_text_that_is_no_job_description_gets_a_clear_answer(greenroom: Site, page: Page) -> None:
    page.goto(f"{greenroom.url}/start")
    for text in (
        "",
        "Whisk two eggs with the sugar until pale, then fold in the flour. " * 8,
        "مرحبا بكم " * 60,
    ):
        page.get_by_label("Job description").fill(text)
        page.get_by_role("button", name="Read it").click()
        expect(page.locator(".notice--warn")).to_be_visible()
        expect(page.locator("form[action='/start/read']")).to_be_visible()
