"""Pairs entry i with entry i + d/2.
Fails: four dimensions
"""
import numpy as np


def apply_rope(x, offset, base, scale):
    T, d = x.shape[-2:]
    positions = (offset + np.arange(T)) / scale
    angles = np.outer(positions, base ** (-np.arange(0, d, 2) / d))
    cos, sin = np.cos(angles), np.sin(angles)
    even, odd = x[..., : d // 2], x[..., d // 2 :]
    out = np.empty(x.shape)
    out[..., : d // 2] = even * cos - odd * sin
    out[..., d // 2 :] = even * sin + odd * cos
    return out
