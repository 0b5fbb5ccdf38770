"""Kills the real server at random moments under load: `python -m tests.crash --times 200`.

Four clients answer questions over HTTP without pause; after a random time the server gets SIGKILL and a new
one starts on the same file. Each client then sends again, with the same id, what was not acknowledged. At
the end, and after every kill: each acknowledged answer is in the log, each id once, every count that is shown
agrees with the log, and a rebuild finds no difference.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.people import HandClock, NoJudge

from greenroom.app.data import rebuild
from greenroom.app.deps import Deps
from greenroom.content.bank import COMPILED_FILE, load
from greenroom.core.events import Answered
from greenroom.core.ids import ME
from greenroom.core.items import Item, Kind
from greenroom.grading.grader import OfflineGrader
from greenroom.store import events
from greenroom.store.answers import ANSWERS
from greenroom.store.days import DAYS
from greenroom.store.learners import LEARNERS
from greenroom.store.opening import open_store
from greenroom.store.sessions import SESSIONS

CLIENTS = 4
BANK = "bank.json"
"""A copy of the compiled bank: one that is built anew meanwhile would change the questions under way."""
_START_S = 60.0
_ADDRESS = re.compile(r"http://[\d.]+:\d+")


@dataclass(kw_only=True)
class Ledger:
    """What the clients sent and what was acknowledged, by event id."""

    sent: dict[str, Mapping[str, str]] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    """Answers of the server that were neither an acknowledgement nor a broken connection."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def open_ids(self) -> list[str]:
        """Sent, and not known to have arrived."""
        with self.lock:
            return [event_id for event_id in self.sent if event_id not in self.acknowledged]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run of kills came to."""

    kills: int
    sent: int
    acknowledged: int
    resent: int
    """Sent again after a kill because no answer had come."""
    stored_before_resending: int
    """Of those, how many the killed server had already written: each would be counted twice without ids."""
    faults: tuple[str, ...]


@contextmanager
def server(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A real server on the folder's database, and its address."""
    env = {**os.environ, "GREENROOM_DATA_DIR": str(folder), "GREENROOM_BANK_FILE": str(folder / BANK)}  # noqa: TID251  # what a child process inherits
    process = subprocess.Popen(
        [sys.executable, "-m", "greenroom", "serve", "--port", "0", "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=env,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = _ADDRESS.search(said)
        if found is None:
            raise RuntimeError(f"the server did not start: {said}{process.stdout.read()}")
        yield process, found.group(0)
    finally:
        process.kill()
        process.wait(_START_S)


def form_of(item: Item, event_id: str, session_id: str) -> dict[str, str]:
    """An answer as the page sends it: the first option."""
    return {
        "event_id": event_id,
        "item_id": item.id,
        "item_hash": item.hash,
        "session_id": session_id,
        "option": "a",
        "confidence": "3",
        "shown_ms": str(int(time.time() * 1000) - 5_000),
    }


def post(address: str, form: Mapping[str, str]) -> int:
    """The HTTP status of sending the form. Raises OSError or HTTPException where the server died."""
    conn = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        conn.request(
            "POST",
            "/practice",
            urlencode(form),
            {"Content-Type": "application/x-www-form-urlencoded", "Origin": address},
        )
        response = conn.getresponse()
        response.read()
        return response.status
    finally:
        conn.close()


def send(address: str, ledger: Ledger, event_id: str) -> bool:
    """Sends one answer; False where the server is gone."""
    try:
        status = post(address, ledger.sent[event_id])
    except (OSError, http.client.HTTPException):
        return False
    with ledger.lock:
        if status == 200:
            ledger.acknowledged.add(event_id)
        else:
            ledger.refused.append(f"HTTP {status} for {event_id}")
    return True


def answer_until_killed(address: str, ledger: Ledger, items: list[Item], dice: random.Random) -> None:
    """One client: answers question after question until the connection breaks."""
    while True:
        event_id = str(uuid.uuid4())
        session_id = f"session-{uuid.uuid4().hex[:12]}"
        form = form_of(dice.choice(items), event_id, session_id)
        with ledger.lock:
            ledger.sent[event_id] = form
        if not send(address, ledger, event_id):
            return


def one_kill(folder: Path, ledger: Ledger, items: list[Item], dice: random.Random) -> int:
    """Starts, loads, kills. Returns how many answers of the kill before were sent again."""
    with server(folder) as (process, address):
        resent = ledger.open_ids()
        for event_id in resent:
            send(address, ledger, event_id)
        clients = [
            threading.Thread(
                target=answer_until_killed, args=(address, ledger, items, random.Random(dice.random()))
            )
            for _ in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        time.sleep(dice.uniform(0.0, 1.0))  # the random moment: what is tested, not a wait for something
        os.kill(process.pid, signal.SIGKILL)
        for client in clients:
            client.join()
    return len(resent)


def faults_in(folder: Path, ledger: Ledger) -> list[str]:
    """What is wrong in the file, in words; nothing, one hopes."""
    store = open_store(folder / "greenroom.db")
    try:
        with store.read() as conn:
            logged = [
                entry for entry in events.read_since(conn, ME) if isinstance(entry.event.payload, Answered)
            ]
            rows = ANSWERS.all(conn, ME)
            learner = LEARNERS.find(conn, ME)
            by_day = sum(row.answered for row in DAYS.all(conn, ME))
            by_session = sum(row.answered for row in SESSIONS.all(conn, ME))
        ids = [entry.event.id for entry in logged]
        total = learner.answered if learner else 0
        deps = Deps(
            clock=HandClock(), bank=load(folder / BANK), judge=NoJudge(), grader=OfflineGrader(), store=store
        )
        differences = rebuild(deps, ME).differences
    finally:
        store.close()
    faults = [f"acknowledged and lost: {lost}" for lost in sorted(ledger.acknowledged - set(ids))]
    faults += [f"never sent: {stray}" for stray in sorted(set(ids) - set(ledger.sent))]
    if len(ids) != len(set(ids)):
        faults.append("an event is in the log twice")
    counts = {len(ids), len(rows), total, by_day, by_session}
    if len(counts) != 1:
        faults.append(f"counts disagree: log {len(ids)}, rows {len(rows)}, {total}, {by_day}, {by_session}")
    return faults + [f"projection differs: {found.table} {found.key}" for found in differences]


def stored_ids(folder: Path) -> set[str]:
    """Ids in the log."""
    store = open_store(folder / "greenroom.db")
    try:
        with store.read() as conn:
            return {entry.event.id for entry in events.read_since(conn, ME)}
    finally:
        store.close()


def crash(folder: Path, times: int, *, seed: int) -> Outcome:
    """Kills the server so many times, checks after each, and sends everything open again at the end."""
    shutil.copy(COMPILED_FILE, folder / BANK)
    items = [item for item in load(folder / BANK).items.values() if item.kind is Kind.CHOICE]
    ledger, dice = Ledger(), random.Random(seed)
    faults: list[str] = []
    resent = stored_before = 0
    for number in range(1, times + 1):
        resent += one_kill(folder, ledger, items, dice)
        faults += [f"kill {number}: {fault}" for fault in faults_in(folder, ledger)]
        stored_before += len(stored_ids(folder) & set(ledger.open_ids()))
    with server(folder) as (_, address):
        last = ledger.open_ids()
        for event_id in last:
            send(address, ledger, event_id)
    faults += [f"at the end: {fault}" for fault in faults_in(folder, ledger)]
    faults += [f"never acknowledged: {event_id}" for event_id in ledger.open_ids()]
    if stored_ids(folder) != set(ledger.sent):
        faults.append("the log does not hold exactly what was sent")
    return Outcome(
        kills=times,
        sent=len(ledger.sent),
        acknowledged=len(ledger.acknowledged),
        resent=resent + len(last),
        stored_before_resending=stored_before,
        faults=(*ledger.refused, *faults),
    )


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = random.randrange(2**31) if given.seed is None else given.seed
    with tempfile.TemporaryDirectory() as folder:
        outcome = crash(Path(folder), given.times, seed=seed)
    print(
        f"{outcome.kills} kills (seed {seed}): {outcome.sent} answers sent, {outcome.acknowledged} acknowledged, "
        f"{outcome.resent} sent again, {outcome.stored_before_resending} of them had been written already, "
        f"{len(outcome.faults)} faults."
    )
    for fault in outcome.faults:
        print(f"  {fault}")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
