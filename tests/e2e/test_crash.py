"""A sample of what `./dev crash` does two hundred times."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.crash import crash


@pytest.mark.slow
def test_kill_9_under_load_loses_no_acknowledged_answer_and_counts_none_twice(tmp_path: Path) -> None:
    outcome = crash(tmp_path, 5, seed=20_261_116)
    assert outcome.faults == ()
    assert outcome.sent == outcome.acknowledged > 0
    assert outcome.resent > 0  # some answers were on their way when the server died
