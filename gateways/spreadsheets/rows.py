"""From a grid and its header to canonical rows."""

import datetime as dt
from dataclasses import dataclass, field

from domain.imports.problems import Reason
from domain.imports.tables import BY_NAME
from gateways.spreadsheets.cells import NUMBERS, Reading
from gateways.spreadsheets.column_reader import ColumnReader, TitleUnit, manner_of
from gateways.spreadsheets.grid import Cell, Grid, as_text
from gateways.spreadsheets.header import Header
from gateways.spreadsheets.leftovers import Leftovers
from gateways.spreadsheets.limits import ROWS
from gateways.spreadsheets.refusal import Refusal
from gateways.spreadsheets.sheet import Note, NoteKind, Problems, Row, Skipped
from gateways.spreadsheets.wide import MonthColumn, year_in

_KEPT_SKIPS = 1000


@dataclass(slots=True)
class Body:
    """What was read below the header."""

    rows: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)


class BodyReader:
    """Reads the records of one sheet, one for each row, or one for each month of a row."""

    def __init__(
        self, grid: Grid, header: Header, title: TitleUnit, today: dt.date, problems: Problems
    ) -> None:
        table = BY_NAME[header.assigned.table]
        self._grid, self._header, self._problems, self._today = grid, header, problems, today
        self._body = Body(columns=set(header.assigned.columns))
        order = [column.name for column in table.columns]
        self._has_currency = "currency" in order
        self._readers = [
            ColumnReader(grid, header.row, at, manner_of(table.column(name), header.texts[at], title, today))
            for name, at in sorted(header.assigned.columns.items(), key=lambda item: order.index(item[0]))
        ]
        self._months = [
            (
                month,
                ColumnReader(
                    grid, header.row, month.position, manner_of(table.column("amount"), "", title, today)
                ),
            )
            for month in header.assigned.months
        ]
        self._marks: dict[str, int] = {}
        self._blank_months = 0
        self._hidden: list[int] = []
        self._year: int | None = None

    def read(self, year: int | None) -> Body:
        """All rows below the header; `year` is what title and names say of months without one."""
        self._year = year
        leftovers = Leftovers(self._header)
        self._fill_down()
        count = 0
        for index in range(self._header.row, len(self._grid.rows)):
            row = self._grid.rows[index]
            if not any(cell != "" and cell is not None for cell in row):
                continue
            if why := leftovers.judge(row):
                if len(self._body.skipped) < _KEPT_SKIPS:
                    words = next((as_text(cell) for cell in row if cell != ""), "")
                    self._body.skipped.append(Skipped(index + 1, why, words[:80]))
                continue
            count += 1
            if count > ROWS:
                raise Refusal(Reason.TOO_MANY_ROWS, str(ROWS), str(len(self._grid.rows)))
            self._record(row, index + 1)
        self._even_out()
        self._report()
        return self._body

    def _record(self, row: list[Cell], number: int) -> None:
        if number in self._grid.hidden:
            self._hidden.append(number)
        values: dict[str, str] = {}
        currency = ""
        for reader in self._readers:
            reading = self._read(reader, row, number)
            values[reader.column.name] = reading.text
            currency = currency or reading.currency
        if not self._months:
            self._keep(number, values, currency)
            return
        for month, reader in self._months:
            reading = self._read(reader, row, number)
            if reading.text == "" and reading.reason is None:
                self._blank_months += 1
                continue
            named = self._month_name(month, row, number)
            self._keep(
                number, {"month": named, **values, "amount": reading.text}, reading.currency or currency
            )

    def _keep(self, number: int, values: dict[str, str], currency: str) -> None:
        if currency and self._has_currency and not values.get("currency"):
            values["currency"] = currency
            self._body.columns.add("currency")
        if currency:
            self._marks[currency] = self._marks.get(currency, 0) + 1
        if any(values.values()):
            self._body.rows.append(Row(number, values))

    def _read(self, reader: ColumnReader, row: list[Cell], number: int) -> Reading:
        at, name = reader.position, reader.column.name
        raw: Cell = row[at] if at < len(row) else ""
        if raw == "" and (number - 1, at) in self._grid.uncached:
            self._problems.add(Reason.NO_CACHED_VALUE, number, name)
            return Reading("", Reason.NO_CACHED_VALUE)
        reading = reader.read(raw, number)
        if reading.reason is not None:
            self._problems.add(reading.reason, number, name, as_text(raw), reading.hints)
        return reading

    def _month_name(self, month: MonthColumn, row: list[Cell], number: int) -> str:
        at = self._header.assigned.year_position
        year = month.year
        if year is None and at is not None:
            year = year_in([as_text(row[at])]) if at < len(row) else None
        year = year or self._year
        if year is not None:
            return f"{year:04d}-{month.month:02d}-01"
        header = self._header.texts[month.position]
        self._problems.add(
            Reason.NOT_A_MONTH, number, "month", header, (f"{self._today.year:04d}-{month.month:02d}-01",)
        )
        return header

    def _fill_down(self) -> None:
        kinds = {reader.position: reader.column for reader in self._readers}
        fillable = frozenset(at for at, column in kinds.items() if column.kind not in NUMBERS)
        for at, count in self._grid.fill_down(self._header.row - 1, fillable).items():
            self._body.notes.append(Note(NoteKind.FILLED_DOWN, kinds[at].name, count=count))

    def _even_out(self) -> None:
        """Give every row the currency column once one row has it."""
        if "currency" in self._body.columns - set(self._header.assigned.columns):
            for row in self._body.rows:
                row.values.setdefault("currency", "")

    def _report(self) -> None:
        notes = self._body.notes
        for reader in self._readers:
            notes += reader.report()
        if self._months:
            notes.append(Note(NoteKind.WIDE_LAYOUT, count=len(self._months)))
            notes += self._months[0][1].report()
        if self._blank_months:
            notes.append(Note(NoteKind.NO_TARGET, "amount", count=self._blank_months))
        if self._hidden:
            notes.append(Note(NoteKind.HIDDEN_ROWS, row=self._hidden[0], count=len(self._hidden)))
        taken = NoteKind.CURRENCY_TAKEN if self._has_currency else NoteKind.CURRENCY_IGNORED
        notes += [Note(taken, "currency", code, count=count) for code, count in self._marks.items()]
