"""Memory of a KV cache."""

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "layers": int(rng.choice([24, 32, 40, 48, 80])),
        "heads": int(rng.choice([32, 40, 64])),
        "groups": int(rng.choice([4, 8])),
        "size": int(rng.choice([64, 96, 128])),
        "batch": int(rng.choice([4, 8, 16, 32])),
        "length": int(rng.choice([2048, 4096, 8192])),
    }


def accept(layers: int, heads: int, groups: int, size: int, batch: int, length: int) -> bool:
    return 2 < key(layers, heads, groups, size, batch, length) < 120


def key(layers: int, heads: int, groups: int, size: int, batch: int, length: int) -> float:
    per_token = np.zeros((2, layers, groups, size), dtype=np.float16).nbytes
    return float(per_token) * batch * length / 1e9


def key_independent(layers: int, heads: int, groups: int, size: int, batch: int, length: int) -> float:
    return 2 * 2 * layers * groups * size * batch * length / 10**9


FAMILY = Family(
    slug="kv-cache-bytes",
    topic="gpu-memory-estimation",
    level="apply",
    minutes=2,
    difficulty=0.3,
    stem=(
        "A model has {layers} layers, {heads} query heads, {groups} KV heads and a head size of "
        "{size}. How much memory does the fp16 KV cache of {batch} sequences of {length} tokens "
        "take (1 GB = $10^9$ bytes)?"
    ),
    unit="GB",
    digits=2,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip(
            "kv-cache-query-heads",
            lambda layers, heads, groups, size, batch, length: key_independent(
                layers, heads, heads, size, batch, length
            ),
        ),
        Slip(
            "kv-cache-keys-only",
            lambda layers, heads, groups, size, batch, length: (
                key_independent(layers, heads, groups, size, batch, length) / 2
            ),
        ),
        Slip(
            "kv-cache-one-sequence",
            lambda layers, heads, groups, size, batch, length: key_independent(
                layers, heads, groups, size, 1, length
            ),
        ),
        Slip(
            "kv-cache-bytes-of-fp32",
            lambda layers, heads, groups, size, batch, length: (
                2 * key_independent(layers, heads, groups, size, batch, length)
            ),
        ),
        Slip(
            "kv-cache-one-layer",
            lambda layers, heads, groups, size, batch, length: key_independent(
                1, heads, groups, size, batch, length
            ),
        ),
        Slip(
            "kv-cache-groups-times-heads",
            lambda layers, heads, groups, size, batch, length: key_independent(
                layers, heads, heads * groups, size, batch, length
            ),
        ),
    ],
    explanation=(
        "2 (keys and values) · {layers} · {groups} · {size} · 2 bytes for each token, times "
        "{batch} · {length} tokens: {key} GB."
    ),
    sources=["Pope et al. 2022; Ainslie et al. 2023, GQA."],
    variants=20,
)
