"""Decides about one rubric point: authored term groups decide, contrast sentences veto, polarity is read.

Similarity to a phrasing alone never earns a point unless it is nearly the phrasing itself; embeddings are not
used here. Every verdict quotes the window it was read from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from greenroom.core.rubric import Point, PointStatus, PointVerdict
from greenroom.grading.denial import split_denial
from greenroom.grading.segments import Sentence, fold
from greenroom.grading.terms import FUNCTION_WORDS, HEDGES, NEGATORS, OPPOSITES, find_term, stem_of, tokens_of

MET_FROM_01 = 0.7
UNSURE_FROM_01 = 0.4
_NEGATION_REACH = 4
_PAIR_REACH = 5
_VERBATIM_FROM = 0.72
_CLEARLY_THE_POINT_FROM = 0.6
_ABOUT_THE_POINT_FROM = 0.35
"""Below this share of a phrasing's words a window may hold the terms and speak of something else."""
_PAIR_ABOUT_THE_POINT_FROM = 0.2
_TELLING_WORDS = 0.3
_TELLING_PAIRS = 0.6
_SALAD_GLUE_SHARE = 0.1
_TERSE_GLUE_SHARE = 0.3
_TERSE_BELOW_WORDS = 9
_LIST_FROM_PIECES = 6
_LIST_PIECE_WORDS = 2.0
_SALAD_FROM_WORDS = 5

_NEGATOR_STEMS = frozenset(stem_of(word) for word in NEGATORS)
_FUNCTION_STEMS = frozenset(stem_of(word) for word in FUNCTION_WORDS) - _NEGATOR_STEMS
_GLUE_STEMS = (_FUNCTION_STEMS | _NEGATOR_STEMS) - frozenset(
    stem_of(word)
    for word in "of in out by before after over under all more less few most own same each on off up down once"
    " between against through".split()
)
"""Words that join others into a sentence. Prepositions that are parts of terms ("out of fold") are not."""
_HEDGE_STEMS = frozenset(stem_of(word) for word in HEDGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One or two neighbouring sentences that are read together."""

    text: str
    start: int
    stems: tuple[str, ...]
    is_salad: bool
    parts: tuple[tuple[str, ...], ...] = ()
    """Of a pair: the stems of each sentence."""

    @property
    def is_hedged(self) -> bool:
        """Whether the words themselves doubt what they say."""
        return any(stem in _HEDGE_STEMS for stem in self.stems)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    probability_01: float
    status: PointStatus
    window: Window | None
    likeness: float = 0.0
    """Share of the nearest phrasing's (or, of a denial, contrast's) features that the window holds."""


def windows_of(sentences: Sequence[Sentence], answer: str) -> list[Window]:
    """Each sentence, and each pair of neighbours. What was set aside is in none of them."""
    windows: list[Window] = []
    kept = [sentence for sentence in sentences if not sentence.is_set_aside]
    for index, sentence in enumerate(kept):
        windows.append(_window(sentence.text, sentence.start, is_salad=_is_sentence_salad(sentence)))
        if index + 1 == len(kept):
            break
        following = kept[index + 1]
        between = answer[sentence.start + len(sentence.text) : following.start]
        if not between.strip():  # neighbours in the text itself, nothing set aside between them
            pair = answer[sentence.start : following.start + len(following.text)]
            # A sentence beside a list of keywords does not make the list a sentence.
            is_salad = any(_is_sentence_salad(part) for part in (sentence, following))
            windows.append(_pair(pair, sentence, following, is_salad=is_salad))
    return windows


def _pair(text: str, one: Sentence, other: Sentence, *, is_salad: bool) -> Window:
    parts = (_stems(one.text), _stems(other.text))
    return Window(text=text, start=one.start, stems=_stems(text), is_salad=is_salad, parts=parts)


def _window(text: str, start: int, *, is_salad: bool) -> Window:
    return Window(text=text, start=start, stems=_stems(text), is_salad=is_salad)


@lru_cache(maxsize=20_000)
def _is_salad(stems: tuple[str, ...]) -> bool:
    """A list of keywords: hardly a function word in it, or the same words again and again."""
    words = [stem for stem in stems if stem.isalpha()]
    glue = [stem for stem in words if stem in _GLUE_STEMS and stem not in _NEGATOR_STEMS]
    if len(words) < _TERSE_BELOW_WORDS:  # terse speech drops its articles, not its prepositions
        is_list = len(words) >= _SALAD_FROM_WORDS and not any(stem in _FUNCTION_STEMS for stem in words)
    else:
        is_list = len(glue) / len(words) < _SALAD_GLUE_SHARE
    is_repeated = len(words) >= 8 and len(set(words)) / len(words) < 0.4
    return is_list or is_repeated


def _is_sentence_salad(sentence: Sentence) -> bool:
    return _is_salad(_stems(sentence.text)) or _is_listed(sentence.text)


def _is_terse(stems: tuple[str, ...]) -> bool:
    words = [stem for stem in stems if stem.isalpha()]
    return sum(stem in _GLUE_STEMS for stem in words) < _TERSE_GLUE_SHARE * len(words)


def _is_listed(text: str) -> bool:
    """Six or more pieces between commas, of one or two words each."""
    pieces = [len(piece.split()) for piece in text.split(",")]
    return len(pieces) >= _LIST_FROM_PIECES and sum(pieces) / len(pieces) <= _LIST_PIECE_WORDS


def judge_point(point: Point, windows: Sequence[Window], question: str) -> PointVerdict:
    """The verdict on one point over all windows of an answer."""
    asked = _features(question)
    readings = [_read_denial(point, window, asked) for window in windows if _adds_up(point, window, asked)]
    best = max(readings, key=lambda r: r.probability_01, default=None)
    if best is None or best.window is None or best.status is PointStatus.NOT_MET:
        against = next((r for r in readings if r.status is PointStatus.CONTRADICTED), None)
        return _verdict(point, against) if against else _nothing(point)
    against = max(
        (r for r in readings if r.status is PointStatus.CONTRADICTED and not _is_within(r, best)),
        key=lambda r: r.likeness,
        default=None,
    )
    if against is not None and best.status is PointStatus.MET and against.likeness >= best.likeness:
        # Said and denied in one answer: a person has to ask back.
        return _verdict(point, _Reading(probability_01=0.55, status=PointStatus.UNSURE, window=best.window))
    return _verdict(point, best)


def _adds_up(point: Point, window: Window, question: frozenset[object]) -> bool:
    """Whether a pair of sentences says more of the point than one of them; a single sentence always does.

    Otherwise whatever is put behind a sentence ("there is nothing missing here") could move its verdict.
    """
    if not window.parts:
        return True
    n_groups = _n_hits(point, window.stems)
    if all(_n_hits(point, part) < n_groups for part in window.parts):
        return True
    if n_groups == len(point.needs):
        return False
    texts = (*point.phrasings, point.says)
    alike = _nearest(texts, window.stems, question)[0]
    return alike >= _VERBATIM_FROM and all(
        _nearest(texts, part, question)[0] < _VERBATIM_FROM for part in window.parts
    )


def _n_hits(point: Point, stems: tuple[str, ...]) -> int:
    return sum(hit >= 0 for hit in _hits(point, stems))


def _is_within(against: _Reading, best: _Reading) -> bool:
    """A pair of sentences that reads as denial does not overrule one of its own sentences that is clear."""
    if against.window is None or best.window is None:
        return False
    return best.window.text in against.window.text


def _nothing(point: Point) -> PointVerdict:
    return PointVerdict(point_id=point.id, status=PointStatus.NOT_MET, probability_01=0.05, quote="")


def _verdict(point: Point, reading: _Reading) -> PointVerdict:
    window = reading.window
    return PointVerdict(
        point_id=point.id,
        status=reading.status,
        probability_01=round(reading.probability_01, 3),
        quote=window.text if window else "",
        start=window.start if window else -1,
    )


def _read_denial(point: Point, window: Window, question: frozenset[object]) -> _Reading:
    """The reading, turned where the point is met by what the sentence says in order to deny it."""
    reading = _read(point, window, question)
    if reading.status not in (PointStatus.MET, PointStatus.UNSURE, PointStatus.PARTLY):
        return reading
    split = split_denial(fold(window.text))
    if split is None or _earns(point, split.rest, question):
        return reading  # the point stands beside the denial
    if window.parts:
        is_used = _n_hits(point, _stems(split.denied)) > 0
        return _Reading(probability_01=0.4, status=PointStatus.UNSURE, window=window) if is_used else reading
    if not _earns(point, split.denied, question):
        return reading  # the point is itself the denial
    return _Reading(
        probability_01=0.12, status=PointStatus.CONTRADICTED, window=window, likeness=reading.likeness
    )


def _earns(point: Point, text: str, question: frozenset[object]) -> bool:
    part = _window(text, 0, is_salad=False)
    return _read(point, part, question).status in (PointStatus.MET, PointStatus.UNSURE, PointStatus.PARTLY)


def _read(point: Point, window: Window, question: frozenset[object]) -> _Reading:
    if window.is_salad:
        return _Reading(probability_01=0.05, status=PointStatus.NOT_MET, window=window)
    stems = window.stems
    if any(find_term(term, stems) >= 0 for term in point.never):
        return _Reading(probability_01=0.1, status=PointStatus.CONTRADICTED, window=window, likeness=1.0)
    hits = [max((find_term(term, stems) for term in group), default=-1) for group in point.needs]
    share = sum(hit >= 0 for hit in hits) / len(hits) if hits else 0.0
    alike, nearest = _nearest((*point.phrasings, point.says), stems, question)
    if window.parts and alike < _PAIR_ABOUT_THE_POINT_FROM:  # terms met by chance in two sentences
        return _Reading(probability_01=0.05, status=PointStatus.NOT_MET, window=window)
    unlike = _likeness_to_contrast(point, stems, question)
    has_all = bool(hits) and share == 1.0
    if not has_all and alike < _VERBATIM_FROM:
        if share >= 0.5 and alike >= 0.4 and unlike <= alike:
            return _Reading(probability_01=0.3 + 0.3 * alike, status=PointStatus.PARTLY, window=window)
        return _Reading(probability_01=min(0.3, 0.3 * alike), status=PointStatus.NOT_MET, window=window)
    denies = _flips_direction(nearest, stems) or not _has_polarity_of(point, stems, hits)
    if unlike > alike or (denies and max(alike, unlike + 0.25) >= _CLEARLY_THE_POINT_FROM):
        return _Reading(
            probability_01=0.12,
            status=PointStatus.CONTRADICTED,
            window=window,
            likeness=max(alike, unlike),
        )
    if denies and alike >= _ABOUT_THE_POINT_FROM:  # a "no" is near, perhaps of another thought
        return _Reading(probability_01=0.25, status=PointStatus.UNSURE, window=window)
    if denies:  # the right terms in another thought
        return _Reading(probability_01=0.3, status=PointStatus.NOT_MET, window=window)
    if alike < _ABOUT_THE_POINT_FROM and _is_terse(stems):  # the terms, but hardly a sentence around them
        return _Reading(probability_01=0.4, status=PointStatus.UNSURE, window=window)
    probability = min(0.97, 0.72 + 0.25 * alike)
    if unlike > 0.9 * alike and unlike > 0.6:
        probability -= 0.2
    if window.is_hedged:
        probability -= 0.2
    status = PointStatus.MET if probability >= MET_FROM_01 else PointStatus.UNSURE
    return _Reading(probability_01=probability, status=status, window=window, likeness=alike)


def _likeness_to_contrast(point: Point, stems: tuple[str, ...], question: frozenset[object]) -> float:
    """Share of the nearest contrast sentence's features, of those contrasts whose own words are there.

    A contrast shares most of its words with the point; what sets it apart (a negator, a swapped term) has to be
    in the window before it counts. A keyword salad shows what must not earn the point, not what denies it.
    """
    own = frozenset[object]().union(*(_features(text) for text in (*point.phrasings, point.says)))
    best = 0.0
    given = _features_of(stems)
    for text in point.contrast:
        if _is_salad(_stems(text)):
            continue
        if not _tells_apart(_features(text) - own, given):
            continue
        best = max(best, _nearest((text,), stems, question)[0])
    return best


def _tells_apart(apart: frozenset[object], given: frozenset[object]) -> bool:
    """Whether the window holds what only the contrast says: its own words, or else its own order of words."""
    words = [feature for feature in apart if isinstance(feature, str)]
    if words:
        return sum(word in given for word in words) / len(words) >= _TELLING_WORDS
    return not apart or len(apart & given) / len(apart) >= _TELLING_PAIRS


def _has_polarity_of(point: Point, stems: tuple[str, ...], hits: Sequence[int]) -> bool:
    """Whether the window affirms or denies as one of the phrasings does."""
    allowed = {
        is_negated(_stems(text), _hits(point, _stems(text))) for text in (*point.phrasings, point.says)
    }
    return is_negated(stems, hits) in allowed


def _hits(point: Point, stems: tuple[str, ...]) -> list[int]:
    return [max((find_term(term, stems) for term in group), default=-1) for group in point.needs]


def is_negated(stems: tuple[str, ...], hits: Sequence[int]) -> bool:
    """Whether an odd number of negators stands just before or after the matched terms."""
    found: set[int] = set()
    for hit in hits:
        if hit < 0:
            continue
        near = range(max(0, hit - _NEGATION_REACH), min(len(stems), hit + _NEGATION_REACH))
        found.update(index for index in near if stems[index] in _NEGATOR_STEMS)
    return len(found) % 2 == 1


def _flips_direction(nearest: str, stems: tuple[str, ...]) -> bool:
    given = set(stems)
    wanted = set(_stems(nearest))
    return any(
        (opposite & given) and stem not in given and not (opposite & wanted)
        for stem, opposite in OPPOSITES.items()
        if stem in wanted
    )


@lru_cache(maxsize=20_000)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens_of(text))


def _nearest(
    examples: Sequence[str], stems: tuple[str, ...], question: frozenset[object]
) -> tuple[float, str]:
    """(share of the best example's features that the window holds, that example)."""
    given = _features_of(stems)
    best, text = 0.0, examples[0] if examples else ""
    for example in examples:
        wanted = _features(example)
        weights = {feature: 0.3 if feature in question else 1.0 for feature in wanted}
        total = sum(weights.values())
        alike = (
            sum(weight for feature, weight in weights.items() if feature in given) / total if total else 0.0
        )
        if alike > best:
            best, text = alike, example
    return best, text


@lru_cache(maxsize=20_000)
def _features(text: str) -> frozenset[object]:
    return _features_of(_stems(text))


@lru_cache(maxsize=20_000)
def _features_of(stems: tuple[str, ...]) -> frozenset[object]:
    """Content stems and ordered pairs of them at most five words apart: `L1 … sparse` is not `sparse … L1`."""
    content = [(index, stem) for index, stem in enumerate(stems) if stem not in _FUNCTION_STEMS]
    features: set[object] = {stem for _, stem in content}
    for place, (index, stem) in enumerate(content):
        for other_index, other in content[place + 1 :]:
            if other_index - index > _PAIR_REACH:
                break
            features.add((stem, other))
    return frozenset(features)
