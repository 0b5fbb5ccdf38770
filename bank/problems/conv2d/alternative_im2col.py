"""im2col: every window becomes a column, then one matrix product."""
import numpy as np


def conv2d(x, kernels, bias, stride, padding):
    N, C, H, W = x.shape
    F, _, kh, kw = kernels.shape
    canvas = np.zeros((N, C, H + 2 * padding[0], W + 2 * padding[1]))
    canvas[:, :, padding[0] : padding[0] + H, padding[1] : padding[1] + W] = x
    h_out = (canvas.shape[2] - kh) // stride[0] + 1
    w_out = (canvas.shape[3] - kw) // stride[1] + 1
    i = np.arange(kh)[:, None] + stride[0] * np.arange(h_out)[None, :]
    j = np.arange(kw)[:, None] + stride[1] * np.arange(w_out)[None, :]
    columns = canvas[:, :, i[:, None, :, None], j[None, :, None, :]]
    flat = columns.reshape(N, C * kh * kw, h_out * w_out)
    out = kernels.reshape(F, -1) @ flat
    return out.reshape(N, F, h_out, w_out) + bias[None, :, None, None]
