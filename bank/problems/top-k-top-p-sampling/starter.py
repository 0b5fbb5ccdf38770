import numpy as np


def next_tokens(
    logits: np.ndarray,
    draws: np.ndarray,
    temperature: float,
    top_k: int,
    top_p: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Sample one token a row. logits[n, vocabulary], draws[n]. Returns tokens[n], probabilities[n, vocabulary]."""
    raise NotImplementedError
