"""The figures of docs/grading.md on public graded answers, where the files are there. Evaluation only."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.app.evaluation.compare_graders import compare_graders
from greenroom.app.evaluation.graded_answers import read_graded

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "grader"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (FOLDER / "mohler2011.jsonl").exists(),
        reason="the graded answers are not there (they may not be handed on): put them in ../shared/data/grader",
    ),
]


def test_features_beat_overlap_on_questions_that_were_left_out() -> None:
    sets = read_graded(FOLDER / "mohler2011.jsonl")
    comparison = compare_graders(sets, models=("overlap", "grader_trained"))
    found = {result.model: result.scores for result in comparison.results}
    assert comparison.answers == 2_273
    assert found["grader_trained"].pearson >= 0.61
    assert found["grader_trained"].qwk >= 0.55
    assert found["grader_trained"].rmse <= 0.175
    assert found["grader_trained"].ece <= 0.04
    assert found["grader_trained"].pearson > found["overlap"].pearson + 0.08


def test_it_reaches_its_figures_on_unseen_answers_questions_and_domains() -> None:
    sets = read_graded(FOLDER / "scientsbank.jsonl")
    (trained,) = compare_graders(sets, models=("grader_trained",)).results
    weighted = {name: scores.weighted_f1 for name, scores in trained.by_split.items()}
    assert weighted["UA"] >= 0.75
    assert weighted["UQ"] >= 0.72
    assert weighted["UD"] >= 0.73
