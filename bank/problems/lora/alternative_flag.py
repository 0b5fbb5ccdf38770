"""Copies of everything, a flag, and the scale folded into B."""
import numpy as np


class LoraLinear:
    def __init__(self, W, A, B, alpha):
        self._frozen = np.array(W, dtype=float)
        self._down = np.array(A, dtype=float)
        self._up = np.array(B, dtype=float) * (alpha / len(A))
        self._scale = alpha / len(A)
        self._is_merged = False

    def forward(self, x):
        if self._is_merged:
            return x.dot(self.weight().T)
        low = x.dot(self._down.T)
        return x.dot(self._frozen.T) + low.dot(self._up.T)

    def backward(self, x, dy):
        low = x.dot(self._down.T)
        through = dy.dot(self._up)
        return through.T.dot(x), self._scale * dy.T.dot(low), dy.dot(self._frozen) + through.dot(self._down)

    def merge(self):
        self._is_merged = True

    def unmerge(self):
        self._is_merged = False

    def weight(self):
        return self._frozen + self._up.dot(self._down) if self._is_merged else self._frozen.copy()

    def n_trainable(self):
        (r, d_in), (d_out, _) = self._down.shape, self._up.shape
        return r * (d_in + d_out)
