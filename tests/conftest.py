"""Options of the whole suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regenerate-golden`: goldens are written instead of compared; read the diff before committing it."""
    parser.addoption("--regenerate-golden", action="store_true", default=False)


@pytest.fixture
def regenerates(request: pytest.FixtureRequest) -> bool:
    """True where goldens are to be written."""
    return bool(request.config.getoption("--regenerate-golden"))
