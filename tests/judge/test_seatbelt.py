"""The macOS level, as far as it can be run elsewhere: the worker's mechanics, and that it fails closed."""

from collections.abc import Callable
from functools import partial

import pytest

from greenroom.core.errors import JudgeUnavailable
from greenroom.core.verdicts import Outcome
from greenroom.judge.children import Child
from greenroom.judge.pools import Pool
from greenroom.judge.scripts import run_script
from greenroom.judge.seatbelt import Workers, profile_text
from greenroom.judge.zygotes import Plan

BARE = partial(Workers, prefix=())


def pool_of(without: tuple[str, ...], parent: Callable[[Plan, Callable[[Child], None]], Workers]) -> Pool:
    return Pool(Plan(level="seatbelt", profile="core", without=without), 1, parent=parent)


def test_worker_without_its_profile_is_refused() -> None:
    pool = pool_of((), BARE)
    try:
        with pytest.raises(JudgeUnavailable, match="incomplete"):
            pool.take()
    finally:
        pool.close()


def test_worker_runs_one_program_and_ends() -> None:
    pool = pool_of(("seatbelt",), BARE)
    try:
        child = pool.take()
        result = run_script(child, "import numpy as np\nprint(np.ones(3).sum())", 5_000, 256 << 20)
        assert (result.outcome, result.stdout) == (Outcome.ACCEPTED, "3.0\n")
        child.close()
        assert not child.is_alive
        busy = pool.take()
        assert run_script(busy, "while True: pass", 200, 256 << 20).outcome is Outcome.TIME_LIMIT
        busy.close()
    finally:
        pool.close()


def test_profile_denies_by_default_and_names_what_may_be_read() -> None:
    text = profile_text(("/opt/lib/numpy",))
    assert "(deny default)" in text
    assert '(subpath "/opt/lib/numpy")' in text
    assert "network" not in text
    assert "process-fork" not in text
    assert "file-write" not in text
