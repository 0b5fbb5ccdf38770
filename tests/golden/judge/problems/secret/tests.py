"""Input and expected value carry marks that no other array has: only the input's may be found."""

import numpy as np

from greenroom.judge.cases import Case


def visible():
    return []


def hidden(rng):
    return [Case(f"marked {i}", args=[np.array([271828.0, float(i)])], expected=np.array([314159.0, float(i)]))
            for i in range(3)]
