"""Every page, light and dark, phone and desk: no serious accessibility finding, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, Tabs
from tests.e2e.journey import JOB, answer_question, set_goal

PAGES = (
    "/", "/start", "/practice", "/plan", "/progress", "/diagnostic", "/bank", "/settings", "/help", "/nowhere",
)  # fmt: skip
MOST_BYTES_OF_FIRST_PRACTICE_PAGE = 60_000


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1440), ("dark", 360), ("dark", 1440), ("light", 360)]
)
def test_no_page_has_a_serious_accessibility_finding_or_overflows(
    studio: Site,
    open_page: Tabs,
    axe: Callable[[Page], list[str]],
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    open_page.tolerated += ["404"]
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page.goto(studio.url)  # the welcome of a new person
    findings = {"welcome": axe(page)}
    set_goal(page, studio.url)
    page.get_by_role("button", name="Start the diagnostic").click()
    findings["diagnostic question"] = axe(page)
    for _ in range(5):
        answer_question(page)
        findings[f"answered {page.locator('.eyebrow').first.inner_text()}"] = axe(page)
        page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Stop and see the map").click()
    expect(page.locator(".map")).to_be_visible()
    findings["map"] = axe(page)
    wide = []
    for path in PAGES:
        page.goto(studio.url + path)
        findings[path] = axe(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert {name: found for name, found in findings.items() if found} == {}
    assert wide == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_the_shipped_content_reads_well_too(
    greenroom: Site,
    open_page: Tabs,
    axe: Callable[[Page], list[str]],
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{greenroom.url}/start")
    page.get_by_label("Job description").fill(JOB)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".jd mark").first).to_be_visible()
    findings = {"reading": axe(page)}
    wide = []
    for path in ("/practice", "/bank", "/bank?q=matrix", "/code", "/code/k-means", "/interview", "/help"):
        page.goto(greenroom.url + path, wait_until="networkidle")
        findings[path] = axe(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert {name: found for name, found in findings.items() if found} == {}
    assert wide == []


def test_the_first_practice_page_is_small(greenroom: Site, page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{greenroom.url}/practice", wait_until="networkidle")
    assert 20_000 < sum(sizes) <= MOST_BYTES_OF_FIRST_PRACTICE_PAGE


def test_the_appearance_is_switched_and_remembered(studio: Site, page: Page) -> None:
    page.goto(studio.url)
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.get_by_role("button", name="Switch to dark appearance").click()
    dark = page.evaluate(background)
    assert dark != light
    page.goto(f"{studio.url}/help")
    assert page.evaluate(background) == dark


def test_a_person_without_script_switches_the_appearance_too(studio: Site, open_page: Tabs) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{studio.url}/help")
    page.get_by_role("button", name="Switch to dark appearance").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url.endswith("/help")


def test_data_goes_out_and_comes_in_and_is_gone_in_the_browser(studio: Site, page: Page) -> None:
    page.goto(f"{studio.url}/practice")
    answer_question(page)
    page.goto(f"{studio.url}/settings")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    kept = download.value.path()
    page.get_by_label("Type “delete” to confirm").fill("delete")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.locator(".notice")).to_contain_text("Everything was deleted")
    page.goto(f"{studio.url}/settings")
    page.get_by_label("An exported file").set_input_files(kept)
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".notice")).to_contain_text("1 events were added")
    page.goto(f"{studio.url}/settings")
    page.get_by_label("An exported file").set_input_files(kept)
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".notice")).to_contain_text("were not counted twice")
