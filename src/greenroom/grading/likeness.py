"""How far an answer says what a reference answer says, where a question has no authored points.

Features of words, their order, rarity and polarity. None is the length of the answer, and none is a cosine of
whole answers: on public graded answers plain recall of words beats both, and both are bought with padding.
A question of the bank never comes here: its authored points decide (`greenroom.grading.matchers`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from greenroom.grading.segments import sentences_of
from greenroom.grading.terms import FUNCTION_WORDS, HEDGES, NEGATORS, stem_of, tokens_of

QUESTION_WORD_WORTH = 0.3
"""A word that the question gave away counts so much of what it would."""
_PAIR_REACH = 4
_GRAM = 4
_PREFIX = 5
_SAME_PREFIX_WORTH = 0.8
_ONE_SLIP_WORTH = 0.9

_NEGATOR_STEMS = frozenset(stem_of(word) for word in NEGATORS)
_FUNCTION_STEMS = frozenset(stem_of(word) for word in FUNCTION_WORDS) - _NEGATOR_STEMS
_HEDGE_STEMS = frozenset(stem_of(word) for word in (*HEDGES, "think", "believe", "sure", "know"))

Nearness = Callable[[str, frozenset[str]], float]
"""(stem, stems) -> 0..1: how near in meaning the nearest of them is."""

FEATURES = (
    "recall", "recall_new", "precision", "recall_plain", "pairs", "gram_recall", "gram_precision", "rarest_term",
    "polarity_differs", "novelty", "numbers", "balance", "is_blank", "recall_both",
    "near_recall", "near_recall_new", "near_precision", "is_hedged", "rarity_of_new", "share_of_negators",
)  # fmt: skip


def no_nearness(stem: str, stems: frozenset[str]) -> float:
    """Where no word vectors are at hand: nothing is near but the word itself."""
    return 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text, prepared for comparison."""

    stems: tuple[str, ...]
    """All of them, in order."""
    content: tuple[str, ...]
    """Without words of grammar; negators stay."""
    distinct: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    grams: frozenset[str]
    numbers: frozenset[str]
    is_negative: bool


@lru_cache(maxsize=30_000)
def words_of(text: str) -> Words:
    """The words of a text; what speaks to the grader is left out."""
    kept = " ".join(sentence.text for sentence in sentences_of(text) if not sentence.is_set_aside)
    tokens = tokens_of(kept)
    stems = tuple(token.stem for token in tokens)
    content = tuple(stem for stem in stems if stem not in _FUNCTION_STEMS)
    joined = " ".join(stems)
    return Words(
        stems=stems,
        content=content,
        distinct=frozenset(content),
        pairs=frozenset(
            (content[i], content[j])
            for i in range(len(content))
            for j in range(i + 1, min(len(content), i + _PAIR_REACH))
        ),
        grams=frozenset(joined[i : i + _GRAM] for i in range(len(joined) - _GRAM + 1)),
        numbers=frozenset(token.word for token in tokens if token.word[:1].isdigit()),
        is_negative=sum(stem in _NEGATOR_STEMS for stem in content) % 2 == 1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """What a word is worth: ln((texts + 1) / (texts that hold it + 1/2)), the idf of BM25 without its subtraction."""

    n_texts: int
    texts_with: Mapping[str, int]

    def of(self, stem: str) -> float:
        """At least 0.05; an unknown word is worth most."""
        return max(0.05, math.log((self.n_texts + 1) / (self.texts_with.get(stem, 0) + 0.5)))


def rarity_of(texts: Iterable[str]) -> Rarity:
    """Rarity of the words in these texts."""
    counts: Counter[str] = Counter()
    n_texts = 0
    for text in texts:
        n_texts += 1
        counts.update(words_of(text).distinct)
    return Rarity(n_texts=n_texts, texts_with=counts)


@lru_cache(maxsize=200_000)
def _kinship(one: str, other: str) -> float:
    if one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return 0.0
    if one[:_PREFIX] == other[:_PREFIX]:
        return _SAME_PREFIX_WORTH
    return _ONE_SLIP_WORTH if DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1 else 0.0


def _match(stem: str, stems: frozenset[str]) -> float:
    """1 for the stem itself, less for one typing slip or a common beginning of five letters, else 0."""
    if stem in stems:
        return 1.0
    if len(stem) < _PREFIX:
        return 0.0
    return max((_kinship(stem, other) for other in stems if len(other) >= _PREFIX), default=0.0)


def _share(stems: Iterable[str], worth: Callable[[str], float], found: Mapping[str, float]) -> float:
    weights = [(worth(stem), found[stem]) for stem in stems]
    total = sum(weight for weight, _ in weights)
    return sum(weight * value for weight, value in weights) / total if total else 0.0


def likeness(
    question: str, reference: str, answer: str, rarity: Rarity, nearness: Nearness = no_nearness
) -> tuple[float, ...]:
    """The features named in `FEATURES`, most of them in 0..1; `numbers` is -1 where the reference has none."""
    asked, wanted, given = words_of(question).distinct, words_of(reference), words_of(answer)

    def worth(stem: str) -> float:
        return rarity.of(stem) * (QUESTION_WORD_WORTH if stem in asked else 1.0)

    found = {stem: _match(stem, given.distinct) for stem in wanted.distinct}
    backed = {stem: _match(stem, wanted.distinct) for stem in given.distinct}
    near = {stem: value or nearness(stem, given.distinct) for stem, value in found.items()}
    near_back = {stem: value or nearness(stem, wanted.distinct) for stem, value in backed.items()}
    new_wanted, new_given = wanted.distinct - asked, given.distinct - asked
    recall = _share(wanted.distinct, worth, found)
    recall_new = _share(new_wanted, rarity.of, found)
    precision = _share(given.distinct, worth, backed)
    heaviest = max((worth(stem) for stem in found), default=0.0)
    return (
        recall,
        recall_new,
        precision,
        sum(value > 0 for value in found.values()) / (len(found) or 1),
        len(wanted.pairs & given.pairs) / (len(wanted.pairs) or 1),
        len(wanted.grams & given.grams) / (len(wanted.grams) or 1),
        len(wanted.grams & given.grams) / (len(given.grams) or 1),
        max((worth(stem) * value for stem, value in found.items()), default=0.0) / (heaviest or 1.0),
        float(wanted.is_negative != given.is_negative),
        _share(given.distinct, rarity.of, {stem: float(stem not in asked) for stem in given.distinct}),
        len(wanted.numbers & given.numbers) / len(wanted.numbers) if wanted.numbers else -1.0,
        math.sqrt(recall * precision),
        float(not given.content),
        recall * recall_new,
        _share(wanted.distinct, worth, near),
        _share(new_wanted, rarity.of, near),
        _share(given.distinct, worth, near_back),
        float(any(stem in _HEDGE_STEMS for stem in given.stems)),
        sum(rarity.of(stem) for stem in new_given) / (len(new_given) or 1),
        sum(stem in _NEGATOR_STEMS for stem in given.stems) / (len(given.stems) or 1),
    )


def score_by_references(question: str, references: Sequence[str], answer: str, rarity: Rarity) -> float:
    """A score in 0..1 of what no rubric was written for, with nothing trained.

    The mean of what is recalled of the nearest reference as words, as words that the question did not give away
    and as strings of four letters; half of it where the one denies and the other affirms. Not calibrated: it
    ranks answers to one question, and its thresholds do not carry over from one set of questions to another.
    """
    best = 0.0
    for reference in references:
        named = dict(zip(FEATURES, likeness(question, reference, answer, rarity), strict=True))
        score = (named["recall"] + named["recall_new"] + named["gram_recall"]) / 3
        best = max(best, score / 2 if named["polarity_differs"] else score)
    return min(1.0, best)


def resemblance(one: str, other: str, question: str, rarity: Rarity) -> float:
    """How alike two answers to one question are, 0..1: shared words over all words, weighed by rarity (Jaccard)."""
    asked, first, second = words_of(question).distinct, words_of(one), words_of(other)
    union = first.distinct | second.distinct
    total = sum(rarity.of(stem) * (QUESTION_WORD_WORTH if stem in asked else 1.0) for stem in union)
    if not total:
        return 0.0
    shared = first.distinct & second.distinct
    words = sum(rarity.of(stem) * (QUESTION_WORD_WORTH if stem in asked else 1.0) for stem in shared) / total
    grams = len(first.grams & second.grams) / (len(first.grams | second.grams) or 1)
    return (words + grams) / 2
