"""data_visualization as inline SVG with legend and axis labels."""

from __future__ import annotations

import math
import unicodedata
from itertools import pairwise

from markupsafe import Markup

from sandbox.model import Json

COLOURS = ("#1f7a6d", "#d98324", "#4a6fa5", "#b8405e", "#7a8b2f", "#7b5ea7")
_WIDTH, _HEIGHT = 620, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 14, 16, 52


def number(value: float) -> str:
    """Thousands separated, no needless decimals."""
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 1000 else f"{value:,.2f}".rstrip("0")


def draw(block: Json) -> Markup:
    """The picture of a chart; its words are in the table view beside it."""
    chart = block.get("chart") or {}
    inside = _pie(chart) if chart.get("type") == "pie" else _axes(chart)
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}" class="chart">{}</svg>').format(
        _WIDTH, _HEIGHT, str(block.get("title") or "Chart"), inside
    )


def legend(block: Json) -> list[tuple[str, str]]:
    """(colour, name) of each series or segment."""
    chart = block.get("chart") or {}
    parts = chart.get("segments") or chart.get("series") or []
    return [
        (COLOURS[i % len(COLOURS)], str(p.get("label") or p.get("name") or "")) for i, p in enumerate(parts)
    ]


def table(block: Json) -> list[list[str]]:
    """The figures as rows, the header first."""
    chart = block.get("chart") or {}
    if chart.get("type") == "pie":
        return [["", ""]] + [
            [str(s.get("label")), number(s.get("value") or 0)] for s in chart.get("segments") or []
        ]
    axis = chart.get("axis_config") or {}
    series = chart.get("series") or []
    rows = [[str(axis.get("x_label") or ""), *[str(s.get("name")) for s in series]]]
    for category in axis.get("categories") or []:
        rows.append(
            [str(category), *[number(v) if (v := _value(s, category)) is not None else "–" for s in series]]
        )
    return rows


def _value(series: Json, category: str) -> float | None:
    return next((p.get("value") for p in series.get("data") or [] if p.get("label") == category), None)


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers that cover `low` to `high`."""
    if high <= low:
        high = low + 1
    rough = (high - low) / wanted
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * m for m in (1, 2, 2.5, 5, 10) if size * m >= rough)
    first = math.floor(low / step) * step
    count = math.ceil((high - first) / step - 1e-9)
    return [first + i * step for i in range(count + 1)]


def _axes(chart: Json) -> Markup:
    axis = chart.get("axis_config") or {}
    categories = [str(c) for c in axis.get("categories") or []]
    series = [[_value(s, c) for c in categories] for s in chart.get("series") or []]
    values = [v for row in series for v in row if v is not None] or [0.0]
    kind = chart.get("type")
    low = min(values)
    floor = min(0.0, low) if kind != "line" or low < 0 or low < 0.6 * max(values) else low
    marks = ticks(floor, max(*values, 0.0) if kind != "line" else max(values))
    plot = _Plot(len(categories), marks[0], marks[-1], bars=kind == "bar")
    parts = [_grid(plot, marks), _categories(plot, categories), _titles(axis)]
    if kind == "bar":
        parts.append(_bars(plot, series))
    else:
        parts += [_line(plot, row, COLOURS[i % len(COLOURS)], kind == "area") for i, row in enumerate(series)]
    return Markup("").join(parts)


class _Plot:
    """From values to places on the picture."""

    def __init__(self, count: int, low: float, high: float, *, bars: bool) -> None:
        self.low, self.high = low, high
        self.count, self.bars = max(count, 1), bars
        self.slot = (_WIDTH - _LEFT - _RIGHT) / self.count

    def x(self, place: int) -> float:
        """The middle of a category."""
        if self.bars or self.count == 1:
            return _LEFT + (place + 0.5) * self.slot
        return _LEFT + 8 + place * (_WIDTH - _LEFT - _RIGHT - 16) / (self.count - 1)

    def y(self, value: float) -> float:
        """The height of a value."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _grid(plot: _Plot, marks: list[float]) -> Markup:
    line = Markup(
        '<line x1="{0}" x2="{1}" y1="{2:.1f}" y2="{2:.1f}" class="{3}"/>'
        '<text x="{4}" y="{2:.1f}" dy="4" class="tick end">{5}</text>'
    )
    return Markup("").join(
        line.format(_LEFT, _WIDTH - _RIGHT, plot.y(m), "axis" if m == 0 else "gridline", _LEFT - 8, _short(m))
        for m in marks
    )


def _short(value: float) -> str:
    if abs(value) >= 1_000_000:
        return f"{value / 1_000_000:g}M"
    return f"{value / 1000:g}k" if abs(value) >= 10_000 else f"{value:g}"


def _categories(plot: _Plot, categories: list[str]) -> Markup:
    longest = max(map(_breadth, categories), default=0)
    room = (_WIDTH - _LEFT - _RIGHT) / max(len(categories), 1)
    every = max(1, math.ceil((longest * 6.4 + 8) / room))
    text = Markup('<text x="{:.1f}" y="{}" class="tick middle">{}</text>')
    return Markup("").join(
        text.format(plot.x(i), _HEIGHT - _BOTTOM + 18, c) for i, c in enumerate(categories) if i % every == 0
    )


def _breadth(text: str) -> int:
    """Columns of a text; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _titles(axis: Json) -> Markup:
    made = Markup("")
    if axis.get("x_label"):
        made += Markup('<text x="{}" y="{}" class="axis-title middle">{}</text>').format(
            (_WIDTH + _LEFT) / 2, _HEIGHT - 8, axis["x_label"]
        )
    if axis.get("y_label"):
        middle = (_HEIGHT - _BOTTOM + _TOP) / 2
        made += Markup(
            '<text transform="translate(13 {}) rotate(-90)" class="axis-title middle">{}</text>'
        ).format(middle, axis["y_label"])
    return made


def _bars(plot: _Plot, series: list[list[float | None]]) -> Markup:
    width = min(plot.slot * 0.72 / max(len(series), 1), 44)
    bar = Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="2" fill="{}"><title>{}</title></rect>'
    )
    parts = []
    for number_, row in enumerate(series):
        offset = (number_ - len(series) / 2) * width
        for place, value in enumerate(row):
            if value is None:
                continue
            top, bottom = sorted((plot.y(value), plot.y(max(plot.low, 0.0))))
            colour = COLOURS[number_ % len(COLOURS)]
            parts.append(
                bar.format(
                    plot.x(place) + offset,
                    top,
                    max(width - 2, 1),
                    max(bottom - top, 1),
                    colour,
                    number(value),
                )
            )
    return Markup("").join(parts)


def _line(plot: _Plot, row: list[float | None], colour: str, filled: bool) -> Markup:
    points = [(plot.x(i), plot.y(v), v) for i, v in enumerate(row) if v is not None]
    if not points:
        return Markup("")
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    made = Markup("")
    if filled:
        ground = plot.y(plot.low)
        outline = f"{points[0][0]:.1f},{ground:.1f} {path} {points[-1][0]:.1f},{ground:.1f}"
        made += Markup('<polygon points="{}" fill="{}" opacity=".18"/>').format(outline, colour)
    made += Markup('<polyline points="{}" fill="none" stroke="{}" class="line"/>').format(path, colour)
    dot = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="3.2" fill="{}"><title>{}</title></circle>')
    return made + Markup("").join(dot.format(x, y, colour, number(v)) for x, y, v in points)


def _pie(chart: Json) -> Markup:
    segments = chart.get("segments") or []
    values = [float(s.get("value") or 0) for s in segments]
    total = sum(values) or 1
    edges = [0.0]
    for value in values:
        edges.append(edges[-1] + value / total * math.tau)
    parts = []
    for place, (start, end) in enumerate(pairwise(edges)):
        colour = COLOURS[place % len(COLOURS)]
        words = f"{segments[place].get('label')}: {number(values[place])} ({values[place] / total:.0%})"
        parts.append(_slice(start, end, colour, words))
        middle = (start + end) / 2
        if end - start > 0.3:
            x, y = _WIDTH / 2 + 84 * math.sin(middle), _HEIGHT / 2 - 84 * math.cos(middle)
            label = Markup('<text x="{:.1f}" y="{:.1f}" dy="4" class="slice middle">{:.0%}</text>')
            parts.append(label.format(x, y, values[place] / total))
    return Markup("").join(parts)


def _slice(start: float, end: float, colour: str, words: str) -> Markup:
    cx, cy, outer, inner = _WIDTH / 2, _HEIGHT / 2, 120, 56
    end = min(end, start + math.tau - 0.0001)

    def at(angle: float, radius: float) -> str:
        return f"{cx + radius * math.sin(angle):.2f} {cy - radius * math.cos(angle):.2f}"

    large = 1 if end - start > math.pi else 0
    path = (
        f"M{at(start, outer)} A{outer} {outer} 0 {large} 1 {at(end, outer)} "
        f"L{at(end, inner)} A{inner} {inner} 0 {large} 0 {at(start, inner)} Z"
    )
    return Markup(
        '<path d="{}" fill="{}" stroke="var(--paper)" stroke-width="1.5"><title>{}</title></path>'
    ).format(path, colour, words)
