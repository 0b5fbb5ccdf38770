import numpy as np


def adam(
    theta: np.ndarray,
    gradients: np.ndarray,
    learning_rate: float,
    beta1: float,
    beta2: float,
    eps: float,
    weight_decay: float,
    decoupled: bool,
) -> np.ndarray:
    """The path of Adam (or AdamW). theta[d], gradients[n_steps, d]. Returns [n_steps + 1, d]."""
    raise NotImplementedError
