"""Labels as -1 and +1, so that the loss is log(1 + e^-m) of the margin m."""
import numpy as np


def fit_logistic(X, y, learning_rate, n_steps, l2):
    sign = 2.0 * np.asarray(y) - 1.0
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.zeros(A.shape[1])
    penalty = np.full(A.shape[1], float(l2))
    penalty[-1] = 0.0
    losses = np.empty(n_steps + 1)
    for step in range(n_steps + 1):
        margin = sign * (A @ theta)
        losses[step] = np.logaddexp(0.0, -margin).mean() + 0.5 * (penalty * theta**2).sum()
        if step == n_steps:
            break
        # exp of something that is never positive
        pull = np.exp(-np.logaddexp(0.0, margin))
        theta = theta - learning_rate * (-(A.T @ (sign * pull)) / len(X) + penalty * theta)
    return theta[:-1], float(theta[-1]), losses
