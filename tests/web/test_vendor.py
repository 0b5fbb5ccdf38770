"""Vendored browser libraries are the files that LOCK names, and nothing else."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest

VENDOR = Path(str(files("greenroom.web"))) / "static" / "vendor"


def locked() -> dict[str, list[str]]:
    """File -> [library, version, licence, sha256, where from]."""
    lines = (VENDOR / "LOCK").read_text("utf-8").splitlines()
    rows = [line.split("  ", 5) for line in lines if line.strip() and not line.startswith("#")]
    return {row[0]: row[1:] for row in rows}


def test_every_vendored_script_and_style_is_locked() -> None:
    shipped = {path.name for path in VENDOR.iterdir() if path.suffix in {".js", ".css", ".woff2"}}
    assert shipped == {name for name in locked() if "/" not in name}


@pytest.mark.parametrize("name", sorted(locked()))
def test_a_vendored_file_is_the_one_that_was_locked(name: str) -> None:
    _, version, licence, sha256, source = locked()[name]
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == sha256
    assert version
    assert licence
    assert source
