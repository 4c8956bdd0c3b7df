"""Tables and charts."""

from __future__ import annotations

from typing import Any, TypeGuard

from sandbox.model import Json
from sandbox.validate.elements import check_element
from sandbox.validate.report import Report
from sandbox.validate.rich import check_rich_text, plain_of

_CELLS = ("raw_text", "raw_number", "rich_text")
_DATA_CELLS = (*_CELLS, "action_cell")


def check_table(report: Report, block: Json, at: str) -> None:
    """`table`: at most 100 rows of 20 cells and 10,000 characters."""
    report.table_blocks += 1
    size = 0
    for number, row in enumerate(report.items(block, at, "rows", 1, 100)):
        size += _row(report, row, f"{at}/rows/{number}", _CELLS)
    if size > 10_000:
        report.length(f"{at}/rows", size, 0, 10_000)
    settings = block.get("column_settings")
    if settings is None:
        return
    for place, column in enumerate(report.items(block, at, "column_settings", 0, 20)):
        if column is None:
            continue
        here = f"{at}/column_settings/{place}"
        if not isinstance(column, dict):
            report.add(here, "must provide an object")
            continue
        report.known(column, here, frozenset({"align", "is_wrapped"}))
        report.choice(column, here, "align", ("left", "center", "right"))


def check_data_table(report: Report, block: Json, at: str) -> None:
    """`data_table`: a header and 1 to 100 rows of equal length, 20,000 characters."""
    report.table_blocks += 1
    report.string(block, at, "caption", 3000, required=True)
    report.whole(block, at, "page_size", 1, 100)
    report.whole(block, at, "row_header_column_index", 0, 19)
    rows = report.items(block, at, "rows", 2, 101)
    size = 0
    width = len(rows[0]) if rows and isinstance(rows[0], list) else 0
    for number, row in enumerate(rows):
        here = f"{at}/rows/{number}"
        size += _row(report, row, here, ("raw_text", "raw_number") if number == 0 else _DATA_CELLS)
        if isinstance(row, list) and len(row) != width:
            report.add(here, f"must have as many cells as the header ({width})")
    report.data_table_characters += size
    if size > 20_000:
        report.length(f"{at}/rows", size, 0, 20_000)


def _row(report: Report, row: Any, at: str, allowed: tuple[str, ...]) -> int:
    if not isinstance(row, list):
        report.add(at, "must provide an array")
        return 0
    report.count(at, len(row), 1, 20)
    return sum(_cell(report, cell, f"{at}/{place}", allowed) for place, cell in enumerate(row))


def _cell(report: Report, cell: Any, at: str, allowed: tuple[str, ...]) -> int:
    if not isinstance(cell, dict):
        report.add(at, "must provide an object")
        return 0
    kind = cell.get("type")
    if kind not in allowed:
        report.unsupported(at, kind, allowed)
        return 0
    if kind == "rich_text":
        check_rich_text(report, cell, at)
        return len(plain_of(cell))
    if kind == "action_cell":
        check_element(report, cell.get("element"), f"{at}/element", ("button",))
        if cell.get("fallback") is not None:
            _cell(report, cell["fallback"], f"{at}/fallback", ("raw_text", "raw_number"))
        return 0
    report.string(cell, at, "text", 10_000, required=True)
    if kind == "raw_number" and not is_number(cell.get("value")):
        report.add(f"{at}/value", "must provide a number")
    return len(str(cell.get("text") or ""))


def is_number(value: Any) -> TypeGuard[float]:
    """A JSON number, not a boolean."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def check_chart(report: Report, block: Json, at: str) -> None:
    """`data_visualization`: pie segments, or series over the categories of the axis."""
    report.charts += 1
    report.string(block, at, "title", 50, required=True)
    chart = block.get("chart")
    if not isinstance(chart, dict):
        report.missing(at, "chart")
        return
    here = f"{at}/chart"
    kind = chart.get("type")
    if kind == "pie":
        for place, segment in enumerate(report.items(chart, here, "segments", 1, 6)):
            _point(report, segment, f"{here}/segments/{place}", positive=True)
    elif kind in ("line", "bar", "area"):
        _series(report, chart, here)
    else:
        report.unsupported(here, kind, ("line", "bar", "area", "pie"))


def _series(report: Report, chart: Json, at: str) -> None:
    axis = chart.get("axis_config")
    if not isinstance(axis, dict):
        report.missing(at, "axis_config")
        axis = {}
    here = f"{at}/axis_config"
    report.string(axis, here, "x_label", 50)
    report.string(axis, here, "y_label", 50)
    categories = report.items(axis, here, "categories", 1, 20) if axis else []
    for place, category in enumerate(categories):
        report.string({"category": category}, here, "category", 20, required=True)
        if category in categories[:place]:
            report.add(f"{here}/categories/{place}", "must be unique")
    names: list[Any] = []
    for place, series in enumerate(report.items(chart, at, "series", 1, 6)):
        spot = f"{at}/series/{place}"
        if not isinstance(series, dict):
            report.add(spot, "must provide an object")
            continue
        report.string(series, spot, "name", 20, required=True)
        if series.get("name") in names:
            report.add(f"{spot}/name", "must be unique")
        names.append(series.get("name"))
        _points(report, series, spot, categories)


def _points(report: Report, series: Json, at: str, categories: list[Any]) -> None:
    points = report.items(series, at, "data", 1, 20)
    for place, point in enumerate(points):
        _point(report, point, f"{at}/data/{place}", positive=False)
    labels = [p.get("label") for p in points if isinstance(p, dict)]
    if categories and sorted(map(str, labels)) != sorted(map(str, categories)):
        report.add(f"{at}/data", "must have one value per category")


def _point(report: Report, point: Any, at: str, *, positive: bool) -> None:
    if not isinstance(point, dict):
        report.add(at, "must provide an object")
        return
    report.string(point, at, "label", 20, required=True)
    value = point.get("value")
    if not is_number(value):
        report.add(f"{at}/value", "must provide a number")
    elif positive and value <= 0:
        report.add(f"{at}/value", "must be greater than 0")
