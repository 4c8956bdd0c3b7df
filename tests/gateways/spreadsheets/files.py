"""Makers of real files: xlsx by openpyxl, csv in every encoding, and a tiny writer of .xls (BIFF8 in CFB)."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Iterable, Sequence

import openpyxl

from gateways.spreadsheets.reader import read_spreadsheet
from gateways.spreadsheets.sheet import Note, NoteKind, Sheet

TODAY = dt.date(2026, 3, 1)
STOCK = ["料号", "仓库", "现存数量"]


def workbook(book: openpyxl.Workbook) -> bytes:
    """The bytes of the workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx(rows: Iterable[Sequence[object]], merges: Iterable[str] = (), title: str = "Sheet1") -> bytes:
    """One sheet with these rows from Excel's row 1 on."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(list(row))
    for span in merges:
        page.merge_cells(span)
    return workbook(book)


def read(raw: bytes, name: str = "file.xlsx", table: str | None = None) -> Sheet:
    """What the reader makes of the bytes."""
    return read_spreadsheet(raw, name, table=table, today=TODAY)


def column(sheet: Sheet, name: str) -> list[str]:
    """The values of a column."""
    return [row.values[name] for row in sheet.rows]


def reasons(sheet: Sheet) -> list[str]:
    """The reasons of all problems."""
    return [problem.reason.value for problem in sheet.problems]


def note(sheet: Sheet, kind: NoteKind) -> Note:
    """The only note of that kind."""
    (found,) = [each for each in sheet.notes if each.kind == kind]
    return found


def stock(*quantities: object) -> bytes:
    """A stock sheet with one row for each quantity."""
    return xlsx([STOCK, *([f"P{i}", "W1", quantity] for i, quantity in enumerate(quantities))])


def replace_part(raw: bytes, name: str, change: object) -> bytes:
    """The zip with one part changed by a function of its bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            body = source.read(info)
            target.writestr(info.filename, change(body) if info.filename == name else body)  # type: ignore[operator]
    return out.getvalue()


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, at: int, value: object) -> bytes:
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHHHB", row, at, 0, len(value), 1) + text)
    if isinstance(value, bool):
        return _record(0x205, struct.pack("<HHHBB", row, at, 0, value, 0))
    if isinstance(value, Exception):
        return _record(0x205, struct.pack("<HHHBB", row, at, 0, 0x17, 1))
    return _record(0x203, struct.pack("<HHHd", row, at, 0, float(value)))  # type: ignore[arg-type]


def biff(
    rows: Iterable[tuple[int, Sequence[object]]],
    *,
    hidden: Iterable[int] = (),
    extra: bytes = b"",
    epoch_1904: int = 0,
) -> bytes:
    """The Workbook stream of one sheet; rows are (index from 0, cells)."""
    bof = struct.pack("<HHHHII", 0x600, 0x5, 0x0DBB, 0x07CC, 0, 6)
    name = b"Sheet1"
    front = _record(0x809, bof) + extra + _record(0x22, struct.pack("<H", epoch_1904))
    bound = 4 + 8 + len(name)
    offset = len(front) + bound + 4
    front += _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name) + _record(0x0A, b"")
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    for number in hidden:
        body += _record(0x208, struct.pack("<HHHHHHHH", number - 1, 0, 3, 255, 0, 0, 0x20, 15))
    for index, cells in rows:
        body += b"".join(_cell(index, at, cell) for at, cell in enumerate(cells) if cell != "")
    return front + body + _record(0x0A, b"")


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE file that holds these streams, each padded to at least 4096 bytes (no mini stream)."""
    end, fat_mark = 0xFFFFFFFE, 0xFFFFFFFD
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [("Root Entry", 5, end, 0)]
    for name, body in streams.items():
        body = body.ljust(4096, b"\0")
        count = -(-len(body) // 512)
        entries.append((name, 2, len(sectors), len(body)))
        chain += [*range(len(sectors) + 1, len(sectors) + count), end]
        sectors += [body[i * 512 : i * 512 + 512].ljust(512, b"\0") for i in range(count)]
    directory = b""
    for index, (name, kind, start, size) in enumerate(entries):
        coded = name.encode("utf-16-le")
        child = 1 if index == 0 and len(entries) > 1 else 0xFFFFFFFF
        right = index + 1 if 0 < index < len(entries) - 1 else 0xFFFFFFFF
        directory += coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded) + 2, kind, 1)
        directory += struct.pack("<III", 0xFFFFFFFF, right, child) + b"\0" * 36
        directory += struct.pack("<IQ", start, size)
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    first_directory = len(sectors)
    count = len(directory) // 512
    chain += [*range(first_directory + 1, first_directory + count), end]
    sectors += [directory[i * 512 : i * 512 + 512] for i in range(count)]
    fat_count = -(-(len(chain) + 1) // 127)
    fat_at = len(sectors)
    chain += [fat_mark] * fat_count
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(fat_count * 512, b"\xff")
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
    )
    head += struct.pack("<IIIIIIIII", 0, fat_count, first_directory, 0, 4096, end, 0, end, 0)
    difat = [fat_at + i for i in range(fat_count)]
    head += struct.pack("<109I", *difat, *[0xFFFFFFFF] * (109 - len(difat)))
    return head + b"".join(sectors) + fat


def xls(rows: Iterable[Sequence[object]], *, first: int = 0, **options: object) -> bytes:
    """An .xls with these rows, the first of them at index `first`."""
    return compound({"Workbook": biff([(first + i, row) for i, row in enumerate(rows)], **options)})  # type: ignore[arg-type]


def _bin(kind: int, body: bytes = b"") -> bytes:
    front = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(body)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return front + length + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: Iterable[tuple[int, Sequence[object]]]) -> bytes:
    """A minimal .xlsb of one sheet; rows are (index from 0, cells)."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    relation = relations + '<Relationship Id="rId1" Type="{}" Target="{}"/></Relationships>'
    sheet = _bin(129) + _bin(148, struct.pack("<IIII", 0, 100, 0, 10)) + _bin(145)
    for index, cells in rows:
        sheet += _bin(0, struct.pack("<III", index, 0, 0) + b"\0" * 13)
        for at, cell in enumerate(cells):
            place = struct.pack("<II", at, 0)
            sheet += (
                _bin(6, place + _wide(cell))
                if isinstance(cell, str)
                else _bin(5, place + struct.pack("<d", cell))
            )
    book = _bin(131) + _bin(143) + _bin(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet1"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", relation.format(kind + "/officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book + _bin(144) + _bin(132))
        archive.writestr(
            "xl/_rels/workbook.bin.rels", relation.format(kind + "/worksheet", "worksheets/sheet1.bin")
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet + _bin(146) + _bin(130))
    return out.getvalue()
