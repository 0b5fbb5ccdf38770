"""`greenroom outcome`: a real interview's outcome, told by the person."""

from __future__ import annotations

import json
from dataclasses import asdict
from uuid import uuid4

import click

from greenroom.app.accounts import only_learner
from greenroom.app.outcomes import OutcomeIn, record_outcome
from greenroom.settings import Settings
from greenroom.wiring import opened


@click.command("outcome")
@click.argument("round_kind", metavar="ROUND")
@click.argument("result", metavar="RESULT")
@click.option("--company", default="", help="Where it was; kept on this machine like everything else.")
@click.option("--on", "happened_on", default="", help="Day of the interview, YYYY-MM-DD; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def outcome(round_kind: str, result: str, company: str, happened_on: str, as_json: bool) -> None:
    """Record how a real interview ROUND went: RESULT is passed, failed or unknown.

    Readiness is only a model until real outcomes are known; each one calibrates it.
    """
    told = OutcomeIn(
        event_id=str(uuid4()),
        round_kind=round_kind,
        outcome=result,
        company=company,
        happened_on=happened_on,
    )
    with opened(Settings()) as deps:
        kept = record_outcome(deps, only_learner(), told).outcome
    if as_json:
        click.echo(json.dumps(asdict(kept)))
        return
    where = f" at {kept.company}" if kept.company else ""
    click.echo(f"Kept: {kept.round_kind}{where}, {kept.outcome}, {kept.happened_on}.")
    if kept.predicted_01 is not None:
        click.echo(f"Greenroom had expected {kept.predicted_01:.0%}. Readiness takes this into account now.")
