"""Reads a role, a level and a company out of a job description: from which phrases, and how sure it is.

Each role's phrases carry evidence in log-odds (`bank/taxonomy/roles.yaml`). Evidence of one role is added
with diminishing returns (the k-th strongest phrase counts 0.85^k), because phrases of one advert repeat one
another. Shares are the softmax over roles; confidence also needs enough phrases, so that a thin advert is
never "sure".
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from greenroom.core.taxonomy import Role, Seniority, Taxonomy

MAX_CHARACTERS = 60_000
"""A longer text is refused: it is not one job description."""

_MIN_WORDS = 20
_TITLE_FACTOR = 1.5
_DIMINISHING = 0.85
_ENOUGH_EVIDENCE = 4.0
_MIX_FROM_SHARE = 0.15
_TEMPERATURE = 2.5
"""Phrases of one advert are not independent witnesses; dividing the sum keeps shares from being certain."""

_JOB_WORDS = (
    "responsibilities", "requirements", "qualifications", "experience", "we are looking for", "you will",
    "you'll", "join us", "join our", "our team", "the team", "role", "position", "candidate", "apply",
    "hiring", "salary", "compensation", "benefits", "full-time", "remote", "hybrid", "years of",
    "what you", "who you are", "must have", "nice to have", "preferred", "bachelor", "master's", "degree",
    "about the job", "about us", "job description", "equal opportunity", "skills", "work with", "you have",
)  # fmt: skip
_FIELD_WORDS = (
    "machine learning", "ml", "ai", "artificial intelligence", "deep learning", "neural", "model", "models",
    "data science", "data scientist", "llm", "nlp", "pytorch", "tensorflow", "statistics", "inference",
    "computer vision", "language model", "language models", "recommendation", "algorithms",
    "generative", "agents", "reinforcement learning",
)  # fmt: skip
_VAGUE_FIELD_WORDS = frozenset({"model", "models", "statistics", "algorithms", "inference", "agents"})
"""Words that other trades use too: alone they do not make an advert one for AI/ML."""
_FASHIONABLE_WORDS = frozenset({"ai", "artificial intelligence", "generative"})
"""Words that any trade puts into a title now: a title that names only these is not one for AI/ML yet."""
_SPECIFIC_EVIDENCE = 1.2
"""From here on a phrase belongs to one kind of AI/ML work; `SQL` and `Kubernetes` stay below."""
_CV_WORDS = (
    "curriculum vitae", "references on request", "references upon request", "references available",
)  # fmt: skip

_SENIORITY: Mapping[Seniority, Mapping[str, float]] = {
    Seniority.STAFF: {
        "staff": 3.0, "principal": 3.0, "distinguished": 3.0, "across teams": 1.5, "technical strategy": 1.5,
        "10+ years": 1.5, "8+ years": 1.2, "set direction": 1.2,
    },
    Seniority.SENIOR: {
        "senior": 3.0, "sr.": 2.5, "lead": 2.5, "5+ years": 1.5, "6+ years": 1.2, "7+ years": 1.2,
        "mentor": 1.0,
    },
    Seniority.MID: {"2+ years": 1.5, "3+ years": 1.5, "4+ years": 1.2, "mid-level": 1.5},
    Seniority.JUNIOR: {
        "junior": 3.0, "entry-level": 3.0, "new grad": 3.0, "graduate programme": 2.5,
        "graduate program": 2.5, "intern": 3.0, "internship": 3.0, "0-2 years": 1.5,
        "1+ years": 1.5, "recent graduate": 1.5,
    },
}  # fmt: skip
_TITLE_ONLY = frozenset({"staff", "principal", "distinguished", "senior", "sr.", "lead", "junior", "intern"})
"""Words that describe other people too ("work with senior engineers"): they count in the title only."""

_COMPANIES: Mapping[str, tuple[str, ...]] = {
    "google": ("google", "deepmind", "youtube", "waymo"),
    "meta": ("meta", "facebook", "instagram", "whatsapp"),
    "amazon": ("amazon", "aws", "alexa", "leadership principles"),
    "openai-style": ("openai",),
    "anthropic-style": ("anthropic",),
    "start-up": ("start-up", "startup", "seed stage", "series a", "founding engineer", "early-stage"),
}
_COMPANY_CUES = r"(?:at|about|join|company:|employer:|@|here at)\s+(?:the\s+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPhrase:
    """A phrase of the text that spoke for a role. `start` and `end` are character offsets in the text."""

    text: str
    start: int
    end: int
    role: str
    evidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleReading:
    """What a job description says. `shares` sums to 1; the first of `mix` is the role itself."""

    role: str
    confidence_01: float
    shares: Mapping[str, float]
    mix: tuple[str, ...]
    """Roles with at least 15 % of the shares, strongest first."""
    phrases: tuple[FoundPhrase, ...]
    """By position in the text; phrases of all roles."""
    seniority: Seniority | None
    seniority_phrase: str
    loop: str | None
    loop_phrase: str
    job_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAJobDescription:
    """A clear answer instead of a guess."""

    reason: str
    hint: str


def read_role(text: str, taxonomy: Taxonomy) -> RoleReading | NotAJobDescription:
    """The role a job description asks for, or why it was not read as one. Works in O(characters)."""
    refusal = _refuse(text)
    if refusal is not None:
        return refusal
    folded = _fold(text)
    title = _title_of(text)
    found = _find_phrases(folded, text.find(title) + len(title), taxonomy.roles.values(), text)
    refusal = _refuse_other_trades(folded, _fold(title), found)
    if refusal is not None:
        return refusal
    evidence = {
        role: sum(hit * _DIMINISHING**rank for rank, hit in enumerate(_strengths(found, role)))
        for role in taxonomy.roles
    }
    if max(evidence.values(), default=0.0) <= 0:
        return NotAJobDescription(
            reason="This reads like a job advert, but nothing in it says which kind of AI/ML work it is.",
            hint="Add the list of tasks or skills, or choose the role below.",
        )
    shares = _softmax(evidence)
    ordered = sorted(shares, key=lambda role: (-shares[role], role))
    margin = shares[ordered[0]]
    confidence = margin * (1 - math.exp(-sum(max(0.0, e) for e in evidence.values()) / _ENOUGH_EVIDENCE))
    seniority, seniority_phrase = _read_seniority(folded, _fold(title))
    loop, loop_phrase = _read_company(folded, _fold(title), taxonomy)
    return RoleReading(
        role=ordered[0],
        confidence_01=confidence,
        shares=shares,
        mix=tuple(role for role in ordered if shares[role] >= _MIX_FROM_SHARE) or (ordered[0],),
        phrases=tuple(found),
        seniority=seniority,
        seniority_phrase=seniority_phrase,
        loop=loop,
        loop_phrase=loop_phrase,
        job_title=title,
    )


def _refuse(text: str) -> NotAJobDescription | None:
    stripped = text.strip()
    if not stripped:
        return NotAJobDescription(
            reason="Nothing was pasted.", hint="Paste the text of the advert, or choose a role below."
        )
    if len(text) > MAX_CHARACTERS:
        return NotAJobDescription(
            reason=f"That is {len(text):,} characters, more than one job description holds.",
            hint=f"Paste only the advert itself (at most {MAX_CHARACTERS:,} characters).",
        )
    controls = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\n\r\t" for c in stripped)
    if controls > len(stripped) * 0.01 or "\ufffd" in stripped[:2000]:
        return NotAJobDescription(
            reason="That is not readable text.",
            hint="It looks like a file's raw bytes. Open the advert and copy its words.",
        )
    words = re.findall(r"[^\W\d_]{2,}", stripped)
    if len(words) < _MIN_WORDS:
        return NotAJobDescription(
            reason=f"That is only {len(words)} {'word' if len(words) == 1 else 'words'}; too little to read a role from.",
            hint="Paste the whole advert with its tasks and requirements, or choose a role below.",
        )
    return _refuse_other_texts(_fold(text), len(words))


def _refuse_other_texts(folded: str, n_words: int) -> NotAJobDescription | None:
    if any(_holds(folded, word) for word in _CV_WORDS):
        return NotAJobDescription(
            reason="This reads like a CV, not like the advert of a job.",
            hint="Paste the advert that you apply to. You can also choose the role below.",
        )
    job = {word for word in _JOB_WORDS if _holds(folded, word)}
    if not job or (len(job) < 2 and n_words > 60):
        return NotAJobDescription(
            reason="This does not read like a job description: no tasks, requirements or offer were found.",
            hint="Adverts in English are understood. You can also choose the role below.",
        )
    return None


def _refuse_other_trades(folded: str, title: str, found: Iterable[FoundPhrase]) -> NotAJobDescription | None:
    """Refuses an advert in which AI/ML is a word at most, not the work.

    The work shows in the title, or in phrases that belong to one kind of AI/ML work; one such phrase is
    enough where the text also names the field.
    """
    field = {word for word in _FIELD_WORDS if _holds(folded, word)} - _VAGUE_FIELD_WORDS
    in_title = {word for word in field - _FASHIONABLE_WORDS if _holds(title, word)}
    specific = {phrase.start for phrase in found if phrase.evidence >= _SPECIFIC_EVIDENCE}
    if in_title or (field and specific) or len(specific) > 1:
        return None
    if field:
        return NotAJobDescription(
            reason="This reads like a job advert that mentions AI or machine learning, not like one for that work.",
            hint="Greenroom prepares for AI/ML interviews. If it is one all the same, choose the role below.",
        )
    return NotAJobDescription(
        reason="This reads like a job advert, but not one for AI or machine learning.",
        hint="Greenroom prepares for AI/ML interviews. If it is one all the same, choose the role below.",
    )


def _fold(text: str) -> str:
    # One character in, one out, so that offsets keep pointing into the person's own text.
    return "".join(_fold_character(character) for character in text)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    if folded in "‐‑‒–—−":
        return "-"
    if folded in "‘’":
        return "'"
    return folded if len(folded) == 1 else character


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in re.split(r"[\s-]+", phrase.lower())]
    body = r"[\s\-]+".join(words)
    # Inflections of the last word: fine-tune(d), fine-tuning, agents, forecasts.
    if words[-1].endswith("e") and len(words[-1]) > 4:
        body = body[:-1] + r"(?:e|es|ed|ing)"
    elif len(words[-1]) > 3 and words[-1].isalpha():
        body += r"(?:s|es|ed|ing)?"
    return re.compile(rf"(?<![\w]){body}(?![\w])")


def _holds(folded: str, phrase: str) -> bool:
    return _pattern(phrase).search(folded) is not None


_NEGATED = re.compile(
    r"(?:\bnot|\bno|\bnor|\bwithout|\bisn't|\brather than|\binstead of)\s+(?:\w+[\s\-]+){0,3}$"
)


def _find_phrases(folded: str, title_end: int, roles: Iterable[Role], text: str) -> list[FoundPhrase]:
    found: list[FoundPhrase] = []
    for role in roles:
        for phrase, evidence in role.signals.items():
            for match in _pattern(phrase).finditer(folded):
                if _NEGATED.search(folded, max(0, match.start() - 60), match.start()):
                    continue
                factor = _TITLE_FACTOR if match.start() < title_end else 1.0
                found.append(
                    FoundPhrase(
                        text=text[match.start() : match.end()],
                        start=match.start(),
                        end=match.end(),
                        role=role.id,
                        evidence=evidence * factor,
                    )
                )
                break  # a phrase counts once
    found.sort(key=lambda phrase: (phrase.start, phrase.role))
    return _without_nested(found)


def _without_nested(found: list[FoundPhrase]) -> list[FoundPhrase]:
    """Of two phrases of one role that overlap, the stronger one stays."""
    kept: list[FoundPhrase] = []
    for phrase in sorted(found, key=lambda p: -p.evidence):
        if not any(k.role == phrase.role and k.start < phrase.end and phrase.start < k.end for k in kept):
            kept.append(phrase)
    return sorted(kept, key=lambda p: (p.start, p.role))


def _strengths(found: Iterable[FoundPhrase], role: str) -> list[float]:
    return sorted((phrase.evidence for phrase in found if phrase.role == role), reverse=True)


def _softmax(evidence: Mapping[str, float]) -> dict[str, float]:
    top = max(evidence.values())
    powers = {role: math.exp((value - top) / _TEMPERATURE) for role, value in evidence.items()}
    total = sum(powers.values())
    return {role: power / total for role, power in powers.items()}


def _title_of(text: str) -> str:
    """The first line, where it is short enough to be a title; it may start with `Title:`."""
    for line in text.splitlines():
        stripped = line.strip().strip("#*- ")
        if stripped:
            return stripped if len(stripped) <= 100 else ""
    return ""


def _read_seniority(folded: str, title: str) -> tuple[Seniority | None, str]:
    best, best_score, best_phrase = None, 0.0, ""
    for seniority, phrases in _SENIORITY.items():
        found = [phrase for phrase in phrases if _names_level(phrase, folded, title)]
        score = sum(phrases[phrase] for phrase in found)
        if score > best_score:
            best, best_score, best_phrase = seniority, score, found[0]
    return best, best_phrase


def _names_level(phrase: str, folded: str, title: str) -> bool:
    bounded = rf"(?<!\w){re.escape(phrase)}(?!\w)"
    if re.search(bounded, title):
        return True
    if phrase in _TITLE_ONLY:
        return re.search(rf"(?:as|seeking|looking for|hiring) an?\s+{bounded}", folded) is not None
    return re.search(bounded, folded) is not None


def _read_company(folded: str, title: str, taxonomy: Taxonomy) -> tuple[str | None, str]:
    """The loop of a company that is named as the employer, not merely as a tool or a client."""
    for loop, names in _COMPANIES.items():
        if loop not in taxonomy.loops:
            continue
        for name in names:
            is_descriptive = loop == "start-up" or " " in name
            pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
            named = re.search(pattern if is_descriptive else _COMPANY_CUES + pattern, folded)
            if named or re.search(pattern, title):
                return loop, name
    return None, ""
