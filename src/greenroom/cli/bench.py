"""`greenroom bench`: measurements of this installation on this machine."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from greenroom.app.selection_bench import measure_selection


@click.group("bench")
def bench_commands() -> None:
    """Measure Greenroom on this machine."""


@bench_commands.command("select")
@click.option(
    "--items", default=10_000, show_default=True, type=click.IntRange(100, 1_000_000), help="Bank size."
)
@click.option("--seed", default=0, show_default=True, help="Seed of the simulated bank and learner.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def select(items: int, seed: int, as_json: bool) -> None:
    """Time the choice of the next question from a simulated bank."""
    times = measure_selection(items, seed=seed)
    if as_json:
        click.echo(json.dumps({key: round(value, 4) for key, value in asdict(times).items()}))
        return
    click.echo(f"Choosing the next of {times.items:,} items: median {times.median_ms:.3f} ms")
    click.echo(f"  95th percentile {times.p95_ms:.3f} ms, scoring alone {times.score_median_ms:.3f} ms")
    click.echo(
        f"  taking an answer in {times.take_median_ms:.4f} ms, warm start {times.warm_start_ms:.1f} ms"
    )
