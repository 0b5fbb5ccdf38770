"""Pairs as complex numbers, turned by multiplication."""
import numpy as np


def apply_rope(x, offset, base, scale):
    d = x.shape[-1]
    pairs = x.reshape(*x.shape[:-1], d // 2, 2)
    z = pairs[..., 0] + 1j * pairs[..., 1]
    m = np.arange(offset, offset + x.shape[-2]) / scale
    theta = np.exp(-np.log(base) * 2 * np.arange(d // 2) / d)
    turned = z * np.exp(1j * m[:, None] * theta)
    return np.stack([turned.real, turned.imag], axis=-1).reshape(x.shape)
