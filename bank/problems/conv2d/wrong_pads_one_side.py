"""Pads only at the top and left.
Fails: with padding
"""
import numpy as np


def conv2d(x, kernels, bias, stride, padding):
    (down, across), (rows, columns) = stride, padding
    kh, kw = kernels.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (rows, 0), (columns, 0)))
    h_out = (x.shape[2] - kh) // down + 1
    w_out = (x.shape[3] - kw) // across + 1
    out = np.zeros((x.shape[0], kernels.shape[0], h_out, w_out)) + bias[:, None, None]
    for i in range(kh):
        for j in range(kw):
            met = x[:, :, i : i + down * h_out : down, j : j + across * w_out : across]
            out += np.einsum("nchw,fc->nfhw", met, kernels[:, :, i, j], optimize=True)
    return out
