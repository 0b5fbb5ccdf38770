"""Small plots for stems, as SVG: a `plot` code fence of YAML becomes lines, points or bars.

The SVG carries no style and no script; colours come from the page's classes `s0` … `s3` and `axis`.
"""

from __future__ import annotations

import math
from html import escape
from typing import Any

from greenroom.content.yaml_text import YamlInvalid, yaml_value

_WIDTH, _HEIGHT = 420, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 14, 42


class PlotInvalid(ValueError):
    """The plot's description cannot be drawn."""


def plot_svg(text: str) -> str:
    """SVG of a plot described as YAML.

    `kind` is line, scatter or bar; `x` a list of numbers (of labels for bar); `series` a mapping from name to
    numbers of the same length; `x_label`, `y_label`, `title` texts. Raises PlotInvalid.
    """
    try:
        spec = yaml_value(text)
    except YamlInvalid as error:
        raise PlotInvalid(f"the plot is not YAML ({error.what})") from error
    if not isinstance(spec, dict) or spec.get("kind") not in ("line", "scatter", "bar"):
        raise PlotInvalid("the plot names no kind (line, scatter or bar)")
    xs, series = spec.get("x"), spec.get("series")
    if not isinstance(xs, list) or not isinstance(series, dict) or not series or not 1 <= len(xs) <= 200:
        raise PlotInvalid("the plot needs `x`, a list, and `series`, a mapping from name to numbers")
    for name, ys in series.items():
        if not isinstance(ys, list) or len(ys) != len(xs) or not all(_is_number(y) for y in ys):
            raise PlotInvalid(f"the series {name!r} does not hold one number for each x")
    if spec["kind"] != "bar" and not all(_is_number(x) for x in xs):
        raise PlotInvalid("`x` holds something that is not a number")
    return _drawn(spec, xs, {str(name): [float(y) for y in ys] for name, ys in series.items()})


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def ticks(low: float, high: float) -> list[float]:
    """About five round numbers that span low to high."""
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * m for m in (1, 2, 2.5, 5, 10) if unit * m >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * k, 12) for k in range(first, last + 1)]


def _drawn(spec: dict[str, Any], xs: list[Any], series: dict[str, list[float]]) -> str:  # Any: YAML values
    is_bar = spec["kind"] == "bar"
    values = [y for ys in series.values() for y in ys]
    y_ticks = ticks(min([*values, 0.0]) if is_bar else min(values), max(values))
    x_ticks = [] if is_bar else ticks(min(xs), max(xs))
    x_low, x_high = (-0.5, len(xs) - 0.5) if is_bar else (x_ticks[0], x_ticks[-1])

    def at_x(x: float) -> float:
        return round(_LEFT + (x - x_low) / (x_high - x_low) * (_WIDTH - _LEFT - _RIGHT), 1)

    def at_y(y: float) -> float:
        share = (y - y_ticks[0]) / (y_ticks[-1] - y_ticks[0])
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

    parts: list[str] = []
    for y in y_ticks:
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{at_y(y)}" y2="{at_y(y)}"/>'
        )
        parts.append(f'<text class="tick" x="{_LEFT - 6}" y="{at_y(y) + 4}" text-anchor="end">{y:g}</text>')
    named = list(enumerate(str(x) for x in xs)) if is_bar else [(x, f"{x:g}") for x in x_ticks]
    for place, label in named:
        parts.append(
            f'<text class="tick" x="{at_x(place)}" y="{_HEIGHT - _BOTTOM + 16}"'
            f' text-anchor="middle">{escape(label)}</text>'
        )
    for index, (name, ys) in enumerate(series.items()):
        places = [(at_x(k if is_bar else x), at_y(y)) for k, (x, y) in enumerate(zip(xs, ys, strict=True))]
        parts += _marks(spec["kind"], index, len(series), places, at_y(max(0.0, y_ticks[0])), len(xs))
        if len(series) > 1:
            parts.append(
                f'<text class="s{index % 4} name" x="{_WIDTH - _RIGHT - 4}" y="{_TOP + 12 + 15 * index}"'
                f' text-anchor="end">{escape(name)}</text>'
            )
    return _framed(spec, series, parts)


def _marks(
    kind: str, index: int, n_series: int, places: list[tuple[float, float]], zero: float, n_groups: int
) -> list[str]:
    shape = f"s{index % 4}"
    if kind == "line":
        points = " ".join(f"{x},{y}" for x, y in places)
        dash = ("", ' stroke-dasharray="6 3"', ' stroke-dasharray="2 3"', ' stroke-dasharray="8 3 2 3"')[
            index % 4
        ]
        return [f'<polyline class="{shape}" fill="none" stroke="currentColor"{dash} points="{points}"/>']
    if kind == "scatter":
        return [f'<circle class="{shape}" fill="currentColor" cx="{x}" cy="{y}" r="3"/>' for x, y in places]
    width = (_WIDTH - _LEFT - _RIGHT) / n_groups * 0.8 / n_series
    return [
        f'<rect class="{shape}" fill="currentColor" x="{round(x + (index - n_series / 2) * width, 1)}"'
        f' y="{min(y, zero)}" width="{round(width, 1)}" height="{round(abs(zero - y), 1)}"/>'
        for x, y in places
    ]


def _framed(
    spec: dict[str, Any], series: dict[str, list[float]], parts: list[str]
) -> str:  # Any: YAML values
    title = escape(str(spec.get("title") or f"Plot of {', '.join(series)}"))
    x_label, y_label = escape(str(spec.get("x_label", ""))), escape(str(spec.get("y_label", "")))
    middle = (_HEIGHT - _BOTTOM + _TOP) / 2
    labels = (
        f'<text class="label" x="{(_WIDTH + _LEFT) / 2}" y="{_HEIGHT - 8}" text-anchor="middle">{x_label}</text>'
        f'<text class="label" x="14" y="{middle}" text-anchor="middle"'
        f' transform="rotate(-90 14 {middle})">{y_label}</text>'
    )
    axis = (
        f'<path class="axis" fill="none" stroke="currentColor"'
        f' d="M{_LEFT} {_TOP}V{_HEIGHT - _BOTTOM}H{_WIDTH - _RIGHT}"/>'
    )
    return (
        f'<figure class="plot"><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">'
        f"{axis}{''.join(parts)}{labels}</svg></figure>"
    )
