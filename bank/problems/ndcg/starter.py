import numpy as np


def ndcg(relevance: np.ndarray, scores: np.ndarray, k: int) -> float | None:
    """NDCG at k of one query, ties averaged. relevance[n], scores[n]. None where it is not defined."""
    raise NotImplementedError
