"""Nearness of words from how they stand together in texts: positive PMI of neighbours, then a truncated SVD.

Levy and Goldberg 2014, "Neural word embedding as implicit matrix factorization", with the context smoothing of
Levy, Goldberg and Dagan 2015 (exponent 0.75). Made anew from the texts at hand; nothing is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from greenroom.app.evaluation.answers import Floats
from greenroom.grading.likeness import Nearness, no_nearness, words_of

_DIMENSIONS = 100
_REACH = 6
_FEWEST_TEXTS = 2
_SMOOTHING = 0.75


def nearness_from(texts: Iterable[str]) -> Nearness:
    """Nearness (cosine, at least 0) learned from texts; of words unseen there it is 0."""
    sentences = [words_of(text).content for text in texts]
    seen = Counter(stem for words in sentences for stem in set(words))
    place = {stem: i for i, stem in enumerate(s for s, n in seen.items() if n >= _FEWEST_TEXTS)}
    together: Counter[tuple[int, int]] = Counter()
    for words in sentences:
        known = [place[stem] for stem in words if stem in place]
        for i, one in enumerate(known):
            for other in known[i + 1 : i + _REACH]:
                together[one, other] += 1
                together[other, one] += 1
    if len(place) <= _DIMENSIONS or not together:
        return no_nearness
    vectors = _vectors(together, len(place))

    def nearness(stem: str, stems: frozenset[str]) -> float:
        row = place.get(stem)
        columns = [place[other] for other in stems if other in place]
        if row is None or not columns:
            return 0.0
        return max(0.0, float((vectors[columns] @ vectors[row]).max()))

    return nearness


def _vectors(together: Counter[tuple[int, int]], n_words: int) -> Floats:
    """vectors[n_words, dimensions], each of length 1."""
    rows, columns = np.array(list(together), dtype=np.int64).T
    counts = np.array(list(together.values()), dtype=np.float64)
    totals = np.bincount(rows, weights=counts, minlength=n_words)
    smooth = totals**_SMOOTHING
    pmi = np.maximum(0.0, np.log(counts * smooth.sum() / (totals[rows] * smooth[columns])))
    matrix = sparse.csr_matrix((pmi, (rows, columns)), shape=(n_words, n_words))
    left, strength, _ = randomized_svd(matrix, _DIMENSIONS, random_state=0)
    vectors = left * np.sqrt(strength)
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9))
