"""A person's spreadsheet, whatever its program, language and layout, as canonical rows and problems."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from domain.imports.problems import Reason
from domain.imports.tables import BY_NAME
from gateways.spreadsheets.column_reader import TitleUnit
from gateways.spreadsheets.container import Source, open_grids
from gateways.spreadsheets.grid import Grid, as_text
from gateways.spreadsheets.header import Header, find_header, only_guessed, without_rivals
from gateways.spreadsheets.headings import nearest, title_unit
from gateways.spreadsheets.refusal import Refusal
from gateways.spreadsheets.rows import Body, BodyReader
from gateways.spreadsheets.sheet import Note, NoteKind, Place, Problems, Sheet, Skip, Skipped
from gateways.spreadsheets.wide import year_in


def read_spreadsheet(
    path_or_bytes: Source, file_name: str, *, table: str | None = None, today: dt.date
) -> Sheet:
    """Read a file as rows of a canonical table; every trouble is in `problems`, none is raised.

    `table` (a key of `BY_NAME`) skips the detection; `today` places two-digit years. Row numbers are
    Excel's. KeyError where `table` is not canonical: that is the caller's mistake, not the person's.
    """
    if table is not None:
        table = BY_NAME[table].name
    problems = Problems(file_name)
    try:
        return _read(open_grids(path_or_bytes, file_name), file_name, table, today, problems)
    except Refusal as refusal:
        problems.add(refusal.reason, refusal.row, value=refusal.value, hints=refusal.hints)
        return Sheet(file_name, table or "", problems=problems.kept)


def _read(
    grids: Iterator[Grid], file_name: str, table: str | None, today: dt.date, problems: Problems
) -> Sheet:
    seen = False
    for grid in grids:
        seen = seen or any(cell != "" for row in grid.rows for cell in row)
        header = find_header(grid, table, (grid.name, PurePath(file_name).stem))
        if header is not None:
            return _read_sheet(grid, header, file_name, table, today, problems)
    raise Refusal(Reason.NO_HEADER if seen else Reason.EMPTY)


def _read_sheet(
    grid: Grid, header: Header, file_name: str, table: str | None, today: dt.date, problems: Problems
) -> Sheet:
    assigned = header.assigned
    if table is None and (header.tied or _too_thin(header)):
        raise Refusal(Reason.UNKNOWN_TABLE, assigned.table, *header.tied, row=header.row)
    _judge_header(header, problems)
    header = without_rivals(header)
    above = _above(grid, header)
    body = Body()
    if assigned.columns:
        reader = BodyReader(grid, header, _title_unit(above), today, problems)
        body = reader.read(year_in([*_groups(grid, header), *above, grid.name, PurePath(file_name).stem]))
    if not body.rows and not problems.kept:
        problems.add(Reason.EMPTY, header.row)
    found = body.columns | ({"month", "amount"} if assigned.months else set())
    return Sheet(
        file_name,
        assigned.table,
        tuple(column.name for column in BY_NAME[assigned.table].columns if column.name in found),
        body.rows,
        problems.kept,
        problems.more,
        _skipped_above(grid, header) + body.skipped,
        grid.encoding,
        _header_notes(header) + [Note(NoteKind.OTHER_SHEET, value=name) for name in grid.others] + body.notes,
        _place(grid, header),
    )


def _too_thin(header: Header) -> bool:
    """Fewer than half of the required columns: some other table, not a careless one of these."""
    required = sum(column.required for column in BY_NAME[header.assigned.table].columns)
    return len(header.assigned.missing) * 2 > required


def _judge_header(header: Header, problems: Problems) -> None:
    assigned, texts = header.assigned, header.texts
    spare = [texts[at] for at in assigned.unknown]
    for column in assigned.missing:
        hints = nearest(assigned.table, column, spare)
        problems.add(Reason.MISSING_COLUMN, header.row, column, hints=hints)
    for column, positions in assigned.rivals.items():
        problems.add(
            Reason.DUPLICATE_COLUMN,
            header.row,
            column,
            texts[positions[0]],
            tuple(texts[at] for at in positions),
        )
    _judge_months(header, problems)


def _judge_months(header: Header, problems: Problems) -> None:
    seen: dict[tuple[int, int | None], str] = {}
    for month in header.assigned.months:
        key, text = (month.month, month.year), header.texts[month.position]
        if key in seen:
            problems.add(Reason.DUPLICATE_COLUMN, header.row, "month", text, (seen[key], text))
        seen.setdefault(key, text)


def _above(grid: Grid, header: Header) -> list[str]:
    rows = grid.rows[: header.row - header.rows]
    return [text for row in rows for cell in row if (text := as_text(cell))]


def _groups(grid: Grid, header: Header) -> list[str]:
    row = grid.rows[header.row - 2] if header.rows == 2 else []
    return [as_text(cell) for cell in row]


def _title_unit(above: Sequence[str]) -> TitleUnit:
    return next((unit for text in above if (unit := title_unit(text))), None)


def _skipped_above(grid: Grid, header: Header) -> list[Skipped]:
    skipped = []
    for index, row in enumerate(grid.rows[: header.row - 1]):
        text = next((as_text(cell) for cell in row if cell != ""), "")
        if text:
            group = header.rows == 2 and index == header.row - 2
            skipped.append(Skipped(index + 1, Skip.GROUP_HEADER if group else Skip.TITLE, text[:80]))
    return skipped


def _header_notes(header: Header) -> list[Note]:
    assigned, texts = header.assigned, header.texts
    notes = [
        Note(NoteKind.GUESSED_COLUMN, column, text, row=header.row) for column, text in only_guessed(header)
    ]
    notes += [Note(NoteKind.WEAKER_COLUMN, c, texts[at], row=header.row) for at, c in assigned.weaker.items()]
    return notes + [Note(NoteKind.UNKNOWN_COLUMN, value=texts[at], row=header.row) for at in assigned.unknown]


def _place(grid: Grid, header: Header) -> Place:
    positions: dict[str, tuple[int, ...]] = {column: (at,) for column, at in header.assigned.columns.items()}
    months = tuple(month.position for month in header.assigned.months)
    if months:
        positions |= {"amount": months, "month": months}
    return Place(grid.name, header.row, positions)
