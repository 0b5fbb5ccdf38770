"""sliding_window_view and one tensordot."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(x, kernels, bias, stride, padding):
    p, q = padding
    x = np.pad(np.asarray(x, dtype=float), [(0, 0), (0, 0), (p, p), (q, q)])
    windows = sliding_window_view(x, kernels.shape[2:], axis=(2, 3))[:, :, :: stride[0], :: stride[1]]
    out = np.tensordot(windows, kernels, axes=([1, 4, 5], [1, 2, 3]))
    return np.moveaxis(out, -1, 1) + bias[None, :, None, None]
