"""Answers bent on purpose, made from the bank's own phrasings and samples: the same ones on every run."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from greenroom.content.bank import load
from greenroom.core.rubric import Grade, Point, PointStatus, Sample
from greenroom.grading.grader import OfflineGrader
from greenroom.grading.terms import FUNCTION_WORDS, NEGATORS

GRADER = OfflineGrader()
NEIGHBOURS = {
    "a": "qs", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
DENIALS = (
    "It is not true that {}.",
    "I do not think that {}.",
    "I would never say that {}.",
    "It is wrong that {}.",
)
FILLERS = ("So, ", "Well, ", "Basically, ", "I mean, ", "Right, ", "Okay, ")
REWORDINGS = (
    (r"\bdo not\b", "don't"), (r"\bdoes not\b", "doesn't"), (r"\bis not\b", "isn't"), (r"\bcannot\b", "can't"),
    (r"\bI would\b", "I'd"), (r"\bit is\b", "it's"), (r"\bfor example\b", "for instance"), (r"\balso\b", "as well"),
    (r"\bbig\b", "large"), (r"\bbecause\b", "as"), (r"\bso that\b", "in order that"), (r"\bneeds\b", "requires"),
    (r"\bhelps\b", "is of help"), (r"\bshow\b", "display"), (r"\bstart with\b", "begin with"), (r"\bbuy\b", "purchase"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it is graded."""

    id: str
    area: str
    prompt: str
    points: tuple[Point, ...]
    samples: tuple[Sample, ...]


@cache
def asked() -> tuple[Asked, ...]:
    """Open questions and design cases of the bank, by id."""
    bank = load(None)
    found = [
        Asked(id=q.id, area=q.area, prompt=q.prompt_text, points=q.points, samples=q.samples)
        for q in bank.open_questions.values()
    ]
    for case in bank.design_cases.values():
        points = tuple(point for step in case.steps for point in step.points)
        found.append(
            Asked(id=case.id, area="design", prompt=case.prompt_text, points=points, samples=case.samples)
        )
    return tuple(sorted(found, key=lambda question: question.id))


def score_of(question: Asked, answer: str) -> float | None:
    """The score, None where the answer could not be assessed."""
    result = GRADER.grade(question.points, answer, question=question.prompt)
    return result.score_01 if isinstance(result, Grade) else None


def met_by(question: Asked, answer: str, points: tuple[Point, ...] | None = None) -> list[str]:
    """Ids of the points that an answer meets."""
    result = GRADER.grade(points or question.points, answer, question=question.prompt)
    if not isinstance(result, Grade):
        return []
    return [verdict.point_id for verdict in result.points if verdict.status is PointStatus.MET]


def with_typos(text: str, seed: int, share: float = 0.03) -> str:
    """Every letter is swapped, dropped, doubled or hit beside with probability `share`."""
    dice = random.Random(seed)
    out: list[str] = []
    skip = False
    for index, letter in enumerate(text):
        if skip:
            skip = False
            continue
        if not letter.isalpha() or dice.random() >= share:
            out.append(letter)
            continue
        kind = dice.randrange(4)
        if kind == 0 and index + 1 < len(text) and text[index + 1].isalpha():
            out += [text[index + 1], letter]
            skip = True
        elif kind == 1:
            continue
        elif kind == 2:
            out += [letter, letter]
        else:
            out.append(dice.choice(NEIGHBOURS.get(letter.lower(), letter)))
    return "".join(out)


def typos(per_sample: int = 4) -> Iterator[tuple[Asked, str, str]]:
    """(question, sample, the sample with typing errors)."""
    for question in asked():
        for sample in question.samples:
            for seed in range(per_sample):
                yield question, sample.text, with_typos(sample.text, seed)


def salads() -> Iterator[tuple[Asked, str]]:
    """Lists of keywords: the terms of the rubric, and the words of the strong answer without its grammar."""
    for question in asked():
        terms = [term for point in question.points for group in point.needs for term in group[:2]]
        strong = next(sample.text for sample in question.samples if sample.label == "strong")
        words = [w for w in re.findall(r"[a-z]+", strong.lower()) if w not in FUNCTION_WORDS | NEGATORS]
        for seed in range(12):
            dice = random.Random(seed)
            source = terms if seed % 2 else words
            drawn = dice.sample(source, min(len(source), 12 + 6 * (seed % 3)))
            yield question, (", " if seed % 4 < 2 else " ").join(drawn) + "."


def denials() -> Iterator[tuple[Asked, Point, str]]:
    """(question, point, a sentence that denies one of the point's own phrasings)."""
    for question in asked():
        for point in question.points:
            for number, phrasing in enumerate(point.phrasings):
                denial = DENIALS[number % len(DENIALS)].format(phrasing.rstrip("."))
                yield question, point, denial + " That is all I have to say about it."


def off_topic() -> Iterator[tuple[Asked, str]]:
    """Answers of every kind to questions of other areas."""
    questions = asked()
    for question in questions:
        for other in questions:
            if other.area != question.area:
                yield question, next(s.text for s in other.samples if s.label in ("weak", "average"))


def rewrites() -> Iterator[tuple[Asked, str, str]]:
    """(question, sample, the sample in other words that mean the same)."""
    for question in asked():
        for sample in question.samples:
            for seed in range(4):
                yield question, sample.text, _rewritten(sample.text, seed)


def _rewritten(text: str, seed: int) -> str:
    dice = random.Random(seed)
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    told = []
    for sentence in sentences:
        for pattern, other in REWORDINGS:
            if dice.random() < 0.7:
                sentence = re.sub(pattern, other, sentence)
        if dice.random() < 0.3:
            sentence = dice.choice(FILLERS) + sentence[:1].lower() + sentence[1:]
        told.append(sentence)
    return " ".join(told)
