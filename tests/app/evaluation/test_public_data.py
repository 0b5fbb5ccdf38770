"""The figures of docs/benchmarks.md, on ASSISTments 2009 where the file is there. Evaluation only."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.app.evaluation.answers import read_answers
from greenroom.app.evaluation.compare import compare

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "learner"
TRAIN, TEST = FOLDER / "assistments2009_train.csv", FOLDER / "assistments2009_test.csv"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (TRAIN.exists() and TEST.exists()),
        reason="ASSISTments 2009 is not there (it may not be handed on): put it in ../shared/data/learner",
    ),
]


def test_the_filter_and_the_stack_reach_their_figures() -> None:
    comparison = compare(
        read_answers([(TEST, True), (TRAIN, False)]), models=("best_lr", "filter", "filter_stack")
    )
    found = {result.model: result for result in comparison.results}
    assert comparison.test_rows == 58_266
    assert comparison.test_learners == 623
    single = found["filter"]
    assert single.scores.auc >= 0.772
    assert single.scores.ece <= 0.012
    stack = found["filter_stack"]
    assert stack.scores.auc >= 0.780
    assert stack.scores.log_loss <= 0.521
    assert stack.scores.ece <= 0.010
    assert stack.scores.auc_first10 >= 0.765
    assert stack.gain_over_best_lr is not None
    assert stack.gain_over_best_lr.low > 0
    assert single.gain_over_best_lr is not None
    assert single.gain_over_best_lr.low > 0
