"""A column as a whole: its cells together decide day before month, comma or point."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from domain.imports.tables import Column, Kind
from gateways.spreadsheets import dates
from gateways.spreadsheets.cells import DAYS, NUMBERS, Manner, Reading, day_readings, read_cell
from gateways.spreadsheets.grid import Cell, Grid
from gateways.spreadsheets.headings import read_heading
from gateways.spreadsheets.numbers import decimal_habit
from gateways.spreadsheets.sheet import Note, NoteKind

_ORDER_NOTES = {
    dates.DMY: NoteKind.DAY_FIRST,
    dates.MDY: NoteKind.MONTH_FIRST,
    dates.YMD: NoteKind.YEAR_FIRST,
}
TitleUnit = tuple[Decimal, str] | None


class ColumnReader:
    """Reads the cells of one sheet column as one canonical column, each distinct cell once."""

    def __init__(self, grid: Grid, after: int, position: int, manner: Manner) -> None:
        self.position = position
        self.column = manner.column
        self.notes: Counter[NoteKind] = Counter()
        self.first: dict[NoteKind, int] = {}
        self._memo: dict[tuple[type, Cell], Reading] = {}
        cells = (row[position] for row in grid.rows[after:] if position < len(row))
        self.manner, self._decided = _observe(cells, replace(manner, epoch_1904=grid.epoch_1904))
        self._zeros: dict[str, str] = {}

    def read(self, raw: Cell, number: int) -> Reading:
        """The canonical reading of a cell of Excel row `number`."""
        key = (raw.__class__, raw)
        reading = self._memo.get(key)
        if reading is None:
            reading = self._memo[key] = read_cell(raw, self.manner)
        if reading.note is not None:
            self.notes[reading.note] += 1
            self.first.setdefault(reading.note, number)
        return reading

    def report(self) -> list[Note]:
        """What was decided for this column."""
        name = self.column.name
        found = [Note(kind, name, row=self.first[kind], count=count) for kind, count in self.notes.items()]
        found += [Note(kind, name) for kind in self._decided]
        if self.manner.factor != 1:
            found.append(Note(NoteKind.SCALED, name, format(self.manner.factor, "f")))
        return found + self._mixed_zeros()

    def _mixed_zeros(self) -> list[Note]:
        if self.column.kind != Kind.CODE:
            return []
        texts = {reading.text for reading in self._memo.values() if reading.text.isdigit()}
        padded = sorted(text for text in texts if text.startswith("0") and text.lstrip("0") in texts)
        pairs = [(text.lstrip("0"), text) for text in padded]
        return [Note(NoteKind.MIXED_ZEROS, self.column.name, *pairs[0], count=len(pairs))] if pairs else []


def _observe(cells: Iterable[Cell], manner: Manner) -> tuple[Manner, list[NoteKind]]:
    kind = manner.column.kind
    if kind not in NUMBERS and kind not in DAYS:
        return manner, []
    texts = {cell for cell in cells if isinstance(cell, str) and 0 < len(cell) <= 100}
    if kind in NUMBERS:
        comma, contradictory = decimal_habit(sorted(texts))
        decided = [NoteKind.DECIMAL_COMMA] if comma else []
        return replace(manner, comma_decimal=comma, contradictory=contradictory), decided
    readings = [day_readings(text, manner) for text in texts]
    orders = dates.deciding_orders(readings)
    doubtful = any(len(set(found.values())) > 1 for found in readings)
    decided = [_ORDER_NOTES[order] for order in orders if order in _ORDER_NOTES] if len(orders) == 1 else []
    return replace(manner, orders=orders), decided if doubtful else []


def manner_of(column: Column, header: str, title: TitleUnit, today: dt.date) -> Manner:
    """What the header, and for money the title, say of a column."""
    heading = read_heading(header)
    factor, currency = heading.factor, heading.currency
    if column.kind == Kind.MONEY and not heading.unit and title is not None:
        factor, currency = title
    if column.kind not in NUMBERS:
        factor, currency = Decimal(1), ""
    return Manner(column, today, factor, currency)
