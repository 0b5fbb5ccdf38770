"""The wiring: real clocks, a judge that is made once and late, everything closed at the end."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.people import NoJudge

from greenroom.app.practice import today
from greenroom.core.errors import BankMissing, JudgeUnavailable
from greenroom.core.ids import ME
from greenroom.settings import Settings
from greenroom.wiring import FasterClock, LateJudge, SystemClock, opened


class CountedJudge(NoJudge):
    """A judge that knows whether it was closed."""

    def __init__(self) -> None:
        self.is_closed = False

    def close(self) -> None:
        """Ends it."""
        self.is_closed = True


def test_what_is_built_works_on_the_folder_it_was_told(tmp_path: Path) -> None:
    with opened(Settings(data_dir=tmp_path)) as deps:
        assert today(deps, ME).done == 0
    assert (tmp_path / "greenroom.db").exists()
    assert not list(tmp_path.glob("*-wal"))


def test_a_missing_bank_is_said_before_a_database_is_made(tmp_path: Path) -> None:
    with pytest.raises(BankMissing), opened(Settings(data_dir=tmp_path, bank_file=tmp_path / "none.json")):
        pass
    assert not list(tmp_path.iterdir())


def test_the_judge_is_made_once_however_many_ask_at_the_same_moment() -> None:
    made: list[CountedJudge] = []

    def make() -> CountedJudge:
        made.append(CountedJudge())
        return made[-1]

    judge = LateJudge(make)
    assert made == []
    askers = [threading.Thread(target=lambda: judge.level) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(made) == 1
    judge.close()
    assert made[0].is_closed


def test_a_judge_that_cannot_be_made_says_so_to_the_one_who_runs_code() -> None:
    def refuse() -> CountedJudge:
        raise JudgeUnavailable("No sandbox level works here.")

    judge = LateJudge(refuse)
    judge.warm(after_s=0.0)
    for _ in range(2):
        with pytest.raises(JudgeUnavailable):
            judge.execute("print(1)")
    judge.close()


def test_a_judge_that_was_closed_is_not_made_any_more() -> None:
    made: list[CountedJudge] = []
    judge = LateJudge(lambda: made.append(CountedJudge()) or made[-1])  # type: ignore[func-returns-value]  # append, then the last
    judge.warm(after_s=60.0)
    judge.close()
    with pytest.raises(RuntimeError, match="closed"):
        _ = judge.level
    assert made == []


def test_the_faster_clock_starts_now_and_runs_ahead() -> None:
    clock, system = FasterClock(1_000.0), SystemClock()
    first = clock.now_ms()
    assert first >= system.now_ms() - 1_000
    while clock.now_ms() < first + 2_000:  # two seconds of its own: two milliseconds of ours
        pass
    assert clock.now_ms() > system.now_ms()
