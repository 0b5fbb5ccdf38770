"""`greenroom doctor`: numbered checks of this machine, each finding with its remedy."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from greenroom.app.doctor import Health, examine
from greenroom.settings import Settings

_MARKS = {Health.OK: "✓", Health.WARNING: "!", Health.PROBLEM: "✗", Health.SKIPPED: "–"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(as_json: bool) -> None:
    """Check this machine. Ends with 1 where something keeps Greenroom from working."""
    checks = examine(Settings())
    if as_json:
        click.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False))
    else:
        for check in checks:
            click.echo(f"{check.number}. {_MARKS[check.health]} {check.name}: {check.seen}")
            if check.remedy:
                click.echo(f"     → {check.remedy}")
    sys.exit(any(check.health is Health.PROBLEM for check in checks))
