"""One file out, one file in, nothing half-imported, everything deletable."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.people import ALICE, BOB, MONDAY_MS, World, a_profile, a_world, an_answer

from greenroom.app.data import delete_everything, export, import_text, rebuild
from greenroom.app.record import Fact, record
from greenroom.core.errors import InputRejected
from greenroom.core.event_checks import fault_of
from greenroom.core.events import KINDS, HintTaken, TurnTaken
from greenroom.core.ids import LearnerId
from greenroom.store import events
from greenroom.store.learners import LEARNERS
from greenroom.store.projections import SHELVES


def a_lived_in_world(folder: Path) -> World:
    folder.mkdir(exist_ok=True)
    world = a_world(folder)
    record(world.deps, ALICE, Fact(id="event-0001", payload=a_profile()))
    for number in range(2, 12):
        world.clock.turn(hours=5)
        record(
            world.deps, ALICE, Fact(id=f"event-{number:04d}", payload=an_answer(credit_01=float(number % 2)))
        )
    turn = TurnTaken(interview_id="mock-0001", turn={"kind": "say", "text": "שלום\u202e \x00 日本"})
    record(world.deps, ALICE, Fact(id="event-0012", payload=turn))
    return world


def exported(world: World) -> str:
    return "".join(export(world.deps, ALICE))


def rows_of(text: str) -> list[dict[str, Any]]:  # Any: JSON
    found: list[dict[str, Any]] = json.loads(text)["events"]
    return found


def with_rows(rows: list[Any]) -> str:  # Any: hostile JSON
    return json.dumps({"greenroom_export": 1, "events": rows})


def test_what_is_exported_and_imported_elsewhere_is_the_same_learner(tmp_path: Path) -> None:
    here, there = a_lived_in_world(tmp_path / "here"), a_world(tmp_path)
    text = exported(here)
    done = import_text(there.deps, ALICE, text)
    assert (done.added, done.already_here, done.refused, done.was_kept) == (12, 0, (), True)
    assert rows_of(exported(there)) == rows_of(text)
    with here.deps.store.read() as left, there.deps.store.read() as right:
        for shelf in SHELVES:
            assert shelf.all(left, ALICE) == shelf.all(right, ALICE)


def test_importing_twice_adds_nothing(tmp_path: Path) -> None:
    world = a_lived_in_world(tmp_path)
    done = import_text(world.deps, ALICE, exported(world))
    assert (done.added, done.already_here) == (0, 12)
    assert rebuild(world.deps, ALICE).differences == ()


def test_an_export_names_its_format_and_holds_the_profile(tmp_path: Path) -> None:
    read = json.loads(exported(a_lived_in_world(tmp_path)))
    assert read["greenroom_export"] == 1
    assert read["n_events"] == len(read["events"]) == 12
    assert read["profile"]["time_zone"] == "Europe/Berlin"


def test_an_export_of_nothing_can_be_read_back(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    assert import_text(world.deps, ALICE, exported(world)).added == 0


def test_an_import_belongs_to_the_one_who_imports(tmp_path: Path) -> None:
    world = a_lived_in_world(tmp_path)
    assert import_text(world.deps, BOB, exported(world)).added == 12
    with world.deps.store.read() as conn:
        assert events.count(conn, ALICE) == events.count(conn, BOB) == 12


_BAD_CHANGES: dict[str, dict[str, Any]] = {  # Any: hostile JSON
    "id has not the form": {"id": "x"},
    "kind 'unknown'": {"kind": "unknown"},
    "version 99": {"version": 99},
    "at_ms is no time": {"at_ms": -5},
    "at_ms is no time in": {"at_ms": 10**15},
    "at_ms is no": {"at_ms": "yesterday"},
    "kind or version is missing": {"version": None},
    "data is missing": {"data": None},
    "data does not fit answered": {"data": {"item_id": "only this"}},
}


@pytest.mark.parametrize(("reason", "changes"), list(_BAD_CHANGES.items()), ids=list(_BAD_CHANGES))
def test_one_bad_row_keeps_everything_out_and_says_why(
    tmp_path: Path,
    reason: str,
    changes: dict[str, Any],  # Any: hostile JSON
) -> None:
    rows = rows_of(exported(a_lived_in_world(tmp_path / "here")))
    rows[4] |= changes
    world = a_world(tmp_path)
    done = import_text(world.deps, ALICE, with_rows(rows))
    assert (done.added, done.was_kept, done.n_refused) == (0, False, 1)
    assert done.refused[0].row == 5
    assert reason in done.refused[0].reason
    with world.deps.store.read() as conn:
        assert events.count(conn, ALICE) == 0


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("credit_01", 7, "credit_01 is not within"),
        ("credit_01", "1", "credit_01 has the wrong type"),
        ("is_right", 1, "is_right has the wrong type"),
        ("guess_01", 1.0, "guess_01 is not within"),
        ("item_kind", "poem", "item_kind is not known"),
        ("misconceptions", [1], "misconceptions has the wrong type"),
        ("session_id", "../..", "session_id has the wrong form"),
        ("response", {"kind": "picked"}, "response is no answer"),
        ("response", [], "response has the wrong type"),
        ("elapsed_ms", -1, "elapsed_ms is out of range"),
        ("difficulty_logit", 1e300, "difficulty_logit is out of range"),
    ],
)
def test_values_that_would_spoil_a_fold_are_refused(
    tmp_path: Path, field: str, value: object, reason: str
) -> None:
    rows = rows_of(exported(a_lived_in_world(tmp_path / "here")))
    rows[1]["data"][field] = value
    done = import_text(a_world(tmp_path).deps, ALICE, with_rows(rows))
    assert not done.was_kept
    assert reason in done.refused[0].reason


def test_bad_rows_can_be_left_out(tmp_path: Path) -> None:
    rows: list[Any] = rows_of(exported(a_lived_in_world(tmp_path / "here")))  # Any: hostile JSON
    rows[3], rows[5] = "not a row", None
    world = a_world(tmp_path)
    done = import_text(world.deps, ALICE, with_rows(rows), skips_bad_rows=True)
    assert (done.added, done.n_refused, done.was_kept) == (10, 2, True)
    assert rebuild(world.deps, ALICE).differences == ()


def test_an_id_with_other_content_is_refused_and_the_stored_event_stays(tmp_path: Path) -> None:
    world = a_lived_in_world(tmp_path)
    rows = rows_of(exported(world))
    rows[1]["data"]["credit_01"] = 0.25
    done = import_text(world.deps, ALICE, with_rows(rows))
    assert "other content" in done.refused[0].reason
    assert rows_of(exported(world))[1]["data"]["credit_01"] != 0.25


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "not json",
        '{"greenroom_export": 1}',
        '{"greenroom_export": 2, "events": []}',
        "[" * 100_000,
    ],
    ids=["empty", "a list", "an object", "a text", "no events", "a later format", "a deep nest"],
)
def test_a_file_that_is_no_export_is_refused_with_what_to_do(tmp_path: Path, text: str) -> None:
    world = a_world(tmp_path)
    with pytest.raises(InputRejected) as caught:
        import_text(world.deps, ALICE, text)
    assert caught.value.hint


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRejected):
        import_text(a_world(tmp_path).deps, ALICE, b"\xff\xfe\x00garbage\x80")


def test_deleting_leaves_nothing_of_the_learner_and_everything_of_others(tmp_path: Path) -> None:
    world = a_lived_in_world(tmp_path)
    secret = "a sentence that must be gone from the file"
    payload = TurnTaken(interview_id="mock-0002", turn={"text": secret})
    record(world.deps, ALICE, Fact(id="event-0099", payload=payload))
    record(world.deps, BOB, Fact(id="event-0001", payload=an_answer()))
    kept = tmp_path / "greenroom.db.before-0001-from-0000"
    kept.write_bytes(b"a copy")
    done = delete_everything(world.deps, ALICE)
    assert (done.events, done.files) == (13, (kept.name,))
    with world.deps.store.read() as conn:
        assert events.count(conn, ALICE) == 0
        assert all(shelf.all(conn, ALICE) == [] for shelf in SHELVES)
        assert LEARNERS.find(conn, BOB) is not None
    world.deps.store.close()
    assert secret.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("greenroom.db*"))


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One store for many examples, each with a learner of its own."""
    return a_lived_in_world(tmp_path_factory.mktemp("shared"))


@settings(max_examples=40, deadline=None)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 11), st.booleans(), st.integers(0, 20), _JSON), min_size=1, max_size=3
    )
)
def test_whatever_a_row_holds_it_is_taken_or_refused_and_never_breaks_the_fold(
    shared: World,
    changes: list[tuple[int, bool, int, Any]],  # Any: hostile JSON
) -> None:
    """Real rows with fields replaced by any JSON: what is let in folds without an error."""
    rows = rows_of(exported(shared))
    for number, is_inside, field, value in changes:
        target = (
            rows[number]["data"] if is_inside and isinstance(rows[number]["data"], dict) else rows[number]
        )
        if target:
            target[sorted(target)[field % len(target)]] = value
    someone = LearnerId(str(uuid4()))
    done = import_text(shared.deps, someone, with_rows(rows), skips_bad_rows=True)
    assert done.added + done.already_here + done.n_refused == len(rows)
    assert rebuild(shared.deps, someone).differences == ()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_kind_of_event_is_let_in_with_fields_of_the_wrong_type(kind: str) -> None:
    cls = KINDS[kind]
    payload = cls(**{field.name: object() for field in fields(cls)})
    assert "has the wrong type" in (fault_of(MONDAY_MS, payload) or "")


def test_proper_events_are_let_in() -> None:
    for payload in (an_answer(), a_profile(), HintTaken(problem_id="p", number=1, session_id="")):
        assert fault_of(MONDAY_MS, payload) is None
