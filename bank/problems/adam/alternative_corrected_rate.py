"""The bias correction moved into the step size, eps scaled to match (Kingma and Ba 2015, end of section 2)."""
import numpy as np


def adam(theta, gradients, learning_rate, beta1, beta2, eps, weight_decay, decoupled):
    path = np.empty((len(gradients) + 1, len(theta)))
    path[0] = theta
    m = np.zeros(len(theta))
    v = np.zeros(len(theta))
    for k in range(len(gradients)):
        now = path[k]
        g = gradients[k] + (0.0 if decoupled else weight_decay) * now
        m += (1 - beta1) * (g - m)
        v += (1 - beta2) * (g * g - v)
        root = np.sqrt(1 - beta2 ** (k + 1))
        rate = learning_rate * root / (1 - beta1 ** (k + 1))
        shrink = 1 - learning_rate * weight_decay if decoupled else 1.0
        path[k + 1] = shrink * now - rate * m / (np.sqrt(v) + eps * root)
    return path
