"""Looks at this machine before trouble does: numbered checks, each finding with its remedy."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import httpx2

from greenroom.content.bank import load
from greenroom.core.errors import GreenroomError
from greenroom.judge.pool import SandboxJudge
from greenroom.settings import Settings
from greenroom.store.opening import health, version_of
from greenroom.store.versions import HEAD

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 35, 0)
"""Upserts, RETURNING and the window functions of the statements used here."""
WANTED_FREE_BYTES = 500 << 20
NEEDED_FREE_BYTES = 20 << 20
_THREADSAFE = {1, 3}
_MODEL_TIMEOUT_S = 5.0


class Health(StrEnum):
    """What a check came to. Only a problem keeps something from working."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    SKIPPED = "skipped"


class Found(NamedTuple):
    """A finding: how it is, what was seen, what to do."""

    health: Health
    seen: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One numbered check."""

    number: int
    name: str
    health: Health
    seen: str
    remedy: str
    """What to do; empty where nothing needs doing."""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Every check, in order. Changes nothing, and calls the network only where a model endpoint is configured."""
    checks: list[tuple[str, Callable[[Settings], Found]]] = [
        ("Python", _python),
        ("SQLite", _sqlite),
        ("Sandbox", _sandbox),
        ("Bank", _bank),
        ("Data folder", _folder),
        ("Database", _database),
        ("Disk", _disk),
        ("Model endpoint", _model),
    ]
    found = []
    for number, (name, look) in enumerate(checks, start=1):
        seen = look(settings)
        found.append(Check(number=number, name=name, health=seen.health, seen=seen.seen, remedy=seen.remedy))
    return tuple(found)


def _python(_settings: Settings) -> Found:
    seen = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info < OLDEST_PYTHON:
        return Found(Health.PROBLEM, seen, "Install Python 3.11 or newer and set up Greenroom with it.")
    return Found(Health.OK, seen)


def _sqlite(_settings: Settings) -> Found:
    conn = sqlite3.connect(":memory:")
    options = [str(row[0]) for row in conn.execute("PRAGMA compile_options")]
    conn.close()
    threads = next((option for option in options if option.startswith("THREADSAFE=")), "THREADSAFE=?")
    seen = f"{sqlite3.sqlite_version}, {threads}, {len(options)} compile options"
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(str(part) for part in OLDEST_SQLITE)
        return Found(Health.PROBLEM, seen, f"Use a Python that was built with SQLite {needed} or newer.")
    if sqlite3.threadsafety not in _THREADSAFE:
        return Found(Health.PROBLEM, seen, "Use a Python whose SQLite was built thread-safe (THREADSAFE=1).")
    return Found(Health.OK, seen)


def _sandbox(settings: Settings) -> Found:
    judge = SandboxJudge(1, max_memory_mb=settings.judge_max_memory_mb)
    try:
        finding = judge.finding
    except GreenroomError as error:
        return Found(Health.PROBLEM, error.message, error.hint)
    finally:
        judge.close()
    seen = f"{finding.rung.level}: {finding.rung.layers}; {len(finding.checks)} self-checks held"
    if finding.rung.weaker:
        return Found(
            Health.WARNING,
            f"{seen}. Weaker: {finding.rung.weaker}",
            "Allow unprivileged user namespaces for the full level; docs/security.md says what each level holds.",
        )
    return Found(Health.OK, seen)


def _bank(settings: Settings) -> Found:
    try:
        bank = load(settings.bank_file)
        seen = (
            f"{len(bank.items)} closed items, {len(bank.problems)} coding problems, "
            f"{len(bank.open_questions)} open questions, hash {bank.hash[:12]}"
        )
    except GreenroomError as error:
        return Found(Health.PROBLEM, error.message, error.hint)
    if not bank.items:
        return Found(Health.PROBLEM, seen, "Build the bank from its sources: `greenroom bank build`.")
    return Found(Health.OK, seen)


def _folder(settings: Settings) -> Found:
    folder = settings.data_dir.expanduser()
    existing = next((part for part in (folder, *folder.parents) if part.is_dir()), Path("/"))
    try:
        with tempfile.NamedTemporaryFile(dir=existing):
            pass
    except OSError as error:
        return Found(
            Health.PROBLEM,
            f"{folder} cannot be written ({error.strerror})",
            "Give your user the right to write there, or set GREENROOM_DATA_DIR to another folder.",
        )
    return Found(Health.OK, f"{folder}{'' if folder.is_dir() else ' (made on first start)'}")


def _database(settings: Settings) -> Found:
    path = settings.database_file.expanduser()
    try:
        version = version_of(path)
        faults = health(path) if version is not None else []
    except GreenroomError as error:
        return Found(Health.PROBLEM, error.message, error.hint)
    except OSError as error:
        return Found(Health.PROBLEM, f"{path}: {error.strerror}", "Check the rights of the file.")
    if version is None:
        return Found(Health.OK, f"{path} is made on first start")
    size = f"{path}, {path.stat().st_size / 2**20:.1f} MiB, schema {version}"
    if faults:
        return Found(
            Health.PROBLEM,
            f"{size}: {faults[0]}",
            "Stop Greenroom, move the file aside, and import your last export; see docs/operating.md, Recovery.",
        )
    if version != HEAD:
        return Found(Health.OK, f"{size} (brought to {HEAD} at the next start, a copy is kept)")
    return Found(Health.OK, f"{size}, integrity check passed")


def _disk(settings: Settings) -> Found:
    folder = settings.data_dir.expanduser()
    existing = next((part for part in (folder, *folder.parents) if part.is_dir()), Path("/"))
    free = shutil.disk_usage(existing).free
    seen = f"{free / 2**30:.1f} GiB free at {existing}"
    if free < NEEDED_FREE_BYTES:
        return Found(Health.PROBLEM, seen, "Free some space: answers are refused when the disk is full.")
    if free < WANTED_FREE_BYTES:
        return Found(Health.WARNING, seen, "Free some space soon.")
    return Found(Health.OK, seen)


def _model(settings: Settings) -> Found:
    if settings.model_url is None:
        return Found(Health.SKIPPED, "none configured: no network call is ever made")
    try:
        answered = httpx2.get(settings.model_url, timeout=_MODEL_TIMEOUT_S)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        return Found(
            Health.WARNING,
            f"{settings.model_url} does not answer ({type(error).__name__})",
            "Start the endpoint or correct GREENROOM_MODEL_URL; until then Greenroom works offline.",
        )
    return Found(Health.OK, f"{settings.model_url} answers (HTTP {answered.status_code})")
