"""Parameters of a grouped convolution with bias."""

import numpy as np
from scipy.signal import correlate2d

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    g = int(rng.choice([2, 4]))
    return {
        "cin": int(rng.choice([16, 24, 32, 48])),
        "cout": int(rng.choice([16, 32, 64, 96])),
        "k": int(rng.choice([3, 5])),
        "g": g,
    }


def accept(cin: int, cout: int, k: int, g: int) -> bool:
    return cin != cout


def key(cin: int, cout: int, k: int, g: int) -> float:
    weight = np.zeros((cout, cin // g, k, k))
    assert correlate2d(np.zeros((9, 9)), weight[0, 0], mode="valid").shape == (10 - k, 10 - k)
    return float(weight.size + np.zeros(cout).size)


def key_independent(cin: int, cout: int, k: int, g: int) -> float:
    return float(g * (cin // g * (cout // g) * k * k) + cout)


FAMILY = Family(
    slug="conv-parameters",
    topic="convolution-arithmetic",
    level="apply",
    minutes=1.5,
    difficulty=0.1,
    stem=(
        "A {k} × {k} convolution maps {cin} to {cout} channels in {g} groups, with bias. How "
        "many parameters does it have?"
    ),
    unit="parameters",
    digits=0,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("conv-groups-ignored", lambda cin, cout, k, g: float(cin * cout * k * k + cout)),
        Slip("conv-bias-forgotten", lambda cin, cout, k, g: float(cin // g * cout * k * k)),
        Slip("conv-groups-on-both", lambda cin, cout, k, g: float((cin // g) * (cout // g) * k * k + cout)),
        Slip("conv-bias-per-input", lambda cin, cout, k, g: float(cin // g * cout * k * k + cin)),
        Slip("conv-bias-per-pair", lambda cin, cout, k, g: float(cin // g * cout * (k * k + 1))),
        Slip("conv-one-kernel-per-output", lambda cin, cout, k, g: float(cout * k * k + cout)),
    ],
    explanation=(
        "Each of the {cout} filters sees {cin}/{g} channels: {cout} · {cin}/{g} · {k}² weights "
        "and {cout} biases, {key} in all."
    ),
    sources=["PyTorch Conv2d: weight of shape (out, in/groups, k, k) and bias of shape (out)."],
    variants=20,
)
