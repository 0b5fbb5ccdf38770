"""The documentation says what is there: events, errors, settings, commands, links."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from greenroom.cli.main import cli
from greenroom.core import errors, events
from greenroom.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
ALL = "\n".join(page.read_text() for page in PAGES)


def test_every_event_kind_is_explained() -> None:
    text = (ROOT / "docs/how-it-works.md").read_text()
    assert [kind for kind in events.KINDS if f"`{kind}`" not in text] == []


def test_every_error_is_explained() -> None:
    text = (ROOT / "docs/how-it-works.md").read_text()
    kinds = [cls.__name__ for cls in errors.GreenroomError.__subclasses__()]
    assert kinds
    assert [kind for kind in kinds if f"`{kind}`" not in text] == []


def test_every_setting_is_documented_with_its_default() -> None:
    text = (ROOT / "docs/operating.md").read_text()
    assert [name for name in Settings.model_fields if f"GREENROOM_{name.upper()}" not in text] == []


def _commands(group: click.Command, path: tuple[str, ...] = ()) -> list[str]:
    if not isinstance(group, click.Group):
        return [" ".join(("greenroom", *path))]
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found += _commands(command, (*path, name))
    return found


def test_every_command_appears_in_the_documentation() -> None:
    assert [command for command in _commands(cli) if command not in ALL] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)\s#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_source_file_that_is_named_exists(page: Path) -> None:
    named = re.findall(
        r"`((?:src/greenroom|core|app|web|store|content|judge|grading|cli)/[\w/]+\.py)`", page.read_text()
    )
    missing = [
        path for path in named if not (ROOT / path).exists() and not (ROOT / "src/greenroom" / path).exists()
    ]
    assert missing == []
