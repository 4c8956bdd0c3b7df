"""What can be told of a worksheet part before calamine builds its grid, and what calamine does not tell.

Two cells, A1 and XFD1048576, in a 5 kB file make calamine ask for 550 GB and abort the process; its grid is
the dense rectangle around all filled cells. So the rectangle is measured first, on the bytes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from domain.imports.problems import Reason
from gateways.spreadsheets.limits import CELLS, COLUMNS, HEADER_ROWS, ROWS
from gateways.spreadsheets.refusal import Refusal

Position = tuple[int, int]  # row and column, both from zero

_WINDOW = 2 * 1024 * 1024
# Attributes may hold a raw ">", so blank cells (<c ... />) are told by the grammar of what follows.
_ATTRIBUTE = rb"""\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
_REF = rb"""\br\s*=\s*["']\s*([A-Za-z]{1,4})(\d{1,9})\s*["']"""
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_ROW_START = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["']\s*(\d{1,9})""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_FILLED = re.compile(_REF + rb"(?!(?:" + _ATTRIBUTE + rb"){0,20}\s*/>)")
_FAR = re.compile(rb"""\br\s*=\s*["']\s*(?:[A-Za-z]{2,}\d|[A-Za-z]*(?:[2-9]\d{5}|\d{7}))""")
# The same where attributes are spelled as every known program does: ten times as fast.
_FAR_USUAL = re.compile(rb"""r="(?:[A-Za-z]{2,}\d|[A-Za-z]*(?:[2-9]\d{5}|\d{7}))""")
_UNUSUAL = (b"r =", b"r= ", b"r='", b":c ", b":c>")
_BLANKS = bytes.maketrans(b"\t\r\n", b"   ")
_UNNAMED = re.compile(rb"<(?:\w+:)?c(?![\w:.-])(?!\s+r\s*=)")  # a cell whose reference is not its first word
_FORMULA = rb"<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^<>]{0,300}" + _REF + rb""")[^<>]{0,300}\bt\s*=\s*["']e["'][^<>]{0,300}>"""
    rb"(?:" + _FORMULA + rb")?\s*<(?:\w+:)?v>([^<]*)<"
)
_UNCACHED = re.compile(
    rb"<(?:\w+:)?c\b[^<>]{0,300}?"
    + _REF
    + rb"[^<>]{0,300}>\s*"
    + _FORMULA
    + rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass(slots=True)
class Extent:
    """The measured sheet: hidden rows, error values and formulas that were never calculated."""

    hidden: set[int] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    uncached: set[Position] = field(default_factory=set)
    text_cells: int = 0  # references to shared strings
    rows: int = 0
    last: list[int] = field(default_factory=lambda: [0, 0])

    def cover(self, row: int, column: int) -> None:
        """Let the rectangle hold this cell; `Refusal` where it grows past what may be built."""
        if row > self.last[0] or column > self.last[1]:
            self.last = [max(self.last[0], row), max(self.last[1], column)]
            check_area(self.last[0] + 1, self.last[1] + 1)


def check_area(rows: int, columns: int) -> None:
    """Refuse a rectangle that nobody fills by hand and no memory should hold."""
    if rows > ROWS + HEADER_ROWS:
        raise Refusal(Reason.TOO_MANY_ROWS, str(ROWS), str(rows))
    if columns > COLUMNS or rows * columns > CELLS:
        raise Refusal(Reason.TOO_LARGE, str(CELLS), str(rows * columns), "cells")


@lru_cache(maxsize=2_000)
def column_number(letters: bytes) -> int:
    """A, B, ... as a count from zero.

    >>> column_number(b"A"), column_number(b"xfd")
    (0, 16383)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def windows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in larger pieces that never split a cell."""
    pending = b""
    for chunk in chunks:
        pending += chunk
        if len(pending) < _WINDOW:
            continue
        cut = max(pending.rfind(b"</c>") + 4, pending.rfind(b":c>") + 3, pending.rfind(b"<row"))
        if cut > 4:
            yield pending[:cut]
            pending = pending[cut:]
        elif len(pending) > 8 * _WINDOW:
            raise Refusal(Reason.TOO_LARGE, str(8 * _WINDOW), str(len(pending)))
    yield pending


def measure(part: Callable[[], Iterable[bytes]]) -> Extent:
    """Read a worksheet part (xml); raises `Refusal` for what must not be loaded."""
    extent = Extent()
    far = False
    for number, window in enumerate(windows(part())):
        if number == 0 and (b"\0" in window[:200] or b"<!DOCTYPE" in window[:4096]):
            raise Refusal(Reason.NOT_A_SPREADSHEET, "broken")
        _measure_rows(window, extent)
        _measure_cells(window, extent)
        far = far or _stands_out(window)
    if far:
        _measure_rectangle(part(), extent)
    return extent


def _stands_out(window: bytes) -> bool:
    """Whether some cell stands beyond column Z or row 199,999, or does not say where it stands."""
    flat = window.translate(_BLANKS)
    if any(spelling in flat for spelling in _UNUSUAL):
        return _FAR.search(window) is not None or _UNNAMED.search(window) is not None
    cells = flat.count(b"<c ") + flat.count(b"<c>") + flat.count(b"<c/")
    unnamed = cells != flat.count(b'<c r="') and _UNNAMED.search(flat) is not None
    return unnamed or _FAR_USUAL.search(flat) is not None


def _measure_rectangle(chunks: Iterable[bytes], extent: Extent) -> None:
    # Only where some cell stands out: it takes a second per million cells.
    rows = width = 0
    for window in windows(chunks):
        for match in _FILLED.finditer(window):
            extent.cover(int(match[2]) - 1, column_number(match[1]))
        if not _UNNAMED.search(window) and not width:
            continue
        # Cells without a reference take the next place of their row.
        for number, piece in enumerate(_ROW_START.split(window)):
            named = _ROW_NUMBER.match(piece[:40].lstrip()) if number else None
            rows = int(named[1]) if named else rows + bool(number)
            width = piece.count(b"<c") + piece.count(b":c") + (0 if number else width)
            if width:
                extent.cover(max(rows, 1) - 1, width - 1)


def _measure_rows(window: bytes, extent: Extent) -> None:
    for match in _ROW.finditer(window):
        attributes = match[1]
        if attributes.endswith(b"/"):
            continue
        extent.rows += 1
        if b"hidden" in attributes and _HIDDEN.search(attributes):
            numbered = _ROW_NUMBER.search(attributes)
            extent.hidden.add(int(numbered[1]) if numbered else extent.rows)
    # Cells may carry no reference and take the next place: their rows are then counted, not named.
    if extent.rows > ROWS + HEADER_ROWS:
        raise Refusal(Reason.TOO_MANY_ROWS, str(ROWS), str(extent.rows))


def _measure_cells(window: bytes, extent: Extent) -> None:
    extent.text_cells += window.count(b't="s"') + window.count(b"t='s'")
    if b'"e"' in window or b"'e'" in window:
        for match in _ERROR.finditer(window):
            extent.errors[int(match[2]) - 1, column_number(match[1])] = match[3].decode("utf-8", "replace")
    if b"<f" in window or b":f" in window:
        for match in _UNCACHED.finditer(window):
            extent.uncached.add((int(match[2]) - 1, column_number(match[1])))
