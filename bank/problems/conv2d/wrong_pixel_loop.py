"""Loops over every output value in Python: far too slow.
Fails: a large image
"""
import numpy as np


def conv2d(x, kernels, bias, stride, padding):
    x = np.pad(x, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    N, _, H, W = x.shape
    F, _, kh, kw = kernels.shape
    out = np.empty((N, F, (H - kh) // stride[0] + 1, (W - kw) // stride[1] + 1))
    for n in range(N):
        for f in range(F):
            for a in range(out.shape[2]):
                for b in range(out.shape[3]):
                    i, j = a * stride[0], b * stride[1]
                    total = bias[f]
                    for c in range(x.shape[1]):
                        for u in range(kh):
                            for v in range(kw):
                                total += x[n, c, i + u, j + v] * kernels[f, c, u, v]
                    out[n, f, a, b] = total
    return out
