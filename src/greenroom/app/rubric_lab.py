"""Trying a rubric: one answer and the author's samples against every point, with the words that decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenroom.core.errors import NotFound
from greenroom.core.ports import Bank, Grader
from greenroom.core.rubric import GradeResult, Point, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """What an answer to one question is graded with."""

    id: str
    title: str
    prompt: str
    points: tuple[Point, ...]
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An answer and the samples, graded by the same rubric."""

    rubric: Rubric
    result: GradeResult
    samples: Mapping[str, GradeResult]
    """Label of the sample -> its grade."""


def rubric_of(bank: Bank, question_id: str) -> Rubric:
    """The rubric of an open question, a design case (all steps) or a story prompt. Raises NotFound."""
    question = bank.open_questions.get(question_id) or bank.story_prompts.get(question_id)
    if question is not None:
        return Rubric(
            id=question.id,
            title=question.title,
            prompt=question.prompt_text,
            points=question.points,
            samples=question.samples,
        )
    case = bank.design_cases.get(question_id)
    if case is None:
        known = [*bank.open_questions, *bank.design_cases, *bank.story_prompts]
        raise NotFound(
            f"There is no question {question_id!r} with a rubric.", hint=f"Known: {', '.join(sorted(known))}."
        )
    return Rubric(
        id=case.id,
        title=case.title,
        prompt=case.prompt_text,
        points=tuple(point for step in case.steps for point in step.points),
        samples=case.samples,
    )


def try_rubric(bank: Bank, grader: Grader, question_id: str, answer: str) -> Trial:
    """Grades an answer, and beside it the question's own samples. Nothing is recorded."""
    rubric = rubric_of(bank, question_id)
    return Trial(
        rubric=rubric,
        result=grader.grade(rubric.points, answer, question=rubric.prompt),
        samples={
            sample.label: grader.grade(rubric.points, sample.text, question=rubric.prompt)
            for sample in rubric.samples
        },
    )


def grade_answer(bank: Bank, grader: Grader, question_id: str, answer: str) -> GradeResult:
    """Grades one answer. Nothing is recorded."""
    rubric = rubric_of(bank, question_id)
    return grader.grade(rubric.points, answer, question=rubric.prompt)
