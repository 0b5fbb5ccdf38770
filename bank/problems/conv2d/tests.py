"""Tests for 2-D convolution."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-8, rel_tol=1e-6)


def visible() -> list[Case]:
    x = np.arange(9.0).reshape(1, 1, 3, 3)
    diagonal = np.array([[[[1.0, 0.0], [0.0, -1.0]]]])
    wide = np.arange(20.0).reshape(1, 1, 4, 5)
    return [
        Case("one channel", args=[x, diagonal, np.array([10.0]), (1, 1), (0, 0)]),
        Case("with padding", args=[x, diagonal, np.array([0.0]), (1, 1), (1, 1)]),
        Case("stride two, a column left over", args=[wide, diagonal, np.array([0.0]), (2, 2), (0, 0)]),
        Case("different strides and paddings", args=[wide, diagonal, np.array([1.0]), (1, 2), (0, 1)]),
        Case("two channels, two kernels", args=[np.arange(18.0).reshape(1, 2, 3, 3), np.arange(16.0).reshape(2, 2, 2, 2), np.array([0.5, -0.5]), (1, 1), (0, 0)]),
    ]


def draw(rng: np.random.Generator, image: tuple, kernels: tuple, stride: tuple, padding: tuple) -> list:
    N, C, H, W = image
    return [rng.normal(size=image), rng.normal(size=(kernels[0], C, *kernels[1:])), rng.normal(size=kernels[0]), stride, padding]


def hidden(rng: np.random.Generator) -> list[Case]:
    plans = [
        ("random images", (2, 3, 7, 9), (4, 3, 3), (1, 1), (1, 1)),
        ("a kernel wider than high", (2, 2, 6, 8), (3, 1, 4), (1, 1), (0, 2)),
        ("a kernel higher than wide", (1, 2, 9, 5), (2, 4, 2), (2, 1), (1, 0)),
        ("a large stride", (1, 1, 11, 13), (2, 2, 3), (4, 5), (0, 0)),
        ("rows left over at the edge", (1, 2, 8, 8), (2, 3, 3), (2, 3), (0, 1)),
        ("one by one kernels", (3, 4, 5, 6), (2, 1, 1), (1, 1), (0, 0)),
        ("a kernel as large as the image", (2, 2, 4, 3), (3, 4, 3), (1, 1), (0, 0)),
        ("padding larger than the kernel", (1, 1, 2, 3), (1, 2, 2), (1, 1), (3, 4)),
        ("one pixel", (1, 1, 1, 1), (2, 3, 3), (2, 2), (1, 1)),
        ("a large image", (1, 3, 128, 128), (32, 5, 5), (1, 1), (2, 2)),
        ("a batch of images", (16, 8, 32, 32), (16, 3, 3), (2, 2), (1, 1)),
    ]
    cases = [Case(name, args=draw(rng, *plan), compare=LOOSE) for name, *plan in plans]
    x, kernels, bias, stride, padding = draw(rng, (1, 2, 5, 5), (2, 2, 2), (1, 1), (1, 0))
    whole = [rng.integers(0, 255, x.shape), rng.integers(-3, 3, kernels.shape), bias, stride, padding]
    return [*cases, Case("integer pixels", args=whole, compare=LOOSE)]


def sized(n: int, rng: np.random.Generator) -> Case:
    return Case(f"n={n}", args=draw(rng, (1, 3, 32, n), (8, 3, 3), (1, 1), (1, 1)))
