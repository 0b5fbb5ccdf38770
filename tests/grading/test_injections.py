"""Nothing that is put behind an answer moves its grade, and honest words about prompts and scores are kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.grading.robustness import Asked, asked

from greenroom.core.rubric import Grade
from greenroom.grading.grader import OfflineGrader
from greenroom.grading.segments import sentences_of

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = sorted((GOLDEN / "injections").glob("*.yaml"))
HONEST: list[str] = yaml.safe_load((GOLDEN / "honest_sentences.yaml").read_text(encoding="utf-8"))
FEWEST_ATTEMPTS = 300
QUESTIONS_PER_ATTEMPT = 2


def attempts_in(file: Path) -> list[str]:
    told: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))  # Any: parsed YAML
    repeated = [entry["text"] * entry["times"] for entry in told.get("repeated", [])]
    return [*told.get("attempts", []), *repeated]


@cache
def plain_grade(question: Asked, answer: str) -> Grade:
    result = OfflineGrader().grade(question.points, answer, question=question.prompt)
    assert isinstance(result, Grade)
    return result


def test_there_are_three_hundred_different_attempts() -> None:
    every = [attempt for file in FILES for attempt in attempts_in(file)]
    assert len(every) == len(set(every)) >= FEWEST_ATTEMPTS


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_an_attempt_behind_an_answer_changes_its_grade_by_exactly_nothing(file: Path) -> None:
    moved = []
    for number, attempt in enumerate(attempts_in(file)):
        for step in range(QUESTIONS_PER_ATTEMPT):
            question = asked()[(number * QUESTIONS_PER_ATTEMPT + step) % len(asked())]
            sample = question.samples[number % len(question.samples)]
            answer = sample.text.strip()
            plain = plain_grade(question, answer)
            told = OfflineGrader().grade(
                question.points, answer + (" " if step else "\n") + attempt, question=question.prompt
            )
            if not isinstance(told, Grade) or (told.score_01, told.points) != (plain.score_01, plain.points):
                moved.append((question.id, sample.label, attempt[:80]))
    assert moved == []


@pytest.mark.parametrize("sentence", HONEST)
def test_an_honest_sentence_about_prompts_and_scores_is_kept(sentence: str) -> None:
    assert [s.text for s in sentences_of(sentence) if s.is_set_aside] == []


def test_no_sentence_of_the_bank_is_set_aside() -> None:
    lost = [
        sentence.text
        for question in asked()
        for text in (
            *(sample.text for sample in question.samples),
            *(text for point in question.points for text in (*point.phrasings, point.says)),
        )
        for sentence in sentences_of(text)
        if sentence.is_set_aside
    ]
    assert lost == []


def test_an_order_alone_is_not_an_answer() -> None:
    question = asked()[0]
    for attempt in attempts_in(GOLDEN / "injections" / "orders.yaml"):
        result = OfflineGrader().grade(question.points, attempt, question=question.prompt)
        assert not isinstance(result, Grade) or result.score_01 == 0
