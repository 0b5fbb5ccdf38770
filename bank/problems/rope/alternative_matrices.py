"""One 2 by 2 rotation for each token and pair, applied by einsum."""
import numpy as np


def apply_rope(x, offset, base, scale):
    T, d = x.shape[-2], x.shape[-1]
    turn = np.empty((T, d // 2, 2, 2))
    for t in range(T):
        for i in range(d // 2):
            angle = (offset + t) / scale * base ** (-2 * i / d)
            turn[t, i] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    return np.einsum("tiab,...tib->...tia", turn, x.reshape(*x.shape[:-1], d // 2, 2)).reshape(x.shape)
