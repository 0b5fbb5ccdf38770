"""A fold that gives other rows for the same events has to say so, or old and new rules would be added up.

`./dev golden` writes the rows anew; it refuses while `MARK` of `app/projections.py` is still the old one.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.people import ALICE, MONDAY_MS, a_profile

from greenroom.app.projections import MARK, fold_one
from greenroom.app.rehearsed_learner import history_of
from greenroom.content.generated import generated_bank
from greenroom.core.events import Event, HintTaken, Judged, MemoryFitted, TurnTaken
from greenroom.core.ids import EventId
from greenroom.core.memory import DEFAULT_WEIGHTS
from greenroom.core.units import DAY_MS
from greenroom.store.events import Logged
from greenroom.store.projections import SHELVES
from greenroom.store.rows import Rows

GOLDEN = Path(__file__).parents[1] / "golden" / "projections" / "history.json"


def a_fixed_history() -> list[Event]:
    made = history_of(generated_bank(25), ALICE, 60, now_ms=MONDAY_MS, days=40, seed=5)
    judged = Judged(
        problem_id="k-means", problem_hash="h", topic="area-1-topic-1", area="area-1", difficulty_logit=0.3,
        source="", visible_only=False, seed=1, outcome="accepted", passed=5, total=5, verdict={}, elapsed_ms=1_000,
        hints_used=1, session_id="",
    )  # fmt: skip
    late = [
        a_profile(
            interview_on="2026-11-30",
            time_zone="Pacific/Auckland",
            expected_logit=0.6,
            self_report={"area-1": 4, "area-9": 2},
        ),
        MemoryFitted(weights=[*DEFAULT_WEIGHTS[:20], 0.3], n_reviews=400, loss_before=0.5, loss_after=0.4),
        HintTaken(problem_id="k-means", number=1, session_id=""),
        judged,
        TurnTaken(interview_id="mock-1", turn={"kind": "say", "text": "hello"}),
        made[5].payload,
        made[9].payload,
    ]
    return made + [
        Event(
            id=EventId(f"late-{n:06d}"), learner_id=ALICE, at_ms=MONDAY_MS + n * DAY_MS // 2, payload=payload
        )
        for n, payload in enumerate(late)
    ]


def rounded(value: Any) -> Any:  # Any: plain values
    """Six significant digits: machines differ in the last bits of exp and log."""
    return float(f"{value:.6g}") if isinstance(value, float) else value


def test_rows_of_the_same_events_change_only_together_with_the_mark(regenerates: bool) -> None:
    rows = Rows(None, ALICE)
    for seq, event in enumerate(a_fixed_history(), start=1):
        fold_one(Logged(seq=seq, event=event), rows)
    found = {
        shelf.name: [
            {name: rounded(value) for name, value in asdict(row).items()}
            for _, row in sorted(rows.all(shelf).items(), key=repr)
        ]
        for shelf in SHELVES
    }
    golden = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {"mark": None, "rows": None}
    if golden["rows"] != found:
        assert golden["mark"] != MARK, (
            "The folds give other rows for the same events: raise REVISION in app/projections.py, so that every "
            "database is rebuilt at its next start, then run `./dev golden` and read the difference."
        )
        assert regenerates, "The folds changed and said so: run `./dev golden` and read the difference."
    if regenerates:
        GOLDEN.write_text(json.dumps({"mark": MARK, "rows": found}, indent=1, sort_keys=True) + "\n")
