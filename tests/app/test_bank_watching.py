"""Watching: one build at the start, one for each change, none in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.content.banks import CHOICE, put, write_bank

from greenroom.app.bank_watching import watched
from greenroom.content.compiling import BuildReport
from greenroom.core.errors import BankInvalid


def test_a_change_is_built_once_and_a_broken_taxonomy_is_said(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    changed = CHOICE.replace("10", "ten")
    steps: Iterator[Callable[[], object]] = iter(
        [
            lambda: None,
            lambda: put(bank, "items/evaluation/precision-recall.md", changed),
            lambda: None,
            lambda: put(bank, "taxonomy/areas.yaml", "areas: none"),
        ]
    )

    def wait() -> None:
        next(steps)()

    reports = list(watched(bank, tmp_path / "out.json", wait))
    assert len(reports) == 3
    first, second, third = reports
    assert isinstance(first, BuildReport)
    assert isinstance(second, BuildReport)
    assert second.hash != first.hash
    assert second.n_compiled == 1
    assert isinstance(third, BankInvalid)
