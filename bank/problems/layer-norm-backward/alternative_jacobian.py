"""The Jacobian of each row, written out and multiplied."""
import numpy as np


def layer_norm(x, gamma, beta, eps, dy):
    d = x.shape[-1]
    rows, grads = x.reshape(-1, d), dy.reshape(-1, d)
    y, dx = np.empty(rows.shape), np.empty(rows.shape)
    d_gamma, d_beta = np.zeros(d), np.zeros(d)
    for i, (row, grad) in enumerate(zip(rows, grads)):
        away = row - row.mean()
        deviation = np.sqrt(away @ away / d + eps)
        unit = away / deviation
        y[i] = gamma * unit + beta
        jacobian = (np.eye(d) - 1 / d - np.outer(unit, unit) / d) / deviation
        dx[i] = jacobian @ (gamma * grad)
        d_gamma += grad * unit
        d_beta += grad
    return y.reshape(x.shape), dx.reshape(x.shape), d_gamma, d_beta
