"""From a file to grids: what the bytes are (never what the name says), and whether they may be opened."""

import io
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from domain.imports.problems import Reason
from gateways.spreadsheets.archive import Archive
from gateways.spreadsheets.binary_sheet import measure_binary
from gateways.spreadsheets.compound import MAGIC, Biff, open_compound
from gateways.spreadsheets.delimited import check_lines, read_delimited
from gateways.spreadsheets.encoding import decode
from gateways.spreadsheets.extent import Extent, check_area, measure
from gateways.spreadsheets.grid import Cell, Grid
from gateways.spreadsheets.limits import PACKED_BYTES, TEXT_BYTES
from gateways.spreadsheets.refusal import Refusal
from gateways.spreadsheets.workbook_parts import check_texts, sheet_parts, workbook_kind

Source = str | Path | bytes

_ZIP = b"PK\x03\x04"
_LOOKS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"PK\x05\x06", "zip"),
    (b"{\\rtf", "rtf"),
)
_MARKUP = (
    (b"<html", "html"),
    (b"<!doctype html", "html"),
    (b"<table", "html"),
    (b"<?xml", "xml"),
    (b"<workbook", "xml"),
)


class _Calamine:
    """Turns whatever calamine does on damaged bytes, panics included, into a refusal."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            return
        # A panic arrives as pyo3's PanicException, which is no Exception and cannot be imported.
        if issubclass(kind, CalamineError | OSError | ValueError) or kind.__name__ == "PanicException":
            reason = Reason.ENCRYPTED if kind.__name__ == "PasswordError" else Reason.NOT_A_SPREADSHEET
            raise Refusal(reason, "broken") from error


def load(source: Source) -> bytes:
    """The bytes, sized up before they are read; `Refusal` where they are too many or none."""
    if isinstance(source, bytes):
        size, head = len(source), source[:8]
    else:
        try:
            size = Path(source).stat().st_size
            with Path(source).open("rb") as file:
                head = file.read(8)
        except OSError as error:
            raise Refusal(Reason.NOT_A_SPREADSHEET, "unreadable") from error
    packed = head.startswith((_ZIP, MAGIC))
    limit = PACKED_BYTES if packed else TEXT_BYTES
    if size > limit:
        raise Refusal(Reason.TOO_LARGE, str(limit), str(size))
    if size == 0:
        raise Refusal(Reason.EMPTY)
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def open_grids(source: Source, file_name: str) -> Iterator[Grid]:
    """The visible sheets one after the other, each with the names of the others; raises `Refusal`."""
    raw = load(source)
    if raw.startswith(_ZIP):
        return _open_zip(raw)
    if raw.startswith(MAGIC):
        if file_name.casefold().endswith((".et", ".ett")):
            raise Refusal(Reason.NOT_A_SPREADSHEET, "et")
        return _open_xls(raw, open_compound(raw))
    for magic, looks in _LOOKS:
        if raw.startswith(magic):
            raise Refusal(Reason.NOT_A_SPREADSHEET, looks)
    head = raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for start, looks in _MARKUP:
        if head.startswith(start):
            raise Refusal(Reason.NOT_A_SPREADSHEET, looks)
    return _open_text(raw)


def _open_text(raw: bytes) -> Iterator[Grid]:
    check_lines(raw)
    decoded = decode(raw)
    rows = cast(list[list[Cell]], read_delimited(decoded.text))
    yield Grid("", rows, encoding=decoded.encoding)


def _visible(book: CalamineWorkbook) -> list[tuple[int, str]]:
    sheets = enumerate(book.sheets_metadata)
    kept = [
        (i, s.name)
        for i, s in sheets
        if s.typ == SheetTypeEnum.WorkSheet and s.visible == SheetVisibleEnum.Visible
    ]
    if not kept:
        raise Refusal(Reason.EMPTY)
    return kept


def _grid(sheet: CalamineSheet, extent: Extent, others: list[str]) -> Grid:
    start = sheet.start
    if start is None:
        return Grid(sheet.name, [], others=others)
    check_area(sheet.total_height, sheet.total_width)
    # iter_rows begins at Excel's row 1 but at the first filled column.
    left: list[Cell] = [""] * start[1]
    rows = [left + row for row in sheet.iter_rows()]
    for (row, column), error in extent.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
        elif row < len(rows) and column < len(rows[row]) + 200:
            rows[row] += [""] * (column - len(rows[row])) + [error]
    merged = sheet.merged_cell_ranges
    return Grid(sheet.name, rows, merged, frozenset(extent.hidden), frozenset(extent.uncached), others=others)


def _open_zip(raw: bytes) -> Iterator[Grid]:
    archive = Archive(raw)
    kind = workbook_kind(archive)
    parts, epoch_1904 = sheet_parts(archive) if kind == "xlsx" else ({}, False)
    with _Calamine():
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    with closing(book):
        sheets = _visible(book)
        binary = None if kind == "xlsx" else _measure_binaries(archive)
        for index, name in sheets:
            extent = binary or _measure_sheet(archive, parts.get(name, ""))
            with _Calamine():
                sheet = book.get_sheet_by_index(index)
            grid = _grid(sheet, extent, [other for _, other in sheets if other != name])
            grid.epoch_1904 = epoch_1904
            yield grid


def _measure_sheet(archive: Archive, part: str) -> Extent:
    if part not in archive:
        raise Refusal(Reason.NOT_A_SPREADSHEET, "broken")
    chunks = partial(archive.chunks, part)
    extent = measure(chunks)
    check_texts(archive, chunks(), extent.text_cells)
    return extent


def _measure_binaries(archive: Archive) -> Extent:
    """Judge every sheet of an .xlsb; which is which is not told, so their error cells are left out."""
    for name in archive.names():
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            measure_binary(archive.chunks(name))
    return Extent()


def _open_xls(raw: bytes, biff: Biff) -> Iterator[Grid]:
    with _Calamine():
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    with closing(book):
        sheets = _visible(book)
        for index, name in sheets:
            told = biff.sheets[index] if index < len(biff.sheets) else None
            extent = Extent(hidden=told.hidden, errors=told.errors) if told else Extent()
            with _Calamine():
                sheet = book.get_sheet_by_index(index)
            grid = _grid(sheet, extent, [other for _, other in sheets if other != name])
            grid.epoch_1904 = biff.epoch_1904
            yield grid
