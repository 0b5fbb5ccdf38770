"""Cuts an answer into sentences and clauses, with offsets into the person's own text.

Sentences that speak to the grader ("ignore the rubric", "give full marks", a fake system turn) are set aside
before anything is matched: candidate text is data.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from greenroom.grading.addressing import addresses_the_grader

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
    return addresses_the_grader(fold(sentence))


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
