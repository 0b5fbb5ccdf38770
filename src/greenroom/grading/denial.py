"""Sentences that report a claim in order to deny it: "it is not true that …", "I would never say that …".

A negator that stands just before a term is read by `matchers.is_negated`; these stand too far in front.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|\n")
_DENIAL = re.compile(
    r"\b(?:it|that|this)(?: is|'s| would be| is simply| is just)(?: also)? (?:not (?:true|right|the case|correct|so|necessary|needed|"
    r"useful|important|worth it)|n[o']t true|wrong|false|untrue|incorrect|nonsense|a myth|a mistake|a bad idea|pointless|useless)"
    r"(?: that| to| for)?\b"
    r"|\bit (?:isn't|is never) (?:true|right|necessary|needed|useful|important)(?: that| to| for)?\b"
    r"|\bi (?:do not|don't|would not|wouldn't|would never|never|cannot|can't|can not) "
    r"(?:think|believe|say|agree|claim|accept|suggest|recommend|advise|see why|see any reason|bother|want)(?: that| to| with)?\b"
    r"|\bi (?:doubt|disagree|deny)(?: that| with)?\b"
    r"|\bthere(?: is|'s) no (?:need|reason|point|sense|use)(?: to| in| for| that)?\b"
    r"|\bit makes no sense(?: to| that)?\b"
    r"|\b(?:nobody|no one) (?:should|needs to|has to|would)\b"
)


class Split(NamedTuple):
    """A text around a denial: what is denied, up to the end of its sentence, and all the rest."""

    denied: str
    rest: str


def split_denial(folded: str) -> Split | None:
    """The first denial in a folded text, None where nothing is denied in this way."""
    match = _DENIAL.search(folded)
    if match is None:
        return None
    end = _SENTENCE_END.search(folded, match.end())
    stop = end.start() if end else len(folded)
    return Split(denied=folded[match.end() : stop], rest=folded[: match.start()] + folded[stop:])
