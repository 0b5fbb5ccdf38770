"""What a mock needs: a bank with its questions compiled from the real sources, and deps over a real store."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.a_bank import BANK
from tests.people import ALICE, HandClock, a_store
from tests.rehearsal import WrittenJudge

from greenroom.app import interview
from greenroom.app.deps import Deps
from greenroom.content.bank import CompiledBank, load
from greenroom.content.compiling import compile_bank, write
from greenroom.core.blueprints import Temperament
from greenroom.core.conversation import State, Turn, TurnKind
from greenroom.core.ports import Judge
from greenroom.grading.grader import OfflineGrader

_PARTS = (
    "taxonomy",
    "blueprints",
    "competencies",
    "open/data-and-features/auc-gap-on-rare-campaigns.yaml",
    "open/evaluation-and-calibration/fraud-at-one-in-a-thousand.yaml",
    "stories/model-that-failed-in-production.yaml",
    "stories/idea-to-production.yaml",
    "problems/k-means",
)


def a_bank_file(folder: Path) -> Path:
    """Two open questions, two stories, one problem, the blueprints and competencies, compiled."""
    sources = folder / "bank"
    for part in _PARTS:
        source, target = BANK / part, sources / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    compiled = folder / "bank.json"
    write(compile_bank(sources, cache_dir=folder / "cache"), compiled, left_out=frozenset())
    return compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Alice in her own installation."""

    deps: Deps
    clock: HandClock
    bank: CompiledBank

    def starts(self, blueprint: str = "sixty-minute-mock", start_id: str = "start-0001") -> str:
        """Starts a mock with the neutral interviewer."""
        return interview.start(
            self.deps, ALICE, start_id, blueprint_id=blueprint, temperament=Temperament.NEUTRAL
        )

    def takes(
        self,
        mock: str,
        kind: TurnKind,
        text: str = "",
        *,
        turn_id: str,
        minutes: float = 1.0,
        exchange: int = -1,
    ) -> State:
        """One turn, some minutes after the last."""
        self.clock.turn(minutes=minutes)
        turn = Turn(id=turn_id, kind=kind, text=text, exchange=exchange)
        return interview.take_turn(self.deps, ALICE, mock, turn)


def a_rehearsal(folder: Path, *, judge: Judge | None = None) -> Rehearsal:
    """A store, a bank, a clock to turn."""
    bank, clock = load(a_bank_file(folder)), HandClock()
    deps = Deps(
        clock=clock, bank=bank, judge=judge or WrittenJudge(), grader=OfflineGrader(), store=a_store(folder)
    )
    return Rehearsal(deps=deps, clock=clock, bank=bank)
