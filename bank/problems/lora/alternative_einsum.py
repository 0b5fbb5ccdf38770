"""einsum with named axes; rank-one pieces added up for the merge."""
import numpy as np


class LoraLinear:
    def __init__(self, W, A, B, alpha):
        self.parts = (W, A, B)
        self.s = alpha / A.shape[0]
        self.on = False

    def weight(self):
        W, A, B = self.parts
        if not self.on:
            return W
        return W + sum(self.s * np.outer(B[:, k], A[k]) for k in range(len(A)))

    def forward(self, x):
        W, A, B = self.parts
        if self.on:
            return np.einsum("ni,oi->no", x, self.weight())
        return np.einsum("ni,oi->no", x, W) + self.s * np.einsum("nr,or->no", np.einsum("ni,ri->nr", x, A), B)

    def backward(self, x, dy):
        W, A, B = self.parts
        dA = self.s * np.einsum("nr,ni->ri", np.einsum("no,or->nr", dy, B), x)
        dB = self.s * np.einsum("no,nr->or", dy, np.einsum("ni,ri->nr", x, A))
        dx = np.einsum("no,oi->ni", dy, W) + self.s * np.einsum("nr,ri->ni", np.einsum("no,or->nr", dy, B), A)
        return dA, dB, dx

    def merge(self):
        self.on = True

    def unmerge(self):
        self.on = False

    def n_trainable(self):
        return sum(part.size for part in self.parts[1:])
