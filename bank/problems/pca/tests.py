"""Tests for PCA."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-6, rel_tol=1e-6)


def visible() -> list[Case]:
    line = np.array([[0.0, 0.0], [2.0, 2.0], [4.0, 4.0]])
    away = np.array([[10.0, 1.0], [11.0, 3.0], [12.0, 2.0], [13.0, 6.0]])
    return [
        Case("the example", args=[line, 1]),
        Case("a cloud away from the origin", args=[away, 2]),
        Case("one of two directions", args=[away, 1]),
        Case("columns of different spread", args=[away * np.array([1.0, 100.0]), 2]),
    ]


def cloud(rng: np.random.Generator, n: int, d: int) -> np.ndarray:
    turn, _ = np.linalg.qr(rng.normal(size=(d, d)))
    spread = 2.0 ** -np.arange(d)
    return (rng.normal(size=(n, d)) * spread) @ turn + rng.normal(size=d)


def flat(args: list, got: object) -> str | None:
    """Directions that do not vary are free; everything else is not."""
    X, k = args
    if not isinstance(got, list | tuple) or len(got) != 4:
        return "four arrays are expected: components, variances, ratios, scores"
    shapes = [np.shape(part) for part in got]
    if shapes != [(k, X.shape[1]), (k,), (k,), (len(X), k)]:
        return f"shapes {shapes}"
    components, variances, ratios, scores = (np.asarray(part, dtype=float) for part in got)
    if not all(np.isfinite(part).all() for part in (components, variances, ratios, scores)):
        return "there is a NaN or an infinity"
    if not np.allclose(components @ components.T, np.eye(k), atol=1e-6):
        return "the components are not orthonormal"
    Z = X - X.mean(axis=0)
    want = np.zeros(k)
    singular = np.linalg.svd(Z, compute_uv=False)[:k] ** 2 / (len(X) - 1)
    want[: len(singular)] = singular
    if not np.allclose(variances, want, atol=1e-8):
        return "the variances are wrong"
    total = Z.var(axis=0, ddof=1).sum()
    if not np.allclose(ratios, want / total if total > 0 else np.zeros(k), atol=1e-8):
        return "the ratios are wrong"
    if not np.allclose(scores, Z @ components.T, atol=1e-8):
        return "the scores are not the centred data in the new coordinates"
    return None


def hidden(rng: np.random.Generator) -> list[Case]:
    X = cloud(rng, 60, 4)
    rank_two = cloud(rng, 30, 2) @ rng.normal(size=(2, 5))
    return [
        Case("random data", args=[X, 3], compare=LOOSE),
        Case("all directions", args=[X, 4], compare=LOOSE),
        Case("large means", args=[X + np.array([1e7, -1e7, 3e6, 0.0]), 3], compare=Compare(abs_tol=1e-4, rel_tol=1e-4)),
        Case("fewer rows than columns", args=[cloud(rng, 4, 9), 2], compare=LOOSE),
        Case("two rows", args=[np.array([[1.0, 2.0, 3.0], [2.0, 0.0, 3.0]]), 1], compare=LOOSE),
        Case("one column", args=[rng.normal(size=(20, 1)), 1], compare=LOOSE),
        Case("a small spread", args=[0.01 * X, 2], compare=Compare(abs_tol=1e-9, rel_tol=1e-6)),
        Case("whole numbers", args=[np.array([[1, 5], [2, 1], [9, 4], [3, 3]]), 2], compare=LOOSE),
        Case("directions that do not vary", args=[rank_two, 4], check="flat"),
        Case("data that do not vary", args=[np.full((5, 3), 2.0), 2], check="flat"),
        Case("many rows", args=[cloud(rng, 20_000, 6), 3], compare=LOOSE),
    ]
