"""Data out, in and gone; the time zone; files that are no export."""

from __future__ import annotations

import json

import pytest
from tests.web.visitor import Visitor, words_of

from greenroom.app.profile import profile_of
from greenroom.core.ids import ME


def upload(visitor: Visitor, content: bytes, **fields: str) -> tuple[int, str]:
    answer = visitor.client.post("/settings/import", files={"file": ("export.json", content)}, data=fields)
    return answer.status_code, words_of(answer.text)


def test_an_export_comes_back_after_everything_was_deleted(visitor: Visitor) -> None:
    visitor.sets_goal()
    visitor.answers()
    exported = visitor.client.get("/settings/export")
    assert "attachment" in exported.headers["content-disposition"]
    n_events = len(json.loads(exported.text)["events"])
    assert "Everything was deleted" in visitor.post("/settings/delete", {"word": " Delete "})
    assert profile_of(visitor.world.deps, ME) is None
    status, said = upload(visitor, exported.content)
    assert status == 200
    assert f"{n_events} events were added" in said
    assert profile_of(visitor.world.deps, ME) is not None
    assert "0 events were added" in upload(visitor, exported.content)[1]


def test_without_the_word_nothing_is_deleted(visitor: Visitor) -> None:
    visitor.sets_goal()
    assert "Nothing was deleted" in visitor.post("/settings/delete", {"word": "yes"}, status=422)
    assert profile_of(visitor.world.deps, ME) is not None


@pytest.mark.parametrize(
    "content",
    [b"x", b"[]", b"{}", b"\x00\xff\xfe", b'{"greenroom_export": 99, "events": []}', b"[" * 100_000],
)
def test_a_file_that_is_no_export_is_refused_in_words(visitor: Visitor, content: bytes) -> None:
    status, said = upload(visitor, content)
    assert status == 422
    assert "export" in said


def test_a_form_without_a_file_says_so(visitor: Visitor) -> None:
    assert "No file came" in visitor.post("/settings/import", {}, status=422)
    assert upload(visitor, b"")[0] == 422
    broken = visitor.raw("/settings/import", b"--x\r\nnonsense", "multipart/form-data; boundary=x")
    assert broken.status_code == 422


def test_rows_that_cannot_be_taken_are_listed_and_nothing_is_changed_unless_they_are_skipped(
    visitor: Visitor,
) -> None:
    visitor.answers()
    export = json.loads(visitor.client.get("/settings/export").text)
    export["events"].append({"id": "broken-row-1", "at_ms": 1, "kind": "dreamt", "version": 1, "data": {}})
    visitor.post("/settings/delete", {"word": "delete"})
    status, said = upload(visitor, json.dumps(export).encode())
    assert status == 422
    assert "broken-row-1" in said
    assert '"events": [\n]' in visitor.get("/settings/export")
    status, said = upload(visitor, json.dumps(export).encode(), skip="1")
    assert status == 200
    assert "1 events were added" in said


def test_the_time_zone_is_changed_and_an_unknown_one_refused(visitor: Visitor) -> None:
    visitor.sets_goal()
    fields = visitor.form_on(visitor.get("/settings"), "/settings/time-zone")
    visitor.post("/settings/time-zone", {**fields, "time_zone": "Asia/Tokyo"})
    profile = profile_of(visitor.world.deps, ME)
    assert profile is not None
    assert profile.time_zone == "Asia/Tokyo"
    fields = visitor.form_on(visitor.get("/settings"), "/settings/time-zone")
    visitor.post("/settings/time-zone", {**fields, "time_zone": "Atlantis"}, status=422)


def test_without_a_goal_there_is_no_zone_to_change(visitor: Visitor) -> None:
    fields = {"event_id": "zone-event-1", "time_zone": "UTC"}
    assert "no goal yet" in visitor.post("/settings/time-zone", fields, status=422)


def test_the_theme_goes_back_to_the_page_and_never_to_another_site(visitor: Visitor) -> None:
    def goes_to(referer: str) -> str:
        answer = visitor.client.post(
            "/theme", data={"theme": "dark"}, headers={"Referer": referer}, follow_redirects=False
        )
        return answer.headers["location"]

    assert goes_to("http://127.0.0.1:8020/bank?q=svm") == "/bank?q=svm"
    assert goes_to("https://evil.example/x") == "/x"
    assert goes_to("https://evil.example//evil.example") == "/"
    assert goes_to("") == "/"
