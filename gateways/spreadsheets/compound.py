"""The container of .xls (MS-CFB) and its records (MS-XLS), to judge a file before calamine opens it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.imports.problems import Reason
from gateways.spreadsheets.extent import check_area
from gateways.spreadsheets.refusal import Refusal

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFA  # this and above name no sector
_MINI_LIMIT = 4096

_FILEPASS, _DATE_1904, _BOF, _ROW = 0x2F, 0x22, 0x809, 0x208
_BOUND_SHEET = 0x85
# Records that fill one cell (row, column in front) and those that fill several (last column at the end).
_ONE_CELL = frozenset((0x203, 0x204, 0x205, 0x27E, 0xFD, 0x06, 0xD6))
_MANY_CELLS = 0xBD
_ERROR_CELL, _FORMULA = 0x205, 0x06
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class BiffSheet:
    """What the records of one sheet say: hidden rows (from 1) and error values by (row, column) from 0."""

    hidden: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class Biff:
    """A judged .xls: its sheets by offset order, and its date base."""

    epoch_1904: bool = False
    sheets: list[BiffSheet] = field(default_factory=list)


class Compound:
    """A compound file: streams by upper-case name. Damage raises `Refusal`, never an endless chain."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        try:
            self._open()
        except (struct.error, IndexError, UnicodeDecodeError, OverflowError) as error:
            raise Refusal(Reason.NOT_A_SPREADSHEET, "broken") from error

    def _open(self) -> None:
        shift, mini_shift = struct.unpack_from("<HH", self._raw, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Refusal(Reason.NOT_A_SPREADSHEET, "broken")
        self._size = 1 << shift
        directory, _, _, mini_fat, _, difat, difat_count = struct.unpack_from("<7I", self._raw, 48)
        sectors = list(struct.unpack_from("<109I", self._raw, 76))
        for _ in range(min(difat_count, 1000)):
            entries = struct.unpack(f"<{self._size // 4}I", self._sector(difat))
            sectors += entries[:-1]
            difat = entries[-1]
        fat = b"".join(self._sector(s) for s in sectors if s < _END_OF_CHAIN)
        self._fat = struct.unpack(f"<{len(fat) // 4}I", fat)
        mini = self._chain(mini_fat)
        self._mini_fat = struct.unpack(f"<{len(mini) // 4}I", mini)
        self._entries = self._read_directory(self._chain(directory))
        root = self._entries.get("ROOT ENTRY", (0xFFFFFFFF, 0))
        self._mini_stream = self._chain(root[0])

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._raw[start : start + self._size]
        if not sector:
            raise Refusal(Reason.NOT_A_SPREADSHEET, "broken")
        return sector.ljust(self._size, b"\0")  # the last one may be cut short

    def _chain(self, number: int) -> bytes:
        found: list[bytes] = []
        while number < _END_OF_CHAIN:
            if len(found) > len(self._fat):
                raise Refusal(Reason.NOT_A_SPREADSHEET, "broken")
            found.append(self._sector(number))
            number = self._fat[number]
        return b"".join(found)

    @staticmethod
    def _read_directory(raw: bytes) -> dict[str, tuple[int, int]]:
        entries = {}
        for at in range(0, len(raw) - 127, 128):
            length = struct.unpack_from("<H", raw, at + 64)[0]
            if raw[at + 66] and 2 <= length <= 64:
                name = raw[at : at + length - 2].decode("utf-16-le")
                start, size = struct.unpack_from("<II", raw, at + 116)
                entries[name.upper()] = (start, size)
        return entries

    def __contains__(self, name: str) -> bool:
        return name.upper() in self._entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; empty where there is none."""
        start, size = self._entries.get(name.upper(), (0xFFFFFFFF, 0))
        try:
            if size >= _MINI_LIMIT:
                return self._chain(start)[:size]
            found = b""
            while start < _END_OF_CHAIN and len(found) < size:
                found += self._mini_stream[start * 64 : start * 64 + 64]
                start = self._mini_fat[start]
            return found[:size]
        except IndexError as error:
            raise Refusal(Reason.NOT_A_SPREADSHEET, "broken") from error


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, offset of the body and length of each record."""
    at, end = 0, len(stream) - 4
    while at <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _error_code(stream: bytes, kind: int, at: int, length: int) -> str:
    """The error a cell shows; empty where it shows none."""
    if kind == _ERROR_CELL and length >= 8 and stream[at + 7]:
        return _ERRORS.get(stream[at + 6], "#N/A")
    if kind == _FORMULA and length >= 14 and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
        return _ERRORS.get(stream[at + 8], "#N/A")
    return ""


def judge_biff(stream: bytes) -> Biff:
    """Walk the records of a Workbook stream; `Refusal` for a password or a rectangle that is too large."""
    biff = Biff()
    try:
        _walk(stream, biff)
    except struct.error as error:
        raise Refusal(Reason.NOT_A_SPREADSHEET, "broken") from error
    return biff


def _walk(stream: bytes, biff: Biff) -> None:
    substreams: dict[int, BiffSheet] = {}
    offsets: list[int] = []
    sheet, rows, columns = BiffSheet(), 0, 0
    for kind, at, length in _records(stream):
        if kind == _BOF:
            sheet, rows, columns = BiffSheet(), 0, 0
            substreams[at - 4] = sheet
        elif kind == _FILEPASS:
            raise Refusal(Reason.ENCRYPTED)
        elif kind == _DATE_1904 and length >= 2:
            biff.epoch_1904 = stream[at] == 1
        elif kind == _BOUND_SHEET and length >= 4:
            offsets.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == _ROW and length >= 16:
            if struct.unpack_from("<H", stream, at + 12)[0] & 0x20:
                sheet.hidden.add(struct.unpack_from("<H", stream, at)[0] + 1)
        elif (kind in _ONE_CELL or kind == _MANY_CELLS) and length >= 6:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind == _MANY_CELLS:
                column = struct.unpack_from("<H", stream, at + length - 2)[0]
            elif code := _error_code(stream, kind, at, length):
                sheet.errors[row, column] = code
            if row >= rows or column >= columns:
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                check_area(rows, columns)
    biff.sheets = [substreams.get(offset, BiffSheet()) for offset in offsets]


def open_compound(raw: bytes) -> Biff:
    """Judge the bytes of an OLE file; `Refusal` where it is encrypted or no workbook."""
    compound = Compound(raw)
    if "EncryptedPackage" in compound or "EncryptionInfo" in compound:
        raise Refusal(Reason.ENCRYPTED)
    for name in ("Workbook", "Book"):
        if name in compound:
            return judge_biff(compound.stream(name))
    looks = "doc" if "WordDocument" in compound else "ppt" if "PowerPoint Document" in compound else "ole"
    raise Refusal(Reason.NOT_A_SPREADSHEET, looks)
