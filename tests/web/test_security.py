"""What stands between a hostile request and the handlers."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from greenroom.app.deps import Deps
from greenroom.web.app import create_app
from greenroom.web.security import LimitedBody

# Nothing in these tests reaches a use case: the layers under test answer before, or the theme page does.
NO_DEPS = cast(Deps, None)


@pytest.fixture(name="client")
def _client() -> TestClient:
    return TestClient(
        create_app(NO_DEPS),
        base_url="http://127.0.0.1:8020",
        raise_server_exceptions=False,
        follow_redirects=False,
    )


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_write_that_another_site_asked_for_is_refused_and_says_what_to_do(
    client: TestClient, site: str
) -> None:
    answer = client.post("/theme", data={"theme": "dark"}, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "it was not done" in answer.text


def test_an_old_browser_is_judged_by_its_origin(client: TestClient) -> None:
    def status(origin: str) -> int:
        return client.post("/theme", data={"theme": "dark"}, headers={"Origin": origin}).status_code

    assert status("https://evil.example") == 403
    assert status("null") == 403
    assert status("http://127.0.0.1:9999") == 403
    assert status("http://127.0.0.1:8020") == 303


def test_our_own_form_is_accepted(client: TestClient) -> None:
    answer = client.post("/theme", data={"theme": "dark"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    assert "greenroom_theme=dark" in answer.headers["set-cookie"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "greenroom.lan"])
def test_a_host_name_that_could_be_rebound_is_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/help", headers={"Host": host}).status_code == 421


def test_a_host_name_that_was_allowed_is_answered() -> None:
    client = TestClient(create_app(NO_DEPS, host_names=["greenroom.lan"]), base_url="http://greenroom.lan")
    assert client.get("/nowhere").status_code == 404


@pytest.mark.parametrize(
    "host", ["localhost:8020", "127.0.0.1", "[::1]:8020", "192.168.1.7:8020", "me.localhost"]
)
def test_this_machine_and_literal_addresses_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/nowhere", headers={"Host": host}).status_code == 404


def test_more_than_a_megabyte_is_not_read_and_the_page_says_so(client: TestClient) -> None:
    answer = client.post("/theme", content=b"theme=" + b"x" * 1_000_000)
    assert answer.status_code == 413
    assert "more than 1 MB" in answer.text


def test_a_body_of_undeclared_length_is_cut_off_at_the_limit(client: TestClient) -> None:
    chunks = (b"x" * 100_000 for _ in range(12))
    assert client.post("/theme", content=chunks).status_code == 413


@pytest.mark.parametrize(
    "body", [b"theme=%ff%fe", b"theme=\xff\xfe", b"theme=%00", b"\x89PNG\r\n\x1a\n\x00\x00"]
)
def test_bytes_that_are_not_text_get_a_clear_answer(client: TestClient, body: bytes) -> None:
    answer = client.post(
        "/theme", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 422
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/help", "/static/old/icon.svg"])
def test_every_document_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_other_files_are_not_guessed_at_and_stay_with_this_site(client: TestClient) -> None:
    headers = client.get("/static/old/css/base.css").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_pages_hold_no_inline_script_and_no_inline_style(client: TestClient) -> None:
    page = client.get("/nowhere").text
    assert "<script>" not in page
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def test_an_unknown_page_says_where_to_go_as_a_page_and_as_a_notice(client: TestClient) -> None:
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "<!doctype html>" in page.text
    notice = client.get("/nowhere", headers={"HX-Request": "true"})
    assert notice.status_code == 404
    assert notice.headers["HX-Retarget"] == "#notices"
    assert "<html" not in notice.text


def test_a_wrong_method_is_explained(client: TestClient) -> None:
    answer = client.get("/theme")
    assert answer.status_code == 405
    assert "only takes what a form sends" in answer.text


def test_static_files_are_kept_under_their_version_only(client: TestClient) -> None:
    page = client.get("/nowhere").text
    url = page.split('rel="stylesheet" href="')[1].split('"')[0]
    current = client.get(url)
    assert current.status_code == 200
    assert "immutable" in current.headers["cache-control"]
    version = url.split("/")[2]
    assert client.get(url.replace(version, "old")).headers["cache-control"] == "no-cache"
    assert client.get(f"/static/{version}/css/none.css").status_code == 404


def test_a_refused_body_is_still_taken_to_its_end() -> None:
    """Cut off in the middle, a browser would say that the connection broke instead of showing the page."""
    left = [b"x" * 300_000] * 5
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": left.pop(), "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/theme",
        "query_string": b"",
        "headers": [(b"content-length", b"1500000")],
        "app": create_app(NO_DEPS),
    }
    # In a thread of its own: a browser test in this process may keep a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, LimitedBody(PlainTextResponse("read"))(scope, receive, send)).result()
    assert sent[0]["status"] == 413
    assert left == []


def test_a_refused_body_whose_last_part_was_read_is_answered_at_once() -> None:
    parts = [{"type": "http.request", "body": b"x" * 1_000_001, "more_body": False}]
    said: list[Message] = []

    async def receive() -> Message:
        return parts.pop()  # a second call would fail: nothing more comes

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "method": "POST", "path": "/theme", "headers": [], "query_string": b""}
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, LimitedBody(PlainTextResponse("read"))(scope, receive, send)).result()
    assert said[0]["status"] == 413
