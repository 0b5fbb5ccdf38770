"""`greenroom simulate`: what the rules would do, on people who do not exist."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from greenroom.app.evaluation.answers import read_answers
from greenroom.app.evaluation.filter_fit import fit_filter
from greenroom.app.evaluation.simulation import (
    Coverage,
    MapError,
    SelectionGain,
    coverage,
    diagnostic_errors,
    selection_gain,
    world_from,
    world_of,
)


@click.group("simulate")
def simulate_commands() -> None:
    """Simulate learners and interviews."""


@simulate_commands.command("learners")
@click.option(
    "--learners", default=300, show_default=True, type=click.IntRange(10, 100_000), help="How many."
)
@click.option("--seed", default=0, show_default=True, help="Seed of the bank and the learners.")
@click.option(
    "--data",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV as for `eval learner`: selection is then also simulated on item parameters fitted to it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def learners(learners: int, seed: int, data: Path | None, as_json: bool) -> None:
    """Cold start, diagnostic and selection on simulated learners.

    Is the first interval honest? How good is the map after n questions, beside random ones and a fixed form?
    Do chosen questions tell more about the rest than more random ones?
    """
    world = world_of(seed=seed)
    honest = coverage(world, n_learners=learners, seed=seed)
    surprised = coverage(world, n_learners=learners, seed=seed, shift=-0.7, spread=1.3)
    errors = diagnostic_errors(world, n_learners=learners, seed=seed)
    gains = {"bank": [selection_gain(world, n_learners=learners, seed=seed, n_chosen=n) for n in (7, 10)]}
    if data is not None:
        answers = read_answers([(data, False)])
        fitted = world_from(answers, fit_filter(answers, seed=seed), seed=seed)
        gains["data"] = [selection_gain(fitted, n_learners=learners, seed=seed, n_chosen=n) for n in (7, 10)]
    if as_json:
        found = {
            "learners": learners,
            "coverage": [asdict(entry) for entry in honest],
            "coverage_of_unexpected_learners": [asdict(entry) for entry in surprised],
            "diagnostic": [asdict(entry) for entry in errors],
            "selection": {name: [asdict(gain) for gain in entries] for name, entries in gains.items()},
        }
        click.echo(json.dumps(found))
        return
    click.echo("\n".join([*_coverage_lines(honest, surprised), "", *_error_lines(errors), ""]))
    for name, entries in gains.items():
        click.echo("\n".join(_gain_lines(name, entries)))


def _coverage_lines(honest: tuple[Coverage, ...], surprised: tuple[Coverage, ...]) -> list[str]:
    lines = [
        "Share of true values inside the 90 % interval (area, topic), and its mean width:",
        f"{'answers':>9}{'area':>8}{'topic':>8}{'width':>8}   learners the prior does not expect: area",
    ]
    for entry, other in zip(honest, surprised, strict=True):
        lines.append(
            f"{entry.n_answers:>9}{entry.area_01:>8.3f}{entry.topic_01:>8.3f}{entry.area_width_01:>8.3f}"
            f"{other.area_01:>28.3f}"
        )
    return lines


def _error_lines(errors: tuple[MapError, ...]) -> list[str]:
    lines = [
        "Error of the area map, mean absolute probability by role weight:",
        f"{'questions':>10}{'adaptive':>10}{'random':>10}{'fixed form':>12}",
    ]
    for entry in errors:
        lines.append(
            f"{entry.n_answers:>10}{entry.adaptive_01:>10.4f}{entry.random_01:>10.4f}{entry.fixed_01:>12.4f}"
        )
    return lines


def _gain_lines(name: str, gains: list[SelectionGain]) -> list[str]:
    source = "a simulated bank" if name == "bank" else "items fitted on the data"
    return [
        f"{gain.n_chosen} chosen against {gain.n_random} random, {source}: log loss on the rest "
        f"{gain.chosen_nats:.4f} against {gain.random_nats:.4f} (gain {gain.gain_low_nats:+.4f} to "
        f"{gain.gain_high_nats:+.4f}), most exposed item {gain.top_exposure_01:.0%}"
        for gain in gains
    ]
