"""Parts of a behavioural story by rules: situation, task, action, result; I and we; numbers; length.

Every sentence gets a score for each part from cue words and from where it stands; the best path through the
sentences (Viterbi) moves forward freely and backward only at a price, as told stories do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

WORDS_PER_MINUTE = 140
"""Conversational speech (about 130 to 150 words a minute)."""


class Part(StrEnum):
    """Parts of a story, in the order in which they are told."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


WEIGHTS: dict[Part, float] = {Part.SITUATION: 0.2, Part.TASK: 0.1, Part.ACTION: 0.6, Part.RESULT: 0.1}
"""Shares of a well-told story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the story that tells one part; text[start:end]."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StarFeatures:
    """What the rules found. `shares` are of words and sum to 1 (all 0 for an empty text)."""

    spans: tuple[Span, ...]
    shares: dict[Part, float]
    words: int
    spoken_minutes: float
    i_count: int
    we_count: int
    numbers: tuple[str, ...]
    has_quantified_result: bool

    @property
    def missing(self) -> tuple[Part, ...]:
        """Parts that were not told."""
        return tuple(part for part in Part if self.shares[part] == 0)

    @property
    def says_we_for_i(self) -> bool:
        """More than twice as many `we` as `I`: whose work it was stays open."""
        return self.we_count >= 3 and self.we_count > 2 * self.i_count

    @property
    def balance_01(self) -> float:
        """1 for the shares of `WEIGHTS`, 0 for no overlap with them (1 - half the L1 distance)."""
        if not self.words:
            return 0.0
        return 1 - 0.5 * sum(abs(self.shares[part] - WEIGHTS[part]) for part in Part)


_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\w)[^.!?\n]*)*[.!?]*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_I = re.compile(r"\b(i|i'm|i've|i'd|my|mine|myself)\b", re.I)
_WE = re.compile(r"\b(we|we're|we've|we'd|our|ours|ourselves)\b", re.I)
_NUMBER = re.compile(
    r"[$€£]?\d(?:[\d,]|\.(?=\d))*"
    r"(?:\s?(?:%|(?:percent|points?|ms|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|"
    r"million|billion|thousand|users?|customers?|requests?|euros?|dollars?|times|s|k|m|x)\b))?|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\s(?:percent|points?|minutes?|hours?|days?|"
    r"weeks?|months?|times|users?|customers?|teams?)\b|"
    r"\b(?:half|halved|doubled|tripled|twice|a third|a quarter)\b",
    re.I,
)
_CUES: dict[Part, re.Pattern[str]] = {
    Part.SITUATION: re.compile(
        r"\b(at (my|the) (last|previous|current|time)|was working|were working|worked (at|on|as|in)|back "
        r"(in|then)|"
        r"in (19|20)\d\d|last (year|quarter|summer)|our team|the team (was|had)|the (company|product|"
        r"system|model) "
        r"(was|had|served|used)|there was|there were|context|situation|at that point|used to|a few years "
        r"ago|when i "
        r"joined|one (day|morning|night))\b",
        re.I,
    ),
    Part.TASK: re.compile(
        r"\b(my (task|goal|job|role|responsibility|objective|brief|part)|the (goal|task|aim|objective|"
        r"target|brief)|"
        r"i was (asked|responsible|tasked|in charge|assigned|meant|supposed)|i (had|needed) to|we (had|"
        r"needed) to|"
        r"had to (decide|find|fix|deliver|cut|reduce|improve)|the question was|was to (cut|find|reduce|"
        r"build|ship))\b",
        re.I,
    ),
    Part.ACTION: re.compile(
        r"\b(i|we) (\w+ly )?(first |then |also |next |finally )?(built|wrote|ran|designed|proposed|decided|"
        r"checked|"
        r"measured|analy[sz]ed|implemented|rewrote|talked|asked|set|created|led|split|found|traced|added|"
        r"removed|"
        r"changed|trained|tested|compared|argued|showed|presented|moved|started|rolled|froze|fixed|"
        r"introduced|"
        r"replaced|picked|chose|looked|dug|drew|made|took|called|wrote|explained|convinced|negotiated|"
        r"scheduled|"
        r"deployed|stopped|labell?ed|plotted|reproduced|profiled|cut|met|sat|reviewed|documented|reverted)\b",
        re.I,
    ),
    Part.RESULT: re.compile(
        r"\b(as a result|in the end|the result|resulted|which (led|meant|saved|cut|reduced)|(fell|dropped|"
        r"rose|grew|"
        r"went (up|down|back)|improved|increased|decreased|reduced)( back)? (from|by|to)|went from|paid (back|for itself)|caught|"
        r"that (made|gave|took|brought)|has (stopped|held|kept)|saved|shipped|launched|since "
        r"then|"
        r"afterwards|outcome|impact|ended up|today (it|we|the)|learned|learnt|lesson|next time|would do "
        r"differently)\b",
        re.I,
    ),
}
_ORDER = tuple(Part)
_START = (0.6, 0.0, 0.0, -1.2)
_FORWARD, _STAY, _SKIP, _BACK = 0.0, 0.35, -0.25, -1.1


def _score(sentence: str, place_01: float) -> tuple[float, ...]:
    found = {part: 1.6 if pattern.search(sentence) else 0.0 for part, pattern in _CUES.items()}
    if found[Part.RESULT] and _NUMBER.search(sentence):
        found[Part.RESULT] += 0.6
    # Where no cue speaks, the place does: openings set the scene, the long middle acts.
    drift = (0.5 * (1 - 3 * place_01), 0.0, 0.3, 0.4 * (2 * place_01 - 1.3))
    return tuple(found[part] + drift[index] for index, part in enumerate(_ORDER))


def _step(before: int, after: int) -> float:
    if before == after:
        return _STAY
    if after < before:
        return _BACK
    return _FORWARD if after == before + 1 else _SKIP * (after - before - 1)


def _path(scores: list[tuple[float, ...]]) -> list[int]:
    best = [score + start for score, start in zip(scores[0], _START, strict=True)]
    came: list[list[int]] = []
    for score in scores[1:]:
        origins = [max(range(4), key=lambda b, a=after: best[b] + _step(b, a)) for after in range(4)]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        best = [best[origin] + _step(origin, after) + score[after] for after, origin in enumerate(origins)]
        came.append(origins)
    at = max(range(4), key=best.__getitem__)
    path = [at]
    for origins in reversed(came):
        at = origins[at]
        path.append(at)
    return path[::-1]


def features(text: str) -> StarFeatures:
    """The features of a story. Pure rules; an empty text has no spans and all shares 0."""
    matches = [m for m in _SENTENCE.finditer(text) if _WORD.search(m.group())]
    shares = dict.fromkeys(Part, 0.0)
    words = len(_WORD.findall(text))
    spans: list[Span] = []
    if matches:
        count = max(len(matches) - 1, 1)
        path = _path([_score(m.group(), index / count) for index, m in enumerate(matches)])
        for match, at in zip(matches, path, strict=True):
            part = _ORDER[at]
            shares[part] += len(_WORD.findall(match.group())) / words
            if spans and spans[-1].part is part:
                spans[-1] = Span(part=part, start=spans[-1].start, end=match.end())
            else:
                lead = len(match.group()) - len(match.group().lstrip())
                spans.append(Span(part=part, start=match.start() + lead, end=match.end()))
    results = " ".join(text[span.start : span.end] for span in spans if span.part is Part.RESULT)
    return StarFeatures(
        spans=tuple(spans),
        shares=shares,
        words=words,
        spoken_minutes=words / WORDS_PER_MINUTE,
        i_count=len(_I.findall(text)),
        we_count=len(_WE.findall(text)),
        numbers=tuple(m.group().strip() for m in _NUMBER.finditer(text)),
        has_quantified_result=_NUMBER.search(results) is not None,
    )
