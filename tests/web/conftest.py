"""Fixtures of the web floor."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.web.visitor import Visitor, a_visitor


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    """A new person."""
    return a_visitor(tmp_path)
