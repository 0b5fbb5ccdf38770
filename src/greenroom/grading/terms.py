"""Words and terms: stems, synonyms of the field, negation, hedging, direction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from threading import local

import snowballstemmer
from rapidfuzz.distance import DamerauLevenshtein

from greenroom.grading.segments import fold

_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*%?|[+\-*/=<>^]")
_threads = local()

NEGATORS = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "cannot",
        "neither",
        "nor",
        "none",
        "nothing",
        "hardly",
        "avoid",
        "avoids",
        "avoiding",
        "ignore",
        "ignores",
        "ignoring",
        "skip",
        "skips",
        "skipping",
        "unnecessary",
        "irrelevant",
        "pointless",
        "useless",
        "fails",
        "fail",
        "refuse",
        "stop",
        "forget",
    ]
)
HEDGES = frozenset("maybe perhaps possibly guess unsure might somehow somewhat probably dunno".split())
FUNCTION_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "but",
        "if",
        "then",
        "so",
        "because",
        "since",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "onto",
        "to",
        "with",
        "without",
        "over",
        "under",
        "i",
        "you",
        "we",
        "they",
        "he",
        "she",
        "it",
        "me",
        "my",
        "our",
        "your",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "done",
        "have",
        "has",
        "had",
        "having",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "must",
        "shall",
        "not",
        "no",
        "there",
        "here",
        "what",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "where",
        "why",
        "how",
        "all",
        "any",
        "each",
        "every",
        "some",
        "such",
        "than",
        "too",
        "very",
        "just",
        "also",
        "more",
        "most",
        "less",
        "least",
        "only",
        "own",
        "same",
        "other",
        "between",
        "before",
        "after",
        "above",
        "below",
        "up",
        "down",
        "out",
        "off",
        "again",
        "about",
        "against",
        "during",
        "through",
        "while",
        "until",
        "both",
        "few",
        "once",
        "let",
        "us",
        "get",
        "got",
        "make",
        "makes",
        "use",
        "using",
        "used",
    ]
)
_SYNONYMS = (
    ("dataset", "data"), ("datum", "data"), ("holdout", "validation"), ("val", "validation"), ("dev", "validation"),
    ("params", "parameter"), ("param", "parameter"), ("lr", "learning rate"), ("nn", "neural network"),
    ("regularisation", "regularization"), ("regularise", "regularize"), ("optimise", "optimize"),
    ("normalise", "normalize"), ("generalise", "generalize"), ("behaviour", "behavior"), ("colour", "color"),
    ("labelled", "label"), ("modelling", "model"), ("cv", "cross validation"), ("crossvalidation", "cross validation"),
    ("prod", "production"), ("qps", "query per second"), ("kv", "kv"), ("gpu", "gpu"), ("ml", "machine learning"),
    ("auc", "auc"), ("roc", "roc"), ("auroc", "roc auc"), ("auprc", "pr auc"), ("eval", "evaluate"),
)  # fmt: skip
_SYNONYM_OF = dict(_SYNONYMS)
_DIRECTIONS = (
    ("increas", "decreas"), ("higher", "lower"), ("high", "low"), ("more", "less"), ("larger", "smaller"),
    ("large", "small"), ("bigger", "smaller"), ("befor", "after"), ("rais", "lower"), ("rise", "fall"), ("up", "down"),
    ("faster", "slower"), ("fast", "slow"), ("better", "wors"), ("overfit", "underfit"), ("add", "remov"),
    ("maxim", "minim"), ("first", "last"), ("greater", "smaller"), ("strong", "weak"), ("stronger", "weaker"),
    ("cheap", "expens"), ("cheaper", "expens"), ("grow", "shrink"), ("precis", "recal"), ("posit", "negat"),
)  # fmt: skip
OPPOSITES: dict[str, set[str]] = {}
for _one, _other in _DIRECTIONS:
    OPPOSITES.setdefault(_one, set()).add(_other)
    OPPOSITES.setdefault(_other, set()).add(_one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of the answer as it is matched."""

    stem: str
    word: str


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """English Snowball stem; numbers and symbols stay as they are."""
    stemmer = getattr(_threads, "stemmer", None)
    if stemmer is None:  # the stemmer keeps state in itself: one for each thread
        stemmer = _threads.stemmer = snowballstemmer.stemmer("english")
    return str(stemmer.stemWord(word))


@lru_cache(maxsize=20_000)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text with stems, contractions opened (`don't` is `do not`), synonyms replaced."""
    folded = fold(text).replace("’", "'")
    folded = re.sub(r"n't\b", " not", folded)
    folded = re.sub(r"\bcannot\b", "can not", folded)
    folded = re.sub(r"'(?:s|re|ve|ll|d|m)\b", "", folded)
    folded = re.sub(r"(?<=[a-z0-9])[-‐-―/](?=[a-z0-9])", " ", folded)
    tokens: list[Token] = []
    for word in _WORD.findall(folded):
        for part in _SYNONYM_OF.get(word, word).split():
            tokens.append(Token(stem=stem_of(part), word=part))
    return tuple(tokens)


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a text, in order."""
    return tuple(token.stem for token in tokens_of(text))


def is_same_word(given: str, wanted: str) -> bool:
    """Equal stems, or one typing slip in a word of at least six letters."""
    if given == wanted:
        return True
    if len(wanted) < 6 or abs(len(given) - len(wanted)) > 1 or given[0] != wanted[0]:
        return False
    return DamerauLevenshtein.distance(given, wanted, score_cutoff=1) <= 1


def find_term(term: str, stems: tuple[str, ...]) -> int:
    """Index where a term (one or more words, in order, one word between them at most) begins, else -1."""
    wanted = stems_of(term)
    if not wanted:
        return -1
    for index, stem in enumerate(stems):
        if not is_same_word(stem, wanted[0]):
            continue
        place = index
        for word in wanted[1:]:
            place = next(
                (j for j in (place + 1, place + 2) if j < len(stems) and is_same_word(stems[j], word)), -1
            )
            if place < 0:
                break
        if place >= 0:
            return index
    return -1
