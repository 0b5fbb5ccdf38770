"""The bank's questions as they are put in a mock: open questions, stories, problems with their follow-ups."""

from __future__ import annotations

import re
from html import escape

from greenroom.core.blueprints import Ask, AskKind
from greenroom.core.ids import content_hash
from greenroom.core.ports import Bank
from greenroom.core.problems import FollowUp, Problem
from greenroom.core.question_choice import Candidate
from greenroom.core.questions import DesignCase, OpenQuestion, StoryPrompt
from greenroom.core.rubric import Point, PointKind

_STORY_HINTS = (
    "Pick a situation in which you acted yourself, even a small one.",
    "Say what the system was, what you had to do, what you did step by step, and what came of it.",
)

_CLAIM_WORD = re.compile(r"O\([^)]*\)|[A-Za-z][\w+-]{2,}")
_SMALL_WORDS = frozenset(
    {"the", "and", "for", "with", "that", "this", "are", "not", "can", "but", "any", "its", "from", "into"}
    | {
        "when",
        "than",
        "then",
        "there",
        "where",
        "over",
        "before",
        "after",
        "once",
        "has",
        "have",
        "does",
        "one",
    }
)


def pool_of(bank: Bank) -> dict[AskKind, list[Candidate]]:
    """Every question of the bank, by kind."""
    return {
        AskKind.OPEN: [Candidate(ask=_of_open(q), roles=q.roles) for q in bank.open_questions.values()],
        AskKind.STORY: [Candidate(ask=_of_story(s, bank)) for s in bank.story_prompts.values()],
        AskKind.DESIGN: [
            Candidate(ask=_of_design(c, bank), roles=c.roles) for c in bank.design_cases.values()
        ],
        AskKind.CODE: [
            Candidate(
                ask=_of_problem(p),
                roles=p.roles,
                follow_ups=tuple(_of_follow_up(p, n, f) for n, f in enumerate(p.follow_ups)),
            )
            for p in bank.problems.values()
        ],
    }


def _of_open(question: OpenQuestion) -> Ask:
    return Ask(
        id=question.id,
        hash=question.hash,
        kind=AskKind.OPEN,
        title=question.title,
        area=question.area,
        topic=question.topic,
        prompt_text=question.prompt_text,
        prompt_html=question.prompt_html,
        minutes=question.minutes,
        difficulty_logit=question.difficulty_logit,
        points=question.points,
        facts=question.facts,
        hints=question.hints,
        follow_ups=question.follow_ups,
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _of_story(prompt: StoryPrompt, bank: Bank) -> Ask:
    topic = bank.taxonomy.topics.get(prompt.topic)
    return Ask(
        id=prompt.id,
        hash=prompt.hash,
        kind=AskKind.STORY,
        title=prompt.title,
        area=topic.area if topic else "behavioural",
        topic=prompt.topic,
        prompt_text=prompt.prompt_text,
        prompt_html=_paragraphs(prompt.prompt_text),
        minutes=prompt.minutes,
        difficulty_logit=0.0,
        points=prompt.points,
        hints=_STORY_HINTS,
        follow_ups=prompt.follow_ups,
    )


def _of_design(case: DesignCase, bank: Bank) -> Ask:
    topic = bank.taxonomy.topics.get(case.topics[0])
    return Ask(
        id=case.id,
        hash=case.hash,
        kind=AskKind.DESIGN,
        title=case.title,
        area=topic.area if topic else "ml-system-design",
        topic=case.topics[0],
        prompt_text=case.prompt_text,
        prompt_html=case.prompt_html,
        minutes=case.minutes,
        difficulty_logit=0.0,
        points=tuple(point for step in case.steps for point in step.points),
        facts=case.facts,
        follow_ups=case.follow_ups,
        steps=tuple((step.id, step.title, tuple(p.id for p in step.points)) for step in case.steps),
    )


def _of_problem(problem: Problem) -> Ask:
    return Ask(
        id=problem.id,
        hash=problem.hash,
        kind=AskKind.CODE,
        title=problem.title,
        area=problem.area,
        topic=problem.topic,
        prompt_text=problem.statement_text,
        prompt_html=problem.statement_html,
        minutes=problem.minutes,
        difficulty_logit=problem.difficulty_logit,
        hints=problem.hints,
        starter=problem.files.get("starter.py", ""),
    )


def _of_follow_up(problem: Problem, number: int, follow_up: FollowUp) -> Ask:
    claims = [claim.strip() for text in follow_up.points for claim in text.split(";") if claim.strip()]
    return Ask(
        id=f"{problem.id}/follow-up-{number + 1}",
        hash=content_hash([follow_up.ask, *follow_up.points]),
        kind=AskKind.OPEN,
        title=f"{problem.title}: {follow_up.ask}",
        area=problem.area,
        topic=problem.topic,
        prompt_text=follow_up.ask,
        prompt_html=_paragraphs(follow_up.ask),
        minutes=3.0,
        difficulty_logit=problem.difficulty_logit,
        points=tuple(_claimed(f"point-{index}", claim) for index, claim in enumerate(claims, 1)),
    )


def _claimed(id_: str, claim: str) -> Point:
    """A rubric point of a plain claim: the words of both its halves have to be met near each other.

    Coarser than an authored point, which names its synonyms; so an answer in other words may be missed.
    """
    words = [word for word in _CLAIM_WORD.findall(claim) if word.casefold() not in _SMALL_WORDS]
    middle = (len(words) + 1) // 2
    return Point(
        id=id_,
        kind=PointKind.MUST,
        weight=1.0,
        says=claim,
        phrasings=(claim,),
        needs=tuple(tuple(half) for half in (words[:middle], words[middle:]) if half),
        never=(),
        contrast=(),
        probe="",
    )
