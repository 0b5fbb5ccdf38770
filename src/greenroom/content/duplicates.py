"""Near-duplicates among authored items: TF-IDF over stem and options, cosine similarity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from greenroom.content.flaws import bare
from greenroom.core.items import ChoiceSpec, ClozeSpec, Item, NumericSpec, OrderSpec

NEAR = 0.85
"""Cosine from which two items count as near-duplicates."""


class Pair(NamedTuple):
    """Two items that ask nearly the same."""

    one: Item
    other: Item
    similarity: float
    has_conflicting_keys: bool


def near_duplicates(items: Sequence[Item]) -> list[Pair]:
    """Pairs of authored items at or above `NEAR`, most alike first."""
    asked = [item for item in items if item.family is None]
    if len(asked) < 2:
        return []
    matrix: csr_matrix = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"[a-z0-9_.]*[a-z0-9_]", lowercase=True,
        max_df=0.05 if len(asked) > 1000 else 1.0,
    ).fit_transform([_text(item) for item in asked])  # fmt: skip
    pairs: list[Pair] = []
    for start in range(0, len(asked), 500):
        block = (matrix[start : start + 500] @ matrix.T).tocoo()
        near = (block.data >= NEAR) & (block.col > block.row + start)
        for row, col, value in zip(block.row[near], block.col[near], block.data[near], strict=True):
            one, other = asked[int(row) + start], asked[int(col)]
            pairs.append(Pair(one, other, round(float(value), 3), _conflict(one, other)))
    return sorted(pairs, key=lambda pair: (-pair.similarity, pair.one.id, pair.other.id))


def _text(item: Item) -> str:
    match item.spec:
        case ChoiceSpec(options=options):
            # Sorted: the same options in another order are the same question.
            answers = " ".join(sorted(option.text for option in options))
        case OrderSpec(steps=steps):
            answers = " ".join(step.text for step in steps)
        case _:
            answers = ""
    return f"{item.stem_text} {answers}"


def folded(text: str) -> str:
    """Lower case, one space between words, no marks around."""
    return re.sub(r"\s+", " ", bare(text).lower()).strip(" .;,")


def _conflict(one: Item, other: Item) -> bool:
    """True where what is right in one is wrong in the other."""
    match one.spec, other.spec:
        case ChoiceSpec(options=a), ChoiceSpec(options=b):
            right_a = {folded(o.text) for o in a if o.is_right}
            right_b = {folded(o.text) for o in b if o.is_right}
            wrong_a = {folded(o.text) for o in a if not o.is_right}
            wrong_b = {folded(o.text) for o in b if not o.is_right}
            return bool(right_a & wrong_b or right_b & wrong_a)
        case NumericSpec() as a, NumericSpec() as b:
            apart = abs(a.value - b.value) > max(
                a.abs_tol + b.abs_tol, (a.rel_tol + b.rel_tol) * abs(a.value)
            )
            return apart and folded(one.stem_text) == folded(other.stem_text)
        case OrderSpec(steps=a), OrderSpec(steps=b):
            texts_a, texts_b = [folded(s.text) for s in a], [folded(s.text) for s in b]
            return sorted(texts_a) == sorted(texts_b) and texts_a != texts_b
        case ClozeSpec(blanks=a), ClozeSpec(blanks=b):
            return folded(one.stem_text) == folded(other.stem_text) and not all(
                set(map(folded, x.accepted)) & set(map(folded, y.accepted))
                for x, y in zip(a, b, strict=False)
            )
    return False
