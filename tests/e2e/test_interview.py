"""A whole mock in Chromium on a fast clock, its debrief; a server killed in the middle; a phone; no script."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.a_bank import BANK
from tests.a_mock import a_bank_file
from tests.e2e.conftest import Tabs

STRONG = (
    "Before I believe the 0.78 I want to know how the validation split was made. If rows were split at random I would "
    "redo it by time, so that validation looks like production. If the campaign id is a mean encoding computed on the "
    "same rows, each row's own click is in the feature, and that is leakage of the label. I would drop the encoding and "
    "retrain, and compare the AUC on seen and unseen campaigns."
)
STORY = (
    "At my last company I owned the credit model. My task was to keep approvals stable. The dashboard showed that the "
    "approval rate had dropped by a third, and I rolled back to the previous model version before looking for the cause. "
    "I traced it to an upstream schema change. I wrote a contract test between the teams. As a result approvals were back "
    "at 61 percent the same day."
)


class Server:
    """`greenroom serve` that can be killed and started again on the same port and data."""

    def __init__(self, folder: Path, *, clock_speed: float) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.environment = {
            "GREENROOM_DATA_DIR": str(folder / "data"),
            "GREENROOM_BANK_FILE": str(a_bank_file(folder)),
            "GREENROOM_CLOCK_SPEED": str(clock_speed),
            "HOME": str(folder),
            "PATH": os.defpath,
        }
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Starts and waits for the line that says where it is."""
        command = [sys.executable, "-m", "greenroom", "serve", "--port", str(self.port), "--no-browser"]
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert "http://" in self.process.stdout.readline()

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate(timeout=30)


@contextmanager
def serving(folder: Path, *, clock_speed: float = 1.0) -> Iterator[Server]:
    server = Server(folder, clock_speed=clock_speed)
    server.start()
    try:
        yield server
    finally:
        assert server.process is not None
        server.process.terminate()
        server.process.communicate(timeout=30)


def start_mock(page: Page, url: str, label: str = "Start the 60-minute mock") -> None:
    page.goto(f"{url}/interview")
    page.get_by_role("button", name=label).first.click()
    expect(page.locator("[data-room]")).to_be_visible()


def say(page: Page, text: str, button: str = "Answer") -> None:
    """Says it and waits until it stands in the transcript (or the part is over)."""
    before = page.locator(".said--candidate").count()
    page.get_by_label("Your turn").fill(text)
    page.get_by_role("button", name=button).click()
    expect(page.locator(".said--candidate")).not_to_have_count(before)


def move_on(page: Page) -> None:
    exchange = page.locator("[data-room]").get_attribute("data-exchange")
    page.get_by_role("button", name="Move on").click()
    expect(page.locator(f"[data-room]:not([data-exchange='{exchange}'])")).to_be_visible()


@pytest.mark.slow
def test_a_whole_mock_on_a_fast_clock_and_its_debrief(tmp_path: Path, open_page: Tabs) -> None:
    with serving(tmp_path, clock_speed=40) as server:
        page = open_page()
        start_mock(page, server.url)
        expect(page.locator("[data-clock-face]")).to_contain_text(":")
        say(page, "How was the data split?", "Ask the interviewer")
        say(page, STRONG)
        expect(page.locator(".said--interviewer").last).not_to_be_empty()
        move_on(page)
        say(
            page, "Accuracy is empty here, because a model that always says no reaches the same 99.9 percent."
        )
        move_on(page)
        expect(page.locator(".cm-content")).to_be_visible()
        page.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text((BANK / "problems" / "k-means" / "reference.py").read_text())
        page.keyboard.press("Control+Enter")
        expect(page.locator(".tested")).to_contain_text("Visible tests")
        page.get_by_role("button", name="Submit").click()
        expect(page.locator("[data-room]")).not_to_have_attribute("data-exchange", "2")
        while page.locator("[data-room]").get_attribute("data-section") == "1":
            move_on(page)
        say(page, STORY)
        # The last part runs out by itself: the server's clock ends the mock and the page goes to the debrief.
        page.wait_for_url("**/debrief", timeout=45_000)
        expect(page.get_by_role("heading", name="The 60-minute mock")).to_be_visible()
        expect(page.locator(".verdict-line")).not_to_be_empty()
        expect(page.get_by_role("heading", name="Coding: strong hire")).to_be_visible()
        expect(page.locator("blockquote").first).to_be_visible()
        expect(page.locator("section", has_text="Three next actions").locator("li")).to_have_count(3)
        page.get_by_role("link", name="See your plan").click()


@pytest.mark.slow
def test_a_server_killed_in_the_middle_loses_nothing(tmp_path: Path, open_page: Tabs) -> None:
    open_page.tolerated += ["ERR_CONNECTION", "Failed to load resource", "htmx", "Send Error"]
    with serving(tmp_path) as server:
        page = open_page()
        start_mock(page, server.url)
        say(page, "I would redo the validation split by time before I believe the number.")
        page.get_by_label("Your turn").fill(STRONG)
        server.kill()
        page.get_by_role("button", name="Answer").click()
        expect(page.get_by_text("Greenroom does not answer.")).to_be_visible()
        expect(page.get_by_label("Your turn")).to_have_value(STRONG)
        server.start()
        page.get_by_role("button", name="Answer").click()
        expect(page.locator(".said--candidate")).to_have_count(2)
        server.kill()
        server.start()
        page.reload()
        expect(page.locator(".said--candidate")).to_have_count(2)
        assert page.locator(".talk").inner_text().count(STRONG[:60]) == 1


def test_what_is_typed_survives_closing_the_tab(tmp_path: Path, open_page: Tabs) -> None:
    with serving(tmp_path) as server:
        page = open_page()
        start_mock(page, server.url)
        room = page.url
        page.get_by_label("Your turn").fill("Half a thought about the split")
        expect(page.locator("[data-saved]")).to_contain_text("Kept")
        page.close()
        again = open_page.another(open_page.contexts[0])
        again.goto(room)
        expect(again.get_by_label("Your turn")).to_have_value("Half a thought about the split")


def test_the_room_and_the_debrief_on_a_phone_and_without_serious_findings(
    tmp_path: Path, open_page: Tabs, axe: Callable[[Page], list[str]]
) -> None:
    with serving(tmp_path) as server:
        page = open_page(viewport={"width": 360, "height": 740}, color_scheme="dark", reduced_motion="reduce")
        page.goto(f"{server.url}/interview")
        findings = {"choose": axe(page)}
        start_mock(page, server.url)
        say(page, STRONG)
        findings["room"] = axe(page)
        widths = [page.evaluate("document.documentElement.scrollWidth")]
        move_on(page)
        move_on(page)
        expect(page.locator(".cm-content")).to_be_visible()
        findings["code"] = axe(page)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_role("button", name="Resume")).to_be_visible()
        findings["paused"] = axe(page)
        page.get_by_role("button", name="Resume").click()
        expect(page.get_by_label("Your turn")).to_be_visible()
        page.locator(".room__clock summary").click()
        page.get_by_role("button", name="End the mock now").click()
        page.wait_for_url("**/debrief")
        findings["debrief"] = axe(page)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
        page.goto(f"{server.url}/interviews")
        findings["history"] = axe(page)
        assert {name: found for name, found in findings.items() if found} == {}
        assert max(widths) <= 360


def test_the_debrief_unfolds_for_paper_and_plays_back(tmp_path: Path, open_page: Tabs) -> None:
    with serving(tmp_path) as server:
        page = open_page()
        start_mock(page, server.url)
        say(page, STRONG)
        page.locator(".room__clock summary").click()
        page.get_by_role("button", name="End the mock now").click()
        page.wait_for_url("**/debrief")
        expect(page.get_by_role("heading", name="What a strong answer covers").first).to_be_hidden()
        slider = page.get_by_label("How far to show it")
        slider.fill("2")
        expect(page.locator("[data-replay] [data-line]:visible")).to_have_count(2)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.get_by_role("heading", name="What a strong answer covers").first).to_be_visible()
        expect(page.locator("[data-replay] [data-line]:visible").nth(3)).to_be_visible()


def test_a_mock_can_be_sat_without_script(tmp_path: Path, open_page: Tabs) -> None:
    with serving(tmp_path) as server:
        page = open_page(java_script_enabled=False)
        start_mock(page, server.url)
        page.get_by_label("Your turn").fill(STRONG)
        page.get_by_role("button", name="Answer").click()
        expect(page.locator(".said--candidate")).to_have_count(1)
        page.locator(".room__clock summary").click()
        page.get_by_role("button", name="End the mock now").click()
        expect(page.locator(".verdict-line")).to_be_visible()


@pytest.mark.parametrize("key", ["Alt+h", "Alt+n"])
def test_hint_and_move_on_have_keys(tmp_path: Path, open_page: Tabs, key: str) -> None:
    with serving(tmp_path) as server:
        page = open_page()
        start_mock(page, server.url)
        page.get_by_label("Your turn").press(key)
        expect(page.locator(".said--candidate")).to_have_count(1)
