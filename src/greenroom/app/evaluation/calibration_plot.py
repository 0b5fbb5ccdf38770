"""A reliability diagram as SVG: what was predicted against what came true, one line per model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from greenroom.app.evaluation.answers import Floats
from greenroom.app.evaluation.metrics import N_BINS

SIZE, MARGIN = 420, 48
STYLES = (
    ("#6b7280", "2 4"),
    ("#b45309", "8 3"),
    ("#be185d", "2 2"),
    ("#1d4ed8", "6 2 2 2"),
    ("#047857", "14 3"),
    ("#111827", ""),
)
"""Colour and dash: the lines differ without colour too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Mean prediction and share right in equal-mass bins."""

    model: str
    predicted_01: tuple[float, ...]
    right_01: tuple[float, ...]


def curve_of(model: str, y: Floats, p: Floats) -> Curve:
    """The points of a model: y[n] and p[n]."""
    bins = [rows for rows in np.array_split(np.argsort(p, kind="stable"), N_BINS) if len(rows)]
    return Curve(
        model=model,
        predicted_01=tuple(float(p[rows].mean()) for rows in bins),
        right_01=tuple(float(y[rows].mean()) for rows in bins),
    )


def calibration_svg(curves: Sequence[Curve]) -> str:
    """The plot, self-contained, with a title and a description for readers who do not see it."""
    width = SIZE + 2 * MARGIN + 120
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {SIZE + 2 * MARGIN}" '
        'role="img" font-family="sans-serif" font-size="12">',
        "<title>Calibration of the learner models</title>",
        "<desc>Predicted probability against share right, 15 equal-mass bins; the diagonal is perfect.</desc>",
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for tick in range(0, 11, 2):
        at = tick / 10
        x, y = _x(at), _y(at)
        lines += [
            f'<line x1="{x}" y1="{_y(0)}" x2="{x}" y2="{_y(1)}" stroke="#e5e7eb"/>',
            f'<line x1="{_x(0)}" y1="{y}" x2="{_x(1)}" y2="{y}" stroke="#e5e7eb"/>',
            f'<text x="{x}" y="{_y(0) + 18}" text-anchor="middle">{at:.1f}</text>',
            f'<text x="{_x(0) - 8}" y="{y + 4}" text-anchor="end">{at:.1f}</text>',
        ]
    lines.append(f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#9ca3af"/>')
    for number, curve in enumerate(curves):
        colour, dash = STYLES[number % len(STYLES)]
        pairs = zip(curve.predicted_01, curve.right_01, strict=True)
        points = " ".join(f"{_x(p)},{_y(right)}" for p, right in pairs)
        style = f'fill="none" stroke="{colour}" stroke-width="1.6" stroke-dasharray="{dash}"'
        top = MARGIN + 12 + 20 * number
        lines += [
            f'<polyline points="{points}" {style}/>',
            f'<line x1="{_x(1) + 10}" y1="{top}" x2="{_x(1) + 40}" y2="{top}" {style}/>',
            f'<text x="{_x(1) + 46}" y="{top + 4}">{curve.model}</text>',
        ]
    lines += [
        f'<text x="{_x(0.5)}" y="{_y(0) + 36}" text-anchor="middle">predicted</text>',
        f'<text x="14" y="{_y(0.5)}" transform="rotate(-90 14 {_y(0.5)})" text-anchor="middle">right</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _x(value: float) -> float:
    return round(MARGIN + SIZE * value, 1)


def _y(value: float) -> float:
    return round(MARGIN + SIZE * (1 - value), 1)
