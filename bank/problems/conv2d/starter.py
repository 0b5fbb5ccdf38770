import numpy as np


def conv2d(
    x: np.ndarray,
    kernels: np.ndarray,
    bias: np.ndarray,
    stride: tuple[int, int],
    padding: tuple[int, int],
) -> np.ndarray:
    """Cross-correlation. x[N, C, H, W], kernels[F, C, kh, kw], bias[F]. Returns [N, F, H_out, W_out]."""
    raise NotImplementedError
