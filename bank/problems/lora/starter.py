import numpy as np


class LoraLinear:
    """A frozen linear layer with a low-rank adapter."""

    def __init__(
        self, W: np.ndarray, A: np.ndarray, B: np.ndarray, alpha: float
    ) -> None:
        """W[d_out, d_in], A[r, d_in], B[d_out, r]."""
        raise NotImplementedError

    def forward(self, x: np.ndarray) -> np.ndarray:
        """x[n, d_in] to [n, d_out]."""
        raise NotImplementedError

    def backward(
        self, x: np.ndarray, dy: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(dA, dB, dx)"""
        raise NotImplementedError

    def merge(self) -> None:
        """Adds the adapter into the weight."""
        raise NotImplementedError

    def unmerge(self) -> None:
        """Takes it out again."""
        raise NotImplementedError

    def weight(self) -> np.ndarray:
        """The weight in use, [d_out, d_in]."""
        raise NotImplementedError

    def n_trainable(self) -> int:
        """How many numbers are trained."""
        raise NotImplementedError
