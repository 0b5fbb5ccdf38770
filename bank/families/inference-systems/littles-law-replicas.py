"""Replicas needed by Little's law at a target utilisation."""

from fractions import Fraction
from math import ceil

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "rate": int(rng.choice([60, 90, 120, 150, 200, 250])),
        "ms": int(rng.choice([400, 600, 800, 1200, 1500])),
        "slots": int(rng.choice([2, 3, 4, 6])),
        "use": int(rng.choice([50, 60, 70, 80])),
    }


def accept(rate: int, ms: int, slots: int, use: int) -> bool:
    return key(rate, ms, slots, use) >= 20


def key(rate: int, ms: int, slots: int, use: int) -> float:
    busy = rate * ms / 1000
    return float(np.ceil(np.round(busy / (slots * use / 100), 9)))


def key_independent(rate: int, ms: int, slots: int, use: int) -> float:
    return float(ceil(Fraction(rate * ms, 10 * slots * use)))


def replicas(rate: int, ms: int, slots: int, use: int) -> float:
    return key_independent(rate, ms, slots, use)


FAMILY = Family(
    slug="littles-law-replicas",
    topic="latency-throughput-tradeoff",
    level="apply",
    minutes=2,
    difficulty=0.2,
    stem=(
        "{rate} requests per second take {ms} ms each on average. A replica serves {slots} "
        "requests at a time and should be busy to {use} % on average. How many replicas does it "
        "take?"
    ),
    unit="replicas",
    digits=0,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("replicas-at-full-use", lambda rate, ms, slots, use: replicas(rate, ms, slots, 100)),
        Slip("replicas-slots-forgotten", lambda rate, ms, slots, use: replicas(rate, ms, 1, use)),
        Slip(
            "replicas-use-multiplied",
            lambda rate, ms, slots, use: float(ceil(Fraction(rate * ms * use, 100000 * slots))),
        ),
        Slip("replicas-slots-and-use-forgotten", lambda rate, ms, slots, use: replicas(rate, ms, 1, 100)),
        Slip(
            "replicas-rate-over-slots",
            lambda rate, ms, slots, use: float(ceil(Fraction(100 * rate, slots * use))),
        ),
        Slip(
            "replicas-headroom-twice",
            lambda rate, ms, slots, use: float(ceil(Fraction(10 * rate * ms, slots * use * use))),
        ),
    ],
    explanation=(
        "Requests in progress: {rate} · {ms}/1000; divided by {slots} slots at {use} % each, and "
        "rounded up: {key}."
    ),
    sources=["Little 1961, L = λW."],
    variants=20,
)
