"""Storage of an event log with retention, replication and compression."""

from fractions import Fraction

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "rate": int(rng.choice([5, 8, 12, 20, 30, 50])),
        "size": int(rng.choice([200, 300, 400, 500, 800])),
        "days": int(rng.choice([7, 14, 30, 60])),
        "copies": int(rng.choice([2, 3])),
        "ratio": int(rng.choice([4, 5])),
    }


def accept(rate: int, size: int, days: int, copies: int, ratio: int) -> bool:
    return 2 < key(rate, size, days, copies, ratio) < 200


def key(rate: int, size: int, days: int, copies: int, ratio: int) -> float:
    return float(np.prod([rate * 1e3, size, 86400.0, days, copies]) / ratio / 1e12)


def key_independent(rate: int, size: int, days: int, copies: int, ratio: int) -> float:
    per_day = Fraction(rate * 1000 * size * 86400, 10**12)
    return float(per_day * days * copies / ratio)


FAMILY = Family(
    slug="event-storage",
    topic="storage-estimation",
    level="apply",
    minutes=2,
    difficulty=0.1,
    stem=(
        "{rate},000 events per second of {size} bytes are kept for {days} days in {copies} "
        "copies, compressed {ratio} to 1. How much disk does this take (1 TB = $10^{{12}}$ "
        "bytes)?"
    ),
    unit="TB",
    digits=1,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip(
            "storage-copies-forgotten",
            lambda rate, size, days, copies, ratio: key_independent(rate, size, days, 1, ratio),
        ),
        Slip(
            "storage-compression-forgotten",
            lambda rate, size, days, copies, ratio: key_independent(rate, size, days, copies, 1),
        ),
        Slip(
            "storage-one-copy-uncompressed",
            lambda rate, size, days, copies, ratio: key_independent(rate, size, days, 1, 1),
        ),
        Slip(
            "storage-bits-for-bytes",
            lambda rate, size, days, copies, ratio: 8 * key_independent(rate, size, days, copies, ratio),
        ),
        Slip(
            "storage-hour-for-day",
            lambda rate, size, days, copies, ratio: key_independent(rate, size, days, copies, ratio) / 24,
        ),
        Slip(
            "storage-compression-per-copy",
            lambda rate, size, days, copies, ratio: key_independent(rate, size, days, 1, ratio * copies),
        ),
    ],
    explanation="{rate},000 · {size} B · 86,400 s · {days} · {copies} / {ratio} = {key} TB.",
    sources=["Back-of-envelope arithmetic: rate × size × time × copies / compression."],
    variants=20,
)
