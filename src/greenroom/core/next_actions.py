"""The three most useful next actions of a debrief: what to do, on which topic, for how long, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenroom.core.competencies import Band, Competency, Measure
from greenroom.core.measures import Gap
from greenroom.core.rubric import Mistake

COUNT = 3
_LEAST_GAIN_01 = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAction:
    """One action for the plan. `topic` may be empty where the action is about a habit."""

    text: str
    topic: str
    minutes: int
    why: str


_NEED: dict[Band | None, float] = {
    Band.STRONG_NO_HIRE: 1.0,
    Band.LEANING_NO: 1.0,
    Band.LEANING_HIRE: 0.6,
    Band.STRONG_HIRE: 0.2,
    None: 0.5,
}
"""How much a gap in a competency of this band matters."""

_HABITS: dict[Mistake, NextAction] = {
    Mistake.PRODUCTION_BLINDNESS: NextAction(
        text="Answer two questions again and end each with how it runs: serving, monitoring, rollback.",
        topic="problem-framing-and-metrics", minutes=20, why="Production was left out.",
    ),
    Mistake.TOOL_NAMING: NextAction(
        text="For five tools you would name, write one sentence on why this one and what it costs here.",
        topic="choosing-a-baseline", minutes=15, why="Tools were named without a reason.",
    ),
    Mistake.IGNORING_DATA_QUALITY: NextAction(
        text="Practise opening with the data: where it comes from, what is missing, how labels are made.",
        topic="data-validation", minutes=20, why="The quality of the data was not questioned.",
    ),
    Mistake.METRIC_AFTERTHOUGHT: NextAction(
        text="Practise naming the metric and its threshold in the first minute of an answer.",
        topic="problem-framing-and-metrics", minutes=15, why="The metric came late or not at all.",
    ),
    Mistake.NO_CLARIFYING_QUESTIONS: NextAction(
        text="Sit a design or diagnosis question and ask three clarifying questions before answering.",
        topic="clarifying-questions", minutes=20, why="No clarifying question was asked.",
    ),
    Mistake.WE_NOT_I: NextAction(
        text="Retell the story with “I” as the subject of every action.",
        topic="owning-actions", minutes=15, why="“We” stood where your own part was asked for.",
    ),
    Mistake.NO_NUMBER: NextAction(
        text="Find the number for each of your stories: before, after, and how you know.",
        topic="quantified-results", minutes=15, why="A result was told without a number.",
    ),
}  # fmt: skip

_SPARE = (
    NextAction(
        text="Sit the same mock again with the pressing interviewer and ask before you assume.",
        topic="clarifying-questions", minutes=60, why="A second sitting shows whether this one was luck.",
    ),
    NextAction(
        text="Tell two of your stories against a two-minute clock, with the action as the longest part.",
        topic="star-structure", minutes=20, why="Stories get shorter and clearer only by telling.",
    ),
    NextAction(
        text="Do twenty questions of today's practice and say your confidence before each answer.",
        topic="", minutes=25, why="Breadth keeps what the mock did not ask.",
    ),
)  # fmt: skip


def _action(competency: Competency, gap: Gap) -> NextAction:
    topic = gap.topic or competency.topic
    match competency.measure:
        case Measure.TESTS:
            text = f"Solve “{gap.source}” again from an empty file. Aim: {gap.text[0].lower()}{gap.text[1:]}"
            minutes = 40
        case Measure.STORY:
            text = f"Retell “{gap.source}” in two minutes. What it lacked: {gap.text}"
            minutes = 20
        case Measure.CLARITY:
            text = f"Answer “{gap.source}” again in ninety seconds. What cost you: {gap.text}"
            minutes = 15
        case _:
            text = f"Study and answer “{gap.source}” again. What was missing: {gap.text}"
            minutes = 25
    return NextAction(text=text, topic=topic, minutes=minutes, why=f"It would lift {competency.title}.")


def next_actions(
    gaps: Sequence[tuple[str, Band | None, Gap]],
    *,
    mistakes: Sequence[Mistake],
    competencies: Mapping[str, Competency],
) -> tuple[NextAction, ...]:
    """Three actions: the gaps worth most, one for each question, then habits, then more practice.

    `gaps` are (competency id, its band, gap). A habit seen in the mock takes the last place at the latest.
    """
    ranked = sorted(gaps, key=lambda entry: -_NEED[entry[1]] * entry[2].gain_01)
    first: list[NextAction] = []
    further: list[NextAction] = []
    sources: set[str] = set()
    texts: set[str] = set()
    for name, _, gap in ranked:
        if gap.gain_01 < _LEAST_GAIN_01 or gap.text in texts:
            continue
        (further if gap.source in sources else first).append(_action(competencies[name], gap))
        sources.add(gap.source)
        texts.add(gap.text)
    chosen = [*first, *further]
    habits = [_HABITS[mistake] for mistake in mistakes if mistake in _HABITS]
    room = COUNT - 1 if habits else COUNT
    return tuple([*chosen[:room], *habits, *chosen[room:], *_SPARE][:COUNT])
