"""Users per arm to detect a lift in a conversion rate."""

from math import ceil

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {"base": int(rng.integers(3, 21)), "lift": float(rng.choice([0.5, 1.0, 1.5, 2.0]))}


def accept(base: int, lift: float) -> bool:
    return lift <= base / 3


def spread(base: int, lift: float) -> float:
    p, q = base / 100, (base + lift) / 100
    return p * (1 - p) + q * (1 - q)


def size(base: int, lift: float, alpha: float, power: float) -> float:
    z = norm.ppf(1 - alpha / 2) + norm.ppf(power)
    return float(ceil(z**2 * spread(base, lift) / (lift / 100) ** 2))


def key(base: int, lift: float) -> float:
    """Smallest n whose power, by the normal approximation without the far tail, reaches 80 %."""
    d, s = lift / 100, spread(base, lift)
    n = brentq(lambda m: norm.cdf(d / np.sqrt(s / m) - norm.isf(0.025)) - 0.8, 10, 1e8, xtol=1e-6)
    return float(ceil(n - 1e-6))


def key_independent(base: int, lift: float) -> float:
    return size(base, lift, 0.05, 0.8)


FAMILY = Family(
    slug="sample-size-two-proportions",
    topic="power-and-sample-size",
    level="apply",
    minutes=3,
    difficulty=0.5,
    stem=(
        "Conversion is {base} %. You want to detect a rise of {lift:g} percentage points with a "
        "two-sided test at 5 % and 80 % power, using the unpooled variance $p_1(1-p_1) + "
        "p_2(1-p_2)$. How many users does each arm need?"
    ),
    unit="users",
    digits=0,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip(
            "sample-size-one-arm-variance",
            lambda base, lift: float(
                ceil((1.959964 + 0.841621) ** 2 * base / 100 * (1 - base / 100) / (lift / 100) ** 2)
            ),
        ),
        Slip("sample-size-total-for-arm", lambda base, lift: 2 * size(base, lift, 0.05, 0.8)),
        Slip("sample-size-without-power", lambda base, lift: size(base, lift, 0.05, 0.5)),
        Slip("sample-size-one-sided", lambda base, lift: size(base, lift, 0.1, 0.8)),
        Slip("sample-size-corrected-twice", lambda base, lift: size(base, lift, 0.025, 0.8)),
        Slip("sample-size-higher-power", lambda base, lift: size(base, lift, 0.05, 0.9)),
    ],
    explanation=(
        "$n = (z_{{0.975}} + z_{{0.8}})^2 \\, [p_1(1-p_1) + p_2(1-p_2)] / \\delta^2$ = {key} per arm."
    ),
    sources=[
        (
            "Fleiss, Levin and Paik, Statistical methods for rates and proportions: sample size for "
            "two proportions."
        )
    ],
    variants=20,
)
