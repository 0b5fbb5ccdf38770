"""The diagnostic in plain forms: begun once, gone on with, ended early, its map."""

from __future__ import annotations

from tests.web.visitor import Visitor, words_of


def begin(visitor: Visitor) -> str:
    """Begins one and returns its address."""
    fields = visitor.form_on(visitor.get("/diagnostic"), "/diagnostic")
    return str(visitor.client.post("/diagnostic", data=dict(fields)).url.path)


def test_it_is_begun_once_and_gone_on_with(visitor: Visitor) -> None:
    where = begin(visitor)
    visitor.answers(where)
    assert begin(visitor) == where
    assert "You answered 1 of about 20" in words_of(visitor.get("/diagnostic"))
    assert "2 of about 20" in words_of(visitor.get(where))


def test_it_ends_by_itself_with_a_map_of_every_area(visitor: Visitor) -> None:
    where = begin(visitor)
    page = ""
    while "data-question" in (asked := visitor.get(where)):
        page = visitor.post(where, {**visitor.form_on(asked, where), "pass": "1"})
    assert f'href="{where}/map"' in page
    words = words_of(visitor.get(f"{where}/map"))
    assert all(f"Area {number}" in words for number in range(5))
    assert visitor.client.get("/diagnostic").url.path == f"{where}/map"


def test_it_is_stopped_early_and_a_late_answer_is_refused(visitor: Visitor) -> None:
    where = begin(visitor)
    fields = visitor.form_on(visitor.get(where), where)
    visitor.answers(where)
    assert "Where you stand" in visitor.post(f"{where}/finish", {})
    late = visitor.form_on(visitor.get("/diagnostic?anew=1"), "/diagnostic")
    assert late["event_id"]
    refused = visitor.post(where, {**fields, "event_id": "another-event-id", "pass": "1"}, status=409)
    assert "This diagnostic is over" in refused


def test_a_diagnostic_that_is_not_there_is_not_found(visitor: Visitor) -> None:
    for path in ("/diagnostic/no-such-one", "/diagnostic/no-such-one/map", "/diagnostic/%00"):
        assert visitor.client.get(path).status_code == 404


def test_confidence_is_asked_before_the_reveal(visitor: Visitor) -> None:
    page = visitor.get(begin(visitor))
    assert page.index("How sure are you?") < page.index(">Answer<")
    assert "Because" not in page
