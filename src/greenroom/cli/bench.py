"""`greenroom bench`: measurements of this installation on this machine."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from greenroom.app.judge_bench import cores, measure_judge
from greenroom.app.memory_bench import measure_memory
from greenroom.app.page_bench import measure_pages
from greenroom.app.selection_bench import measure_selection
from greenroom.app.store_bench import Times, measure_store
from greenroom.settings import Settings
from greenroom.wiring import opened


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


@bench_commands.command("store")
@click.option(
    "--events",
    default=5_000,
    show_default=True,
    type=click.IntRange(100, 1_000_000),
    help="Events of the log.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def store(events: int, as_json: bool) -> None:
    """Time answers, the next question and the pages' use cases on a log of that many events."""
    with opened(Settings()) as deps:
        found = measure_store(deps.clock, deps.judge, deps.grader, n_events=events)
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    click.echo(f"Events written, one a transaction: {found.events_per_second:,.0f} a second")
    click.echo(f"  many in one transaction {found.folded_per_second:,.0f} a second")
    click.echo(f"Answer, empty log: {_words(found.answer_when_empty)}")
    click.echo(f"Answer, {found.n_events:,} events: {_words(found.answer_when_full)}")
    for size in found.sizes:
        click.echo(
            f"Next of {size.items:,} items: {_words(size.next_question)}, first after a start {size.first_ms:.1f} ms"
        )
    click.echo(f"Today: {_words(found.today)}")
    click.echo(f"Progress: {_words(found.progress)}")
    click.echo(
        f"Rebuild: {found.rebuilt_per_second:,.0f} events a second, {found.differences} differences; "
        f"{found.bytes_per_event:,.0f} bytes an event; peak memory {found.peak_memory_mb:.0f} MiB"
    )


@bench_commands.command("pages")
@click.option("--answers", default=1_000, show_default=True, type=click.IntRange(0, 100_000), help="History.")
@click.option("--repeats", default=40, show_default=True, type=click.IntRange(5, 1_000), help="Of each page.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def pages(answers: int, repeats: int, as_json: bool) -> None:
    """Time a real server's pages over HTTP, its start, its bytes and its memory."""
    with opened(Settings()) as deps:
        found = measure_pages(deps.bank, deps.clock, n_answers=answers, repeats=repeats)
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    click.echo(
        f"Start to first page: {found.startup_ms:,.0f} ms empty, {found.restart_ms:,.0f} ms with a history"
    )
    click.echo(f"{found.n_answers:,} answers in the history:")
    for page in found.pages:
        click.echo(f"  {page.path:<12} {page.status}  {_words(page.times)}, {page.sent_bytes / 1000:.1f} KB")
    click.echo(
        f"First practice page with everything it loads: {found.first_practice_bytes / 1000:.1f} KB as sent"
    )
    for name, size in sorted(found.first_practice_files.items(), key=lambda pair: -pair[1]):
        click.echo(f"    {size / 1000:6.1f} KB  {name}")
    click.echo(f"Memory of the server: {found.memory_mb:.0f} MiB")


def _words(times: Times) -> str:
    return f"median {times.median_ms:.2f} ms, 95th percentile {times.p95_ms:.2f} ms"


@bench_commands.command("judge")
@click.option(
    "--profile", "chosen", multiple=True, default=("core", "ml"), show_default=True, help="Profiles."
)
@click.option("--runs", default=200, show_default=True, type=click.IntRange(8), help="Pooled runs a row.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def judge(chosen: tuple[str, ...], runs: int, as_json: bool) -> None:
    """Time a verdict on ten tests: pooled, and with a fresh Python for every run."""
    rows = measure_judge(chosen, runs=runs)
    if as_json:
        click.echo(json.dumps({"cores": cores(), "rows": [asdict(row) for row in rows]}))
        return
    click.echo(f"Request to ten compared results, wall time, {cores()} cores")
    for row in rows:
        click.echo(
            f"  {row.profile:5} {row.way:26} {row.submitters} at once: median {row.median_ms:8.2f} ms, "
            f"95th percentile {row.p95_ms:8.2f} ms, {row.per_second:6.1f} a second ({row.runs} runs)"
        )


@bench_commands.command("memory")
@click.option(
    "--reviews", default=100_000, show_default=True, type=click.IntRange(100, 1_000_000), help="Log length."
)
@click.option("--seed", default=0, show_default=True, help="Seed of the simulated log.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def memory(reviews: int, seed: int, as_json: bool) -> None:
    """Time the replay of a simulated review log, and the fit of personal memory weights."""
    times = measure_memory(reviews, seed=seed)
    if as_json:
        click.echo(json.dumps({key: round(value, 4) for key, value in asdict(times).items()}))
        return
    click.echo(f"{times.reviews:,} reviews replayed in {times.replay_s:.2f} s, fitted in {times.fit_s:.2f} s")
    click.echo(f"  log loss {times.loss_default:.4f} with default weights, {times.loss_fitted:.4f} fitted")
