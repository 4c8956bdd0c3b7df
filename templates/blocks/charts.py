"""Slack's own charts: every series has a value for every category."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from templates.blocks import limits
from templates.blocks.limits import Block, BlockLimit, within
from templates.blocks.tables import json_number


@dataclass(frozen=True, slots=True)
class Series:
    """A line or a set of bars, one value per category."""

    name: str
    values: tuple[Decimal, ...]


def chart(
    kind: Literal["line", "bar"],
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    x_label: str = "",
    y_label: str = "",
) -> Block:
    """A line or bar chart; categories must differ from one another."""
    within("chart.categories", len(categories), limits.CHART_POINTS)
    within("chart.series", len(series), limits.CHART_SERIES)
    labels = [limits.raw("chart.category", label, limits.CHART_LABEL) for label in categories]
    if len(set(labels)) != len(labels):
        raise BlockLimit("chart.categories", labels, "all different")
    axis: Block = {"categories": labels}
    if x_label:
        axis["x_label"] = limits.raw("chart.x_label", x_label, limits.CHART_TITLE)
    if y_label:
        axis["y_label"] = limits.raw("chart.y_label", y_label, limits.CHART_TITLE)
    return {
        "type": "data_visualization",
        "title": limits.raw("chart.title", title, limits.CHART_TITLE),
        "chart": {
            "type": kind,
            "series": [_series(one, labels) for one in series],
            "axis_config": axis,
        },
    }


def _series(series: Series, labels: Sequence[str]) -> Block:
    if len(series.values) != len(labels):
        raise BlockLimit(f"chart.series[{series.name}]", len(series.values), len(labels))
    return {
        "name": limits.raw("chart.series.name", series.name, limits.CHART_LABEL),
        "data": [
            {"label": label, "value": json_number(value)}
            for label, value in zip(labels, series.values, strict=True)
        ],
    }
