"""Practice in plain forms: every kind, hostile input, nothing counted twice, nothing given away."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.web.visitor import Visitor, a_visitor, forms_of, words_of

from greenroom.content.generated import right_response
from greenroom.core.ids import ItemId

TOPIC_OF = {
    "choice": "area-0-topic-0",
    "several": "area-0-topic-1",
    "numeric": "area-0-topic-2",
    "order": "area-0-topic-3",
    "cloze": "area-1-topic-0",
}


def right_fields(visitor: Visitor, item_id: str) -> dict[str, str | list[str]]:
    """The form fields of the right answer."""
    said = right_response(visitor.world.deps.bank.items[ItemId(item_id)])
    match said["kind"]:
        case "picked":
            return {"option": [str(o) for o in said["options"]]}  # type: ignore[union-attr]  # a list of ids
        case "number":
            return {"number": str(said["value"])}
        case "ordered":
            steps = said["steps"]
            return {f"place.{key}": str(n) for n, key in enumerate(steps, 1)}  # type: ignore[arg-type]  # a list of ids
    return {f"blank.{n}": str(text) for n, text in enumerate(said["texts"])}  # type: ignore[arg-type]  # a list of texts


@pytest.mark.parametrize("kind", TOPIC_OF)
def test_the_right_answer_of_every_kind_is_right(visitor: Visitor, kind: str) -> None:
    where = f"/practice?topic={TOPIC_OF[kind]}"
    fields = visitor.form_on(visitor.get(where), "/practice")
    right = right_fields(visitor, str(fields["item_id"]))
    answer = words_of(visitor.post("/practice", {**fields, **right, "confidence": "4"}))
    assert "Right" in answer
    assert "You were 80 % sure" in answer
    assert "Because" in answer


@pytest.mark.parametrize("kind", TOPIC_OF)
def test_the_question_page_does_not_give_the_answer_away(visitor: Visitor, kind: str) -> None:
    page = visitor.get(f"/practice?topic={TOPIC_OF[kind]}")
    item = visitor.world.deps.bank.items[ItemId(str(visitor.form_on(page, "/practice")["item_id"]))]
    assert "Because" not in page
    assert "slip-" not in page
    if kind == "cloze":
        assert str(right_response(item)["texts"][0]) not in page  # type: ignore[index]  # a list of texts


def test_an_order_never_comes_solved_and_places_are_distinct(visitor: Visitor) -> None:
    fields = visitor.form_on(visitor.get(f"/practice?topic={TOPIC_OF['order']}"), "/practice")
    places = {name: value for name, value in fields.items() if name.startswith("place.")}
    assert sorted(map(str, places.values())) == ["1", "2", "3", "4"]


def test_the_same_form_sent_twice_counts_once_and_shows_the_same(visitor: Visitor) -> None:
    fields = {**visitor.form_on(visitor.get("/practice"), "/practice"), "pass": "1"}
    first = visitor.post("/practice", fields)
    again = visitor.post("/practice", fields)
    assert words_of(first) == words_of(again)
    assert "1 answered" in words_of(visitor.get("/progress"))


def test_a_reload_shows_the_same_question(visitor: Visitor) -> None:
    def item() -> object:
        return visitor.form_on(visitor.get("/practice"), "/practice")["item_id"]

    assert item() == item()


def test_without_an_answer_it_says_what_to_do(visitor: Visitor) -> None:
    for kind, topic in TOPIC_OF.items():
        fields = visitor.form_on(visitor.get(f"/practice?topic={topic}"), "/practice")
        fields.pop("number", None)
        if kind == "order":
            fields["place.a"] = fields["place.b"]
        answer = words_of(visitor.post("/practice", fields, status=422))
        assert any(
            word in answer for word in ("Pick an option", "Tick at least", "Type a number", "place", "gap")
        )


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("item_id", "no-such/item", 404),
        ("item_id", "../../etc/passwd", 404),
        ("item_hash", "feedfacefeedface", 409),
        ("event_id", "", 422),
        ("event_id", "'; drop table events; --", 422),
        ("session_id", "<b>", 422),
        ("confidence", "9", 422),
        ("confidence", "nan", 422),
        ("shown_ms", "1e300", 422),
        ("reason", "x" * 5_000, 422),
        ("option", "z", 422),
        ("option", "\x00", 422),
    ],
)
def test_a_forged_field_is_refused_with_a_clear_page(
    visitor: Visitor, name: str, value: str, status: int
) -> None:
    fields = visitor.form_on(visitor.get(f"/practice?topic={TOPIC_OF['choice']}"), "/practice")
    answer = words_of(visitor.post("/practice", {**fields, "option": "a", name: value}, status=status))
    assert "Traceback" not in answer
    assert "Go to Today" in answer
    assert "0 answered" in words_of(visitor.get("/progress")) or "Nothing measured yet" in visitor.get(
        "/progress"
    )


def test_two_options_for_a_question_with_one_answer_are_refused(visitor: Visitor) -> None:
    fields = visitor.form_on(visitor.get(f"/practice?topic={TOPIC_OF['choice']}"), "/practice")
    assert "exactly one" in visitor.post("/practice", {**fields, "option": ["a", "b"]}, status=422)


def test_what_a_person_typed_is_shown_as_text(visitor: Visitor) -> None:
    where = f"/practice?topic={TOPIC_OF['cloze']}"
    fields = visitor.form_on(visitor.get(where), "/practice")
    page = visitor.post("/practice", {**fields, "blank.0": "<img src=x onerror=alert(1)> שלום"})
    assert "<img" not in page
    assert "&lt;img src=x" in page
    assert "שלום" in page


def test_a_megabyte_in_a_gap_is_refused_and_nothing_is_counted(visitor: Visitor) -> None:
    fields = visitor.form_on(visitor.get(f"/practice?topic={TOPIC_OF['cloze']}"), "/practice")
    page = visitor.post("/practice", {**fields, "blank.0": "x" * 1_000_001}, status=413)
    assert "more than 1 MB" in page


@pytest.mark.parametrize("typed", ["0,5", "1/2", "5e-1", " 0.50 ", "\u22120.5"])
def test_numbers_are_read_as_people_write_them(visitor: Visitor, typed: str) -> None:
    fields = visitor.form_on(visitor.get(f"/practice?topic={TOPIC_OF['numeric']}"), "/practice")
    answer = words_of(visitor.post("/practice", {**fields, "number": typed}))
    assert "You said 0.5" in answer or "You said -0.5" in answer


def test_a_sitting_ends_and_offers_more(visitor: Visitor) -> None:
    while "data-question" in visitor.get("/practice"):
        visitor.answers("/practice")
    page = visitor.get("/practice")
    assert "That was today’s sitting" in page
    assert "session=day-2026-11-16-2" in page
    assert "data-question" in visitor.get("/practice?session=day-2026-11-16-2")


def test_an_empty_bank_says_so(tmp_path: Path) -> None:
    assert "Nothing to ask right now" in words_of(a_visitor(tmp_path, n_items=0).get("/practice"))


def test_a_hostile_address_is_answered_with_a_page(visitor: Visitor) -> None:
    for query in ("topic=" + "x" * 500, "topic=%00", "session=a", "area=<script>", "topic=%ff"):
        answer = visitor.client.get(f"/practice?{query}")
        assert answer.status_code in {200, 422}
        assert "<script>" not in answer.text


def test_every_form_of_a_question_page_carries_its_own_event_id(visitor: Visitor) -> None:
    ids = {
        form.fields["event_id"][0]
        for _ in range(3)
        for form in forms_of(visitor.get("/practice"))
        if form.action == "/practice"
    }
    assert len(ids) == 3
