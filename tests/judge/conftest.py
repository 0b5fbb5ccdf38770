"""One judge for the whole run: its zygotes start when a test first needs them."""

from collections.abc import Iterator

import pytest

from greenroom.judge.pool import SandboxJudge


@pytest.fixture(scope="session")
def judge() -> Iterator[SandboxJudge]:
    with SandboxJudge() as running:
        yield running
