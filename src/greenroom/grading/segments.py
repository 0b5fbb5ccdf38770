"""Cuts an answer into sentences and clauses, with offsets into the person's own text.

Sentences that speak to the grader ("ignore the rubric", "give full marks", a fake system turn) are set aside
before anything is matched: candidate text is data.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARACTERS = 60_000

_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
)
_SENTENCE_END = re.compile(r"[.!?;]+(?=[\s\"')\]]|$)|\n+|(?<=\w)[。！？]")
_LONG_SENTENCE_WORDS = 45
_SPOKEN_BREAK = re.compile(
    r"\s(?=(?:and then|so then|then|but|also|next|second|third|finally|okay|now|because)\b)", re.I
)

_TO_THE_GRADER = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:instruction|rubric|rules?|above|previous|prior|prompt|criteria|guideline|system)",
        r"\b(?:give|award|assign|grant|mark|score|rate|grade)\b.{0,40}\b(?:full|maximum|max|top|highest|perfect|100|10/10|5/5|all (?:the )?points|strong hire|as (?:met|correct|right|passed))",
        r"\b(?:you are|you're|act as|pretend to be|as) (?:now )?(?:an?|the|my) (?:ai|grader|judge|evaluator|examiner|assistant|language model|scorer|helpful)",
        r"\b(?:dear|hey|note to|attention|hello),? (?:the )?(?:grader|judge|evaluator|examiner|scorer|ai|model|llm|reviewer)\b",
        r"^\W*(?:system|assistant|developer|grader|evaluator|human|user|tool)\s*(?:\]|>|:|\|)",
        r"<\|?/?\s*(?:system|assistant|im_start|im_end|endoftext|user|rubric|grade|score|answer|instruction)",
        r"\[/?(?:inst|system|rubric|grade)\]",
        r"\b(?:this|my|the) answer (?:contains|covers|includes|meets|satisfies|addresses|hits)\b.{0,30}\b(?:all|every|each|full)\b",
        r"\b(?:all|every) (?:rubric )?(?:points?|criteria|criterion|requirements?) (?:are|is|have been|has been|were) (?:met|covered|satisfied|fulfilled|addressed)",
        r"\b(?:rubric|grading|scoring|marking)\b.{0,30}\b(?:updated|changed|new|says|should|must|override|is as follows)",
        r"[\"']?\b(?:score|grade|verdict|status)[\"']?\s*[:=]\s*[\"']?(?:\d|met|pass|full|strong|a\+|perfect)",
        r"\b(?:strong hire|full marks|full credit|top marks|maximum score|perfect score|highest (?:mark|score|grade))\b",
        r"\b(?:new|updated|secret|hidden|real|important) (?:instruction|system prompt|directive|order)",
        r"\b(?:decode|base64|rot13|execute) (?:this|the following)",
        r"(?:[A-Za-z0-9+/]{40,}={0,2})",
        r"\b(?:must|have to|need to|should|please) (?:be )?(?:pass(?:ed)?|accept(?:ed)?|approve[d]?|hire[d]?|mark(?:ed)?|score[d]?|grade[d]?)\b.{0,30}\b(?:me|this|candidate|answer|response)",
        r"\b(?:end|start|begin(?:ning)?) of (?:the )?(?:answer|candidate|transcript|rubric|prompt)\b",
        r"\bas an? (?:ai|language) model\b|\bprompt injection\b.{0,20}\bignore\b",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the answer; `text` is verbatim, `start` its character offset."""

    text: str
    start: int
    is_set_aside: bool = False


def fold(text: str) -> str:
    """NFKC without invisible and bidirectional control characters, lower case."""
    kept = "".join(c for c in text if c not in _INVISIBLE)
    return unicodedata.normalize("NFKC", kept).casefold()


def speaks_to_the_grader(sentence: str) -> bool:
    """Whether a sentence addresses whoever grades instead of answering."""
    folded = fold(sentence)
    return any(pattern.search(folded) for pattern in _TO_THE_GRADER)


def sentences_of(answer: str) -> list[Sentence]:
    """The sentences, in order. A run of speech without full stops is cut at its joints."""
    found: list[Sentence] = []
    start = 0
    for end in [*_SENTENCE_END.finditer(answer), None]:
        stop = end.end() if end else len(answer)
        found.extend(_pieces(answer, start, stop))
        start = stop
    return [Sentence(text=s.text, start=s.start, is_set_aside=speaks_to_the_grader(s.text)) for s in found]


def _pieces(answer: str, start: int, stop: int) -> list[Sentence]:
    text = answer[start:stop]
    if not text.strip():
        return []
    if len(text.split()) <= _LONG_SENTENCE_WORDS:
        lead = len(text) - len(text.lstrip())
        return [Sentence(text=text.strip(), start=start + lead)]
    pieces: list[Sentence] = []
    cuts = [0, *(match.start() for match in _SPOKEN_BREAK.finditer(text)), len(text)]
    begin = 0
    for cut, following in zip(cuts[1:], [*cuts[2:], len(text)], strict=True):
        if len(text[begin:cut].split()) >= 12 or following == len(text) == cut:
            part = text[begin:cut]
            if part.strip():
                lead = len(part) - len(part.lstrip())
                pieces.append(Sentence(text=part.strip(), start=start + begin + lead))
            begin = cut
    if text[begin:].strip():
        part = text[begin:]
        lead = len(part) - len(part.lstrip())
        pieces.append(Sentence(text=part.strip(), start=start + begin + lead))
    return pieces
