"""A sheet as a grid of raw cells, whatever container it came from. Row index 0 is Excel's row 1."""

import datetime as dt
from dataclasses import dataclass, field

from gateways.spreadsheets.words import clean

Cell = int | float | str | bool | dt.date | dt.datetime | dt.time | dt.timedelta
Span = tuple[tuple[int, int], tuple[int, int]]  # merged: first and last (row, column), both from 0


@dataclass(slots=True)
class Grid:
    """One sheet. `merged` is None where the container does not tell; `hidden` counts rows from 1."""

    name: str
    rows: list[list[Cell]]
    merged: list[Span] | None = None
    hidden: frozenset[int] = frozenset()
    uncached: frozenset[tuple[int, int]] = frozenset()
    epoch_1904: bool = False
    encoding: str = ""
    others: list[str] = field(default_factory=list)  # further sheets of the workbook

    def spans_in_row(self, index: int) -> list[tuple[int, int]] | None:
        """First and last column of each merged range that covers the row; None where unknown."""
        if self.merged is None:
            return None
        return [(a[1], b[1]) for a, b in self.merged if a[0] <= index <= b[0]]

    def fill_down(self, after: int, positions: frozenset[int]) -> dict[int, int]:
        """Repeat the value of vertically merged cells below row index `after`; positions to cells filled."""
        filled: dict[int, int] = {}
        for (top, left), (bottom, right) in self.merged or ():
            if top <= after or left != right or left not in positions or top >= len(self.rows):
                continue
            value = self.rows[top][left] if left < len(self.rows[top]) else ""
            for row in self.rows[top + 1 : bottom + 1]:
                if left < len(row) and row[left] == "" and value != "":
                    row[left] = value
                    filled[left] = filled.get(left, 0) + 1
        return filled


def as_text(cell: Cell) -> str:
    """What a cell says, for headers, titles and messages.

    >>> as_text(34.0), as_text(dt.date(2026, 1, 1)), as_text(" a "), as_text(True)
    ('34', '2026-01-01', 'a', 'TRUE')
    """
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
