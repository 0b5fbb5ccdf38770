import numpy as np


def apply_rope(x: np.ndarray, offset: int, base: float, scale: float) -> np.ndarray:
    """Rotary position embedding, interleaved pairs. x[..., T, d]; returns the same shape."""
    raise NotImplementedError
