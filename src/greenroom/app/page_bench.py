"""Measures the real server over HTTP: start-up, time and bytes of each page, memory."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from greenroom.app.projections import refresh
from greenroom.app.record import append_and_fold
from greenroom.app.rehearsed_learner import history_of
from greenroom.app.store_bench import Times, times_of
from greenroom.core.errors import GreenroomError
from greenroom.core.ids import ME
from greenroom.core.ports import Bank, Clock
from greenroom.store.opening import open_store

PAGES = (
    "/",
    "/start",
    "/practice",
    "/diagnostic",
    "/plan",
    "/progress",
    "/code",
    "/interview",
    "/bank",
    "/settings",
)
_ADDRESS = re.compile(r"http://[\d.]+:\d+")
_ASSET = re.compile(r'(?:src|href)="(/static/[^"#?]+)"')
_IMPORT = re.compile(r"""(?:from\s+|import\s+|import\()["'](\.{1,2}/[^"']+|/static/[^"']+)["']""")
_FONT = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTimes:
    """One page: time until its last byte, and its bytes as sent (gzip)."""

    path: str
    status: int
    times: Times
    sent_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesReport:
    """What was measured."""

    startup_ms: float
    """From the start of the process to the last byte of the first page, with an empty database."""
    restart_ms: float
    """The same with the rehearsed learner's database."""
    n_answers: int
    pages: tuple[PageTimes, ...]
    first_practice_bytes: int
    """The first practice page of a new visitor with everything it loads, as sent."""
    first_practice_files: Mapping[str, int]
    memory_mb: float
    """Resident memory of the server after all that, without the sandbox's processes."""


def measure_pages(bank: Bank, clock: Clock, *, n_answers: int, repeats: int) -> PagesReport:
    """Starts servers of their own on a folder of their own, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name:
        fresh, lived = Path(name) / "fresh", Path(name) / "lived"
        _write_history(lived, bank, clock, n_answers)
        with _server(fresh) as (_, address, started):
            _get(address, "/")
            startup_ms = (time.perf_counter() - started) * 1000
            files = _first_visit(address, "/practice")
        with _server(lived) as (process, address, started):
            _get(address, "/")
            restart_ms = (time.perf_counter() - started) * 1000
            pages = tuple(_page(address, path, repeats) for path in PAGES)
            memory_mb = _resident_mb(process.pid)
    return PagesReport(
        startup_ms=startup_ms,
        restart_ms=restart_ms,
        n_answers=n_answers,
        pages=pages,
        first_practice_bytes=sum(files.values()),
        first_practice_files=files,
        memory_mb=memory_mb,
    )


def _write_history(folder: Path, bank: Bank, clock: Clock, n_answers: int) -> None:
    store = open_store(folder / "greenroom.db")
    with store.write() as conn:
        append_and_fold(conn, ME, history_of(bank, ME, n_answers, now_ms=clock.now_ms()))
    refresh(store)
    store.close()


@contextmanager
def _server(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str, float]]:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "greenroom", "serve", "--port", "0", "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "GREENROOM_DATA_DIR": str(folder)},  # noqa: TID251  # a child inherits; nothing is read
    )
    try:
        assert process.stdout is not None  # it was asked for
        said = process.stdout.readline()
        found = _ADDRESS.search(said)
        if found is None:
            raise GreenroomError(f"The server did not start: {said.strip()}", hint="Run `greenroom doctor`.")
        yield process, found.group(0), started
    finally:
        process.terminate()
        process.wait(30)


def _page(address: str, path: str, repeats: int) -> PageTimes:
    conn = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    found, status, sent = [], 0, 0
    for number in range(repeats + 1):
        started = time.perf_counter()
        conn.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = conn.getresponse()
        body = response.read()
        took_ms = (time.perf_counter() - started) * 1000
        status, sent = response.status, len(body)
        if number:  # the first one fills caches
            found.append(took_ms)
    conn.close()
    return PageTimes(path=path, status=status, times=times_of(found), sent_bytes=sent)


def _get(address: str, path: str) -> tuple[int, bytes, bytes]:
    """Status, bytes as sent, bytes as read."""
    conn = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    conn.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = conn.getresponse()
    sent = response.read()
    conn.close()
    is_packed = response.getheader("content-encoding") == "gzip"
    return response.status, sent, gzip.decompress(sent) if is_packed else sent


def _first_visit(address: str, path: str) -> dict[str, int]:
    """Everything a browser loads for the page, with bytes as sent: style sheets, modules, what those load."""
    _, sent, page = _get(address, path)
    found = {path: len(sent)}
    queue = _ASSET.findall(page.decode())
    while queue:
        asset = queue.pop(0)
        if asset in found:
            continue
        status, sent, read = _get(address, asset)
        found[asset] = len(sent)
        if status != 200:
            raise GreenroomError(f"{asset} answers with HTTP {status}.", hint="Report this.")
        if asset.endswith((".js", ".css")):
            text = read.decode()
            inner = _IMPORT.findall(text) if asset.endswith(".js") else _FONT.findall(text)
            base = asset.rsplit("/", 1)[0]
            queue += [
                os.path.normpath(f"{base}/{ref}") if ref.startswith(".") else ref
                for ref in inner
                if ref.startswith((".", "/static/"))
            ]
    return found


def _resident_mb(pid: int) -> float:
    """Resident memory in MiB; 0 where the system does not say (no /proc)."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+) kB", text)
    return int(found.group(1)) / 1024 if found else 0.0
