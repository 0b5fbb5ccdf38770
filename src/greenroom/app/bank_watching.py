"""Rebuilds the bank while an author writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from greenroom.content.compiling import BuildReport, build
from greenroom.core.errors import GreenroomError


def fingerprint(bank_dir: Path) -> frozenset[tuple[str, int, int]]:
    """(path, size, time of change) of every file; differs after any save."""
    made: set[tuple[str, int, int]] = set()
    for file in bank_dir.rglob("*"):
        try:
            found = file.stat()
        except OSError:
            continue  # deleted between listing and looking
        if file.is_file():
            made.add((str(file), found.st_size, found.st_mtime_ns))
    return frozenset(made)


def watched(
    bank_dir: Path, out_file: Path, wait: Callable[[], None]
) -> Iterator[BuildReport | GreenroomError]:
    """A report for the first build and for each one after a change; a bank that cannot be read is one too.

    `wait` is called between two looks. Ends when it raises StopIteration.
    """
    seen: frozenset[tuple[str, int, int]] | None = None
    while True:
        now = fingerprint(bank_dir)
        if now != seen:
            seen = now
            try:
                yield build(bank_dir, out_file)
            except GreenroomError as error:
                yield error
        try:
            wait()
        except StopIteration:
            return
