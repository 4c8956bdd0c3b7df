"""The person's own file again: only the bad rows, the bad cells red, each with its reason and fix."""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from typing import cast

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.imports.problems import Problem
from gateways.spreadsheets.container import Source, open_grids
from gateways.spreadsheets.grid import Cell, Grid, as_text
from gateways.spreadsheets.neutralise import neutralise
from gateways.spreadsheets.refusal import Refusal
from gateways.spreadsheets.sheet import Sheet
from gateways.spreadsheets.words import clean

_RED = PatternFill("solid", fgColor="FFFFC7CE")
_BOLD = Font(bold=True)
_AUTHOR = "PartsPlan"
_MOST_CHARACTERS = 32_767  # of a cell
_WIDTHS = (8, 60)
Words = Callable[[Problem], str]


def annotate(
    path_or_bytes: Source,
    sheet: Sheet,
    problems: Iterable[Problem],
    *,
    title: str,
    row_title: str,
    words: Words,
) -> bytes:
    """An xlsx with the header, the bad rows and the reasons; empty bytes where the file cannot be read.

    `row_title` heads the first column (Excel's row number in the person's file), `title` the last one;
    `words` is the sentence of a problem. Problems of the whole file stand beside the header.
    """
    grid = _find(path_or_bytes, sheet)
    if grid is None:
        return b""
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row or sheet.place.header_row, []).append(problem)
    book = Workbook()
    page = cast(Worksheet, book.active)
    header = sheet.place.header_row
    width = max([len(_row(grid, number)) for number in {header, *by_row}], default=0)
    _write(page, 1, row_title, _row(grid, header), width, by_row.pop(header, []), sheet, words)
    page.cell(1, width + 2).value = (
        _safe(title) if page.cell(1, width + 2).value is None else _joined(title, page, width)
    )
    for line, number in enumerate(sorted(by_row), start=2):
        _write(page, line, number, _row(grid, number), width, by_row[number], sheet, words)
    _dress(page, width)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _find(source: Source, sheet: Sheet) -> Grid | None:
    try:
        return next((grid for grid in open_grids(source, sheet.file) if grid.name == sheet.place.sheet), None)
    except Refusal:
        return None


def _row(grid: Grid, number: int) -> list[Cell]:
    return grid.rows[number - 1] if 1 <= number <= len(grid.rows) else []


def _safe(text: str) -> str:
    return neutralise(clean(text)[:_MOST_CHARACTERS])


def _joined(title: str, page: Worksheet, width: int) -> str:
    return f"{_safe(title)}: {page.cell(1, width + 2).value}"


def _cell_value(cell: Cell) -> str | int | float | dt.date | dt.time | dt.timedelta | None:
    if isinstance(cell, str):
        return _safe(cell) or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell


def _write(
    page: Worksheet,
    line: int,
    label: str | int,
    cells: list[Cell],
    width: int,
    problems: list[Problem],
    sheet: Sheet,
    words: Words,
) -> None:
    page.cell(line, 1).value = label if isinstance(label, int) else _safe(label)
    for at, cell in enumerate(cells):
        page.cell(line, at + 2).value = _cell_value(cell)
    sentences = [clean(words(problem)) for problem in problems]
    if sentences:
        page.cell(line, width + 2).value = _safe(" ".join(dict.fromkeys(sentences)))
    marked: dict[int, list[str]] = {}
    for problem, sentence in zip(problems, sentences, strict=True):
        for at in _positions(problem, cells, sheet):
            marked.setdefault(at, []).append(sentence)
    for at, said in marked.items():
        target = page.cell(line, at + 2)
        target.fill = _RED
        target.comment = Comment("\n".join(dict.fromkeys(said))[:2000], _AUTHOR, height=120, width=320)


def _positions(problem: Problem, cells: list[Cell], sheet: Sheet) -> tuple[int, ...]:
    """The sheet columns that a problem speaks of; in a wide layout the month cells that hold its value."""
    places = sheet.place.positions.get(problem.column, ())
    if len(places) < 2:
        return places
    exact = tuple(at for at in places if at < len(cells) and as_text(cells[at])[:100] == problem.value)
    return exact or places


def _dress(page: Worksheet, width: int) -> None:
    for cell in page[1]:
        cell.font = _BOLD
    page.freeze_panes = "B2"
    page.column_dimensions["A"].width = _WIDTHS[0]
    page.column_dimensions[get_column_letter(width + 2)].width = _WIDTHS[1]
