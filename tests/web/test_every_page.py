"""What holds of every page: links lead somewhere, one first heading, no inline script or style, a fragment for htmx."""

from __future__ import annotations

import re

import pytest
from tests.web.visitor import Visitor, links_of

PAGES = (
    "/",
    "/start",
    "/practice",
    "/diagnostic",
    "/plan",
    "/progress",
    "/bank",
    "/settings",
    "/help",
    "/code",
    "/interview",
)


@pytest.fixture(name="settled")
def _settled(visitor: Visitor) -> Visitor:
    """Someone with a goal and a few answers."""
    visitor.sets_goal(interview_on="2026-12-31")
    for _ in range(3):
        visitor.answers()
    return visitor


def test_every_link_leads_to_a_page(settled: Visitor) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith("/") or path.startswith("/static/") or len(seen) > 90:
            continue
        seen.add(path)
        answer = settled.client.get(path)
        assert answer.status_code == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            waiting += [link.split("#")[0] for link in links_of(answer.text) if not link.startswith("#")]
    assert {
        "/",
        "/start",
        "/practice",
        "/plan",
        "/plan.ics",
        "/progress",
        "/bank",
        "/settings",
        "/help",
    } <= seen


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_first_heading_a_title_and_a_language(settled: Visitor, path: str) -> None:
    page = settled.get(path)
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert re.search(r"<title>[^<]+ · Greenroom</title>", page)
    assert '<html lang="en"' in page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_inline_script_style_or_outside_address(settled: Visitor, path: str) -> None:
    page = settled.get(path)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"\son[a-z]+=", page)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


@pytest.mark.parametrize("path", PAGES)
def test_htmx_gets_the_main_part_alone(settled: Visitor, path: str) -> None:
    part = settled.client.get(path, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert 'class="top"' not in part
    assert "· Greenroom</title>" in part


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_not_kept_by_the_browser(settled: Visitor, path: str) -> None:
    assert settled.client.get(path).headers["cache-control"] == "no-store"


def test_the_bank_is_searched_and_an_item_previewed_without_its_answer_being_recorded(
    settled: Visitor,
) -> None:
    page = settled.get("/bank?q=question+7&kind=numeric")
    assert "Question 7 on Topic" in page
    item = next(link for link in links_of(page) if link.startswith("/bank/item"))
    before = settled.get("/settings/export").count('"id"')
    assert "Show the answer" in settled.get(item)
    assert settled.get("/settings/export").count('"id"') == before
    assert "Nothing fits" in settled.get("/bank?q=zebra+umbrella")
    assert settled.client.get("/bank/item?id=none").status_code == 404
    assert settled.client.get("/bank?area=nowhere").status_code == 422
    assert settled.client.get("/bank?page=99999").status_code == 200


def test_a_fault_of_ours_is_a_calm_page_without_a_traceback(settled: Visitor) -> None:
    settled.world.deps.store.close()
    settled.world.deps.store.path.write_bytes(b"this is no database" * 1_000)
    answer = settled.client.get("/progress")
    assert answer.status_code >= 500
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"]
