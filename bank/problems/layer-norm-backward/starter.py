import numpy as np


def layer_norm(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float, dy: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(y, dx, d_gamma, d_beta) of layer normalization over the last axis. x, dy [..., d]; gamma, beta [d]."""
    raise NotImplementedError
