"""Everything a learner did, as theirs: one file out, one file in, rebuilt, or deleted for good."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from greenroom import __version__
from greenroom.app.deps import Deps
from greenroom.app.learner import profile_in
from greenroom.app.projections import Rebuilt, rebuild_in
from greenroom.app.record import append_and_fold
from greenroom.core.errors import GreenroomError, InputRejected, NotFound
from greenroom.core.event_checks import fault_of
from greenroom.core.events import Event, decode, encode
from greenroom.core.ids import EventId, LearnerId, Plain, canonical_json, is_event_id
from greenroom.store import events
from greenroom.store.projections import SHELVES
from greenroom.store.rescue import rescue

FORMAT = 1
MOST_IMPORT_BYTES = 256 << 20
_SHOWN_REFUSALS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row of an import that cannot be taken. `row` counts from 1."""

    row: int
    event_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or would have done."""

    added: int
    already_here: int
    refused: tuple[Refusal, ...]
    """At most the first hundred."""
    n_refused: int
    was_kept: bool
    """False where rows were refused and nothing was taken over at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What a damaged database still gave."""

    text: str
    """An export of it."""
    events: int
    unreadable: int
    """Places in the log that could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What a deletion removed."""

    events: int
    files: tuple[str, ...]
    """Names of copies next to the database that were removed with it."""


def export(deps: Deps, learner_id: LearnerId) -> Iterator[str]:
    """The learner's one file, in pieces of text: JSON with a row for each event, in order.

    A consistent snapshot, also while answers come in. `import_text` reads it back.
    """
    with deps.store.read() as conn:
        yield "{" + ",\n".join(
            f"{json.dumps(name)}: {value}" for name, value in _head(conn, deps, learner_id)
        )
        yield ',\n"events": ['
        first = True
        for logged in events.read_since(conn, learner_id):
            yield ("\n" if first else ",\n") + canonical_json(_plain(logged.event))
            first = False
        yield "\n]}\n"


def rescue_text(database: Path, learner_id: LearnerId) -> Salvaged:
    """What can still be read out of a damaged database, as a file that `import_text` reads. Writes nothing.

    Raises NotFound where there is no such file, StoreDamaged where nothing of it can be read.
    """
    if not database.is_file():
        raise NotFound(f"There is no file {database}.", hint="Name the database that was refused.")
    found = rescue(database, learner_id)
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in found.rows)
    text = f'{{"greenroom_export": {FORMAT}, "events": [\n{rows}\n]}}\n'
    return Salvaged(text=text, events=len(found.rows), unreadable=found.unreadable)


def import_text(
    deps: Deps, learner_id: LearnerId, text: str | bytes, *, skips_bad_rows: bool = False
) -> Imported:
    """Takes over the events of an exported file; what is already here is not counted twice.

    All or nothing: where a row cannot be taken, nothing is, and every reason is given; `skips_bad_rows`
    leaves those rows out instead. One transaction either way. Raises InputRejected for a file that is no
    export at all, and what `Store.write` raises.
    """
    rows = _rows_of(text)
    with deps.store.write() as conn:
        found, refused, known = _sort(conn, learner_id, rows)
        is_kept = not refused or skips_bad_rows
        if is_kept:
            append_and_fold(conn, learner_id, found)
    return Imported(
        added=len(found) if is_kept else 0,
        already_here=known,
        refused=tuple(refused[:_SHOWN_REFUSALS]),
        n_refused=len(refused),
        was_kept=is_kept,
    )


def rebuild(deps: Deps, learner_id: LearnerId) -> Rebuilt:
    """Folds every event anew and corrects the projections; says what differed. Nothing does, normally."""
    with deps.store.write() as conn:
        return rebuild_in(conn, learner_id)


def delete_everything(deps: Deps, learner_id: LearnerId) -> Deleted:
    """Deletes the learner's events and everything made from them, and the bytes they left in the file.

    There is no way back. Copies that a migration kept next to the database go as well.
    """
    with deps.store.write() as conn:
        total = events.delete_all(conn, learner_id)
        for shelf in SHELVES:
            shelf.clear(conn, learner_id)
    return Deleted(events=total, files=deps.store.wipe_free_space())


def _head(conn: Connection, deps: Deps, learner_id: LearnerId) -> list[tuple[str, str]]:
    profile = profile_in(conn, learner_id)
    told: Plain = None
    if profile is not None:
        told = {
            "role_mix": dict(profile.role_mix),
            "seniority": profile.seniority.value,
            "loop": profile.loop,
            "interview_on": profile.interview_on.isoformat() if profile.interview_on else None,
            "hours_per_week": profile.hours_per_week,
            "time_zone": profile.time_zone,
            "excluded_areas": sorted(profile.excluded_areas),
            "job_title": profile.job_title,
            "self_report": dict(profile.self_report),
        }
    values: list[tuple[str, Plain]] = [
        ("greenroom_export", FORMAT),
        ("greenroom_version", __version__),
        ("exported_at_ms", deps.clock.now_ms()),
        ("bank_hash", deps.bank.hash),
        ("n_events", events.count(conn, learner_id)),
        ("profile", told),
    ]
    return [(name, canonical_json(value)) for name, value in values]


def _plain(event: Event) -> dict[str, Plain]:
    return {
        "id": event.id,
        "at_ms": event.at_ms,
        "kind": event.payload.kind,
        "version": event.payload.version,
        "data": encode(event.payload),
    }


def _rows_of(text: str | bytes) -> list[Any]:  # Any: rows are checked one by one
    no_export = "Choose a file that `greenroom data export` or the settings page made."
    if len(text) > MOST_IMPORT_BYTES:
        raise InputRejected("That file is too large for an export.", hint=no_export)
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputRejected(f"That file is no Greenroom export ({_short(error)}).", hint=no_export) from error
    if not isinstance(read, Mapping) or not isinstance(read.get("events"), list):
        raise InputRejected("That file is no Greenroom export.", hint=no_export)
    if read.get("greenroom_export") != FORMAT:
        raise InputRejected(
            f"That export has format {read.get('greenroom_export')!r}; this Greenroom reads {FORMAT}.",
            hint="Update Greenroom and import again.",
        )
    return list(read["events"])


class _Sorted(NamedTuple):
    new: list[Event]
    refused: list[Refusal]
    already_here: int


def _sort(conn: Connection, learner_id: LearnerId, rows: list[Any]) -> _Sorted:  # Any: see _rows_of
    """Events to add, rows that cannot be taken, and how many are here already."""
    found: dict[str, Event] = {}
    refused: list[Refusal] = []
    known = 0
    for number, row in enumerate(rows, start=1):
        read = _event_of(row, learner_id)
        if isinstance(read, str):
            given = row.get("id") if isinstance(row, Mapping) else ""
            refused.append(Refusal(row=number, event_id=str(given or "")[:64], reason=read))
            continue
        stored = events.find(conn, learner_id, read.id)
        before = found.get(read.id) or (stored.event if stored else None)
        if before is None:
            found[read.id] = read
        elif canonical_json(_plain(before)) == canonical_json(_plain(read)):
            known += 1
        else:
            reason = "an event of this id is here with other content"
            refused.append(Refusal(row=number, event_id=read.id, reason=reason))
    return _Sorted(list(found.values()), refused, known)


def _event_of(row: Any, learner_id: LearnerId) -> Event | str:  # Any: whatever the file holds
    """The event of a row, or the reason why it is none."""
    if not isinstance(row, Mapping):
        return "the row is no object"
    id_, at_ms, kind, version, data = (row.get(name) for name in ("id", "at_ms", "kind", "version", "data"))
    if not isinstance(id_, str) or not is_event_id(id_):
        return "id has not the form of an event id"
    if not isinstance(kind, str) or isinstance(version, bool) or not isinstance(version, int):
        return "kind or version is missing"
    if not isinstance(data, Mapping):
        return "data is missing"
    try:
        payload = decode(kind, version, data)
        canonical_json(encode(payload)).encode()
    except GreenroomError as error:
        return error.message
    except (TypeError, KeyError, ValueError) as error:
        return f"data does not fit {kind}: {_short(error)}"
    fault = fault_of(at_ms, payload)
    if fault is not None or not isinstance(at_ms, int):
        return f"{kind}: {fault}"
    return Event(id=EventId(id_), learner_id=learner_id, at_ms=at_ms, payload=payload)


def _short(error: BaseException) -> str:
    return str(error).replace("\n", " ")[:120]
