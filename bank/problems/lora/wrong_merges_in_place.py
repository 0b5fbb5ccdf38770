"""Merges into the caller's weight.
Fails: the caller's weight
"""
class LoraLinear:
    def __init__(self, W, A, B, alpha):
        self.W, self.A, self.B = W, A, B
        self.scale = alpha / A.shape[0]
        self.merged = None

    def forward(self, x):
        if self.merged is not None:
            return x @ self.merged.T
        return x @ self.W.T + self.scale * ((x @ self.A.T) @ self.B.T)

    def backward(self, x, dy):
        dh = self.scale * (dy @ self.B)
        return dh.T @ x, self.scale * (dy.T @ (x @ self.A.T)), dy @ self.W + dh @ self.A

    def merge(self):
        if self.merged is None:
            self.W += self.scale * (self.B @ self.A)
            self.merged = self.W

    def unmerge(self):
        if self.merged is not None:
            self.W -= self.scale * (self.B @ self.A)
            self.merged = None

    def weight(self):
        return self.W if self.merged is None else self.merged

    def n_trainable(self):
        return self.A.size + self.B.size
