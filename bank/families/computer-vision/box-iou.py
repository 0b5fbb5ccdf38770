"""Intersection over union of two boxes."""

from fractions import Fraction

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    w, h = int(rng.integers(6, 15)), int(rng.integers(6, 15))
    return {
        "w": w,
        "h": h,
        "dx": int(rng.integers(1, w - 2)),
        "dy": int(rng.integers(1, h - 2)),
        "w2": int(rng.integers(6, 15)),
        "h2": int(rng.integers(6, 15)),
    }


def overlap(w: int, h: int, dx: int, dy: int, w2: int, h2: int) -> int:
    return (min(w, dx + w2) - dx) * (min(h, dy + h2) - dy)


def union(w: int, h: int, dx: int, dy: int, w2: int, h2: int) -> int:
    return w * h + w2 * h2 - overlap(w, h, dx, dy, w2, h2)


def accept(w: int, h: int, dx: int, dy: int, w2: int, h2: int) -> bool:
    share = overlap(w, h, dx, dy, w2, h2) / union(w, h, dx, dy, w2, h2)
    return 0.1 < share < 0.7 and w * h != w2 * h2


def key(w: int, h: int, dx: int, dy: int, w2: int, h2: int) -> float:
    grid = np.zeros((60, 60), dtype=int)
    grid[:w, :h] += 1
    grid[dx : dx + w2, dy : dy + h2] += 1
    return float((grid == 2).sum() / (grid > 0).sum())


def key_independent(w: int, h: int, dx: int, dy: int, w2: int, h2: int) -> float:
    box = (w, h, dx, dy, w2, h2)
    return float(Fraction(overlap(*box), union(*box)))


def show(w: int, h: int, dx: int, dy: int, w2: int, h2: int) -> dict[str, int]:
    return {"x2": dx + w2, "y2": dy + h2}


FAMILY = Family(
    slug="box-iou",
    topic="iou-and-nms",
    level="apply",
    minutes=1.5,
    difficulty=-0.1,
    stem=(
        "Boxes are given as $(x_1, y_1, x_2, y_2)$: the first is (0, 0, {w}, {h}), the second "
        "({dx}, {dy}, {x2}, {y2}). What is their IoU?"
    ),
    unit="",
    digits=3,
    response="choice",
    draw=draw,
    accept=accept,
    show=show,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip(
            "iou-union-counts-overlap-twice",
            lambda w, h, dx, dy, w2, h2: overlap(w, h, dx, dy, w2, h2) / (w * h + w2 * h2),
        ),
        Slip(
            "iou-by-smaller-box",
            lambda w, h, dx, dy, w2, h2: overlap(w, h, dx, dy, w2, h2) / min(w * h, w2 * h2),
        ),
        Slip(
            "iou-by-larger-box",
            lambda w, h, dx, dy, w2, h2: overlap(w, h, dx, dy, w2, h2) / max(w * h, w2 * h2),
        ),
        Slip(
            "iou-is-dice", lambda w, h, dx, dy, w2, h2: 2 * overlap(w, h, dx, dy, w2, h2) / (w * h + w2 * h2)
        ),
        Slip(
            "iou-by-hull",
            lambda w, h, dx, dy, w2, h2: overlap(w, h, dx, dy, w2, h2) / (max(w, dx + w2) * max(h, dy + h2)),
        ),
    ],
    explanation="Overlap over the area covered by either box, with the overlap counted once: {key}.",
    sources=["Everingham et al. 2010, PASCAL VOC."],
    variants=20,
)
