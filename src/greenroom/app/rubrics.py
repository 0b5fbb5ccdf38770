"""The gate between rubrics and the grader: every point earns its phrasings and refuses its contrasts.

A question whose samples are not ordered strong > average > weak would rank candidates wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from greenroom.content.findings import Finding
from greenroom.core.ports import Bank, Grader
from greenroom.core.rubric import Grade, Point, PointKind, PointStatus, Sample

SAMPLE_MARGIN_01 = 0.1
_CLOSING = ". That is all I have to say about it."
"""A sentence of its own, so that a short phrasing is long enough to be assessed."""


def check_rubrics(bank: Bank, grader: Grader) -> tuple[Finding, ...]:
    """What a rubric promises and the grader does not keep, for open questions, design cases and prompts."""
    found: list[Finding] = []
    for question in bank.open_questions.values():
        found += _check(question.path, question.id, question.points, question.prompt_text, grader)
        found += _check_samples(
            question.path, question.id, question.points, question.samples, question.prompt_text, grader
        )
    for case in bank.design_cases.values():
        points = tuple(point for step in case.steps for point in step.points)
        found += _check(case.path, case.id, points, case.prompt_text, grader)
        found += _check_samples(case.path, case.id, points, case.samples, case.prompt_text, grader)
    for prompt in bank.story_prompts.values():
        found += _check(prompt.path, prompt.id, prompt.points, prompt.prompt_text, grader)
        # What a story tells is two or three points; the rest of its grade is its structure.
        found += _check_samples(
            prompt.path, prompt.id, prompt.points, prompt.samples, prompt.prompt_text, grader, margin=0.0
        )
    return tuple(found)


def _check(
    path: str, subject: str, points: Sequence[Point], question: str, grader: Grader
) -> Iterator[Finding]:
    for point in points:
        for text in point.phrasings:
            if _status(point, text, question, grader) is not PointStatus.MET:
                yield _finding(
                    path, subject, f"point {point.id!r} does not earn its phrasing {text!r}",
                    "a candidate who says it would not be credited", "add its words to `needs`, or reword it",
                )  # fmt: skip
        for text in point.contrast:
            if _status(point, text, question, grader) is PointStatus.MET:
                yield _finding(
                    path, subject, f"point {point.id!r} fires on its contrast {text!r}",
                    "a wrong answer would be credited", "tighten `needs` or add to `never`",
                )  # fmt: skip


def _status(point: Point, text: str, question: str, grader: Grader) -> PointStatus:
    result = grader.grade([point], text.rstrip(".") + _CLOSING, question=question)
    return result.points[0].status if isinstance(result, Grade) else PointStatus.NOT_MET


def _check_samples(
    path: str,
    subject: str,
    points: Sequence[Point],
    samples: Sequence[Sample],
    question: str,
    grader: Grader,
    *,
    margin: float = SAMPLE_MARGIN_01,
) -> Iterator[Finding]:
    if not any(point.kind is PointKind.MUST for point in points):
        return
    scores: dict[str, float] = {}
    for sample in samples:
        result = grader.grade(points, sample.text, question=question)
        scores[sample.label] = result.score_01 if isinstance(result, Grade) else 0.0
    for better, worse in (("strong", "average"), ("average", "weak"), ("weak", "red_flag")):
        if better not in scores or worse not in scores:
            continue
        wanted = 0.0 if worse == "red_flag" else margin
        if scores[better] < scores[worse] + wanted - 1e-9 and not (
            worse == "red_flag" and scores[worse] <= 0.3
        ):
            yield _finding(
                path, subject, f"sample {better!r} scores {scores[better]:.2f}, {worse!r} {scores[worse]:.2f}",
                "candidates would be ranked wrongly", "mend the points or the samples",
            )  # fmt: skip


def _finding(path: str, subject: str, what: str, why: str, remedy: str) -> Finding:
    return Finding(
        path=path.partition(":")[0], line=1, what=what, why=why, remedy=remedy, gate="rubric", subject=subject
    )
