"""Doubles an array."""

import numpy as np

from greenroom.judge.cases import Case


def visible():
    return [Case("small", args=[np.array([1.0, -2.0, 0.5])])]


def hidden(rng):
    return [Case(f"random array {i}", args=[rng.normal(size=(3, 2))]) for i in range(3)]
