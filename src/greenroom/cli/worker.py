"""`greenroom worker`: judge submissions of a queue that a server fills."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import FrameType

import click

from greenroom.judge.cgroups import delegated
from greenroom.judge.pool import SandboxJudge
from greenroom.judge.spool import Spool
from greenroom.settings import Settings
from greenroom.worker import Worker

_MOST_RUNS = 2
"""A worker judges one job at a time; its reference runs beside it."""
_MOST_PROCESSES = 1_024


@click.command("worker")
@click.option(
    "--queue",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder of the queue; by default GREENROOM_JUDGE_QUEUE.",
)
def worker(queue: Path | None) -> None:
    """Judge what a server queues, until stopped with Ctrl-C or SIGTERM."""
    settings = Settings()
    folder = queue or settings.judge_queue
    if folder is None:
        raise click.UsageError("No queue is named: give --queue FOLDER or set GREENROOM_JUDGE_QUEUE.")
    group = delegated(_MOST_RUNS * settings.judge_max_memory_mb << 20, _MOST_PROCESSES, pid=os.getpid())
    click.echo(f"cgroup limits: {group if isinstance(group, str) else group.folder}")
    with SandboxJudge(
        settings.judge_pool_size,
        max_memory_mb=settings.judge_max_memory_mb,
        max_running=_MOST_RUNS,
        group=None if isinstance(group, str) else group,
    ) as judge:
        click.echo(f"Judging the queue {folder} in the sandbox {judge.level}. Ctrl-C ends.")
        working = Worker(Spool(folder), judge, click.echo)

        def end(number: int, frame: FrameType | None) -> None:
            working.stop()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
        working.work()
