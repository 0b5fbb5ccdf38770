"""Multiplies positions by the scale.
Fails: interpolated positions
"""
import numpy as np


def apply_rope(x, offset, base, scale):
    T, d = x.shape[-2:]
    positions = (offset + np.arange(T)) * scale
    angles = np.outer(positions, base ** (-np.arange(0, d, 2) / d))
    cos, sin = np.cos(angles), np.sin(angles)
    even, odd = x[..., 0::2], x[..., 1::2]
    out = np.empty(x.shape)
    out[..., 0::2] = even * cos - odd * sin
    out[..., 1::2] = even * sin + odd * cos
    return out
