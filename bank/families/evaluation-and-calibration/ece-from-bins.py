"""Expected calibration error from three bins."""

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    n = [int(v) * 100 for v in rng.integers(1, 8, 3)]
    conf = [int(rng.integers(15, 30)), int(rng.integers(45, 60)), int(rng.integers(80, 97))]
    gap = [int(g) for g in rng.choice([-15, -12, -9, -6, -3, 3, 6, 9, 12, 15], 3)]
    acc = [c - g for c, g in zip(conf, gap, strict=True)]
    return {"n": n, "conf": conf, "acc": acc}


def accept(n: list[int], conf: list[int], acc: list[int]) -> bool:
    return min(acc) >= 0 and max(acc) <= 100 and len(set(n)) == 3


def key(n: list[int], conf: list[int], acc: list[int]) -> float:
    return float(np.average(np.abs(np.array(conf) - np.array(acc)) / 100, weights=n))


def key_independent(n: list[int], conf: list[int], acc: list[int]) -> float:
    return sum(k * abs(c - a) for k, c, a in zip(n, conf, acc, strict=True)) / (100 * sum(n))


def signed(n: list[int], conf: list[int], acc: list[int]) -> float:
    return abs(sum(k * (c - a) for k, c, a in zip(n, conf, acc, strict=True))) / (100 * sum(n))


def show(n: list[int], conf: list[int], acc: list[int]) -> dict[str, str]:
    rows = [f"| {k} | {c / 100:.2f} | {a / 100:.2f} |" for k, c, a in zip(n, conf, acc, strict=True)]
    return {"table": "\n".join(["| cases | mean confidence | accuracy |", "|---|---|---|", *rows])}


FAMILY = Family(
    slug="ece-from-bins",
    topic="expected-calibration-error",
    level="apply",
    minutes=2,
    difficulty=0.2,
    stem=("A reliability table has three bins. What is the expected calibration error?\n\n{table}"),
    unit="",
    digits=4,
    response="choice",
    draw=draw,
    accept=accept,
    show=show,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip(
            "ece-bins-unweighted",
            lambda n, conf, acc: float(np.mean(np.abs(np.array(conf) - np.array(acc)))) / 100,
        ),
        Slip(
            "ece-is-maximum",
            lambda n, conf, acc: max(abs(c - a) for c, a in zip(conf, acc, strict=True)) / 100,
        ),
        Slip("ece-signed", signed),
        Slip(
            "ece-root-mean-square",
            lambda n, conf, acc: (
                float(np.sqrt(np.average((np.array(conf) - np.array(acc)) ** 2.0, weights=n))) / 100
            ),
        ),
        Slip(
            "ece-smallest-gap",
            lambda n, conf, acc: min(abs(c - a) for c, a in zip(conf, acc, strict=True)) / 100,
        ),
    ],
    explanation="Absolute gaps weighted by the share of cases in each bin: {key}.",
    sources=["Guo et al. 2017, On calibration of modern neural networks, section 2."],
    variants=20,
)
