"""A real browser on a real server.

`chromium` finds Debian's Chromium (or skips, saying so). `greenroom` is `greenroom serve` in its own process on
a free port with an empty data folder and the shipped bank; `studio` is the same application in this process over
a generated bank and a clock turned by hand, for what needs every kind of item. `page` and `open_page` are tabs
whose console must stay silent.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.people import World, a_world

from greenroom.web.app import create_app

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_START_S = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, and one worker has it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("No Chromium was found, so nothing was tested in a browser: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(kw_only=True)
class Site:
    """A running Greenroom."""

    url: str
    world: World | None = None


@contextmanager
def served(data_dir: Path) -> Iterator[Site]:
    """`greenroom serve` on a free port, ended afterwards."""
    environment = {"GREENROOM_DATA_DIR": str(data_dir), "HOME": str(data_dir), "PATH": os.defpath}
    command = [sys.executable, "-m", "greenroom", "serve", "--port", "0", "--no-browser"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    watch = threading.Timer(_START_S, process.kill)
    watch.start()
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        watch.cancel()
        if "http://" not in line:
            process.kill()
            raise RuntimeError(f"greenroom serve did not start: {line}{process.communicate()[1]}")
        yield Site(url="http://" + line.split("http://")[1].split()[0])
    finally:
        watch.cancel()
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture
def greenroom(tmp_path: Path) -> Iterator[Site]:
    """The real thing with the shipped bank and nothing done yet."""
    with served(tmp_path) as site:
        yield site


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Site]:
    """The application over generated items of every kind and a clock that stands still."""
    world = a_world(tmp_path)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(world.deps), log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield Site(url=f"http://127.0.0.1:{listening.getsockname()[1]}", world=world)
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        world.deps.store.close()


@dataclass(kw_only=True)
class Tabs:
    """Opens tabs and remembers what their consoles said and which hosts they asked."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    tolerated: list[str] = field(default_factory=list)

    def __call__(self, **options: Any) -> Page:  # Any: what Browser.new_context takes
        """A tab in a context of its own: `open_page(javaScriptEnabled=False)`, `viewport=…`."""
        context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        return self.another(context)

    def another(self, context: BrowserContext) -> Page:
        """A further tab of the same person."""
        page = context.new_page()
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self._hear("error", str(error)))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        return page

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(part in text for part in self.tolerated):
            self.complaints.append(text)


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Tabs]:
    """Opens tabs; at the end none of them may have complained (a refused inline style, a script error)."""
    tabs = Tabs(browser=chromium)
    yield tabs
    for context in tabs.contexts:
        context.close()
    assert tabs.complaints == []
    assert len(tabs.hosts) <= 1, f"asked other hosts: {tabs.hosts}"


@pytest.fixture
def page(open_page: Tabs) -> Page:
    """One tab at desk size."""
    return open_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Serious and critical findings of axe-core on the page as it stands, in words."""
    source = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text("utf-8")

    def findings(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
        )
        return [
            f"{entry['id']}: {entry['help']}: {entry['nodes'][0]['target']} {entry['nodes'][0]['html'][:160]}"
            for entry in found
            if entry["impact"] in {"serious", "critical"}
        ]

    return findings
