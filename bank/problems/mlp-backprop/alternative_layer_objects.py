"""Small layer functions that return their own backward step."""
import numpy as np


def linear(H, W, b):
    def back(grad):
        return grad @ W.T, np.einsum("ni,no->io", H, grad), np.einsum("no->o", grad)

    return np.einsum("ni,io->no", H, W) + b, back


def relu(Z):
    alive = Z > 0
    return np.where(alive, Z, 0.0), lambda grad: np.where(alive, grad, 0.0)


def cross_entropy(logits, y):
    onehot = np.eye(logits.shape[1])[y]
    top = logits.max(axis=1)
    lse = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    p = np.exp(logits - lse[:, None])
    return float((lse - (logits * onehot).sum(axis=1)).mean()), (p - onehot) / len(y)


def loss_and_gradients(X, y, weights, biases):
    H, tape = X, []
    for index, (W, b) in enumerate(zip(weights, biases)):
        H, back_linear = linear(H, W, b)
        back_relu = None
        if index < len(weights) - 1:
            H, back_relu = relu(H)
        tape.append((back_linear, back_relu))
    loss, grad = cross_entropy(H, y)
    d_weights, d_biases = [], []
    for back_linear, back_relu in reversed(tape):
        if back_relu is not None:
            grad = back_relu(grad)
        grad, dW, db = back_linear(grad)
        d_weights.insert(0, dW)
        d_biases.insert(0, db)
    return loss, d_weights, d_biases
