"""Comma, semicolon, tab and bar separated text into rows of cells."""

import csv
import io
from collections.abc import Iterator

from domain.imports.problems import Reason
from gateways.spreadsheets.limits import CELLS, COLUMNS, HEADER_ROWS, ROWS
from gateways.spreadsheets.refusal import Refusal

_MARKS = ",;\t|"
_SNIFFED_LINES = 20


def check_lines(raw: bytes) -> None:
    """Refuse by counting line ends before anything is decoded; quoted line breaks get the benefit of four."""
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    if lines > 4 * ROWS:
        raise Refusal(Reason.TOO_MANY_ROWS, str(ROWS), str(lines))


def _widths(text: str, mark: str) -> list[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    widths: list[int] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                widths.append(len(row))
            if len(widths) == _SNIFFED_LINES:
                break
    except csv.Error:
        return []
    return widths


def sniff(text: str) -> str:
    r"""The delimiter that cuts the first lines into the same number of pieces most often.

    >>> sniff("a;b;c\n1,5;2;3\n"), sniff("a\tb\n1,2\t3,4\n"), sniff("title\na,b\n1,2\n"), sniff("one\ntwo")
    (';', '\t', ',', ',')
    """
    sample = text[:50_000]
    scores = []
    for mark in _MARKS:
        widths = _widths(sample, mark)
        several = [width for width in widths if width > 1]
        if several:
            common = max(set(several), key=several.count)
            scores.append((several.count(common) / len(widths), common, mark))
    return max(scores)[2] if scores else ","


def _announced(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, which it hides and does not count as a row."""
    head, _, rest = text[:8].partition("\n")
    bare = head.strip().strip('"').casefold()
    if len(bare) == 5 and bare.startswith("sep=") and bare[4] in _MARKS:
        return bare[4], text[text.index("\n") + 1 :] if rest or "\n" in text else ""
    return "", text


def read_delimited(text: str) -> list[list[str]]:
    """All rows, blank ones included: the list index is Excel's row number minus one."""
    mark, text = _announced(text)
    mark = mark or sniff(text)
    _check_size(text, mark)
    try:
        return list(_rows(text, mark, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Refusal(Reason.NOT_A_SPREADSHEET, "open_quote") from error
    try:
        return list(_rows(text, mark, strict=False))  # a stray quote inside a cell: 2" pipe
    except csv.Error as error:
        raise Refusal(Reason.NOT_A_SPREADSHEET, "open_quote") from error


def _check_size(text: str, mark: str) -> None:
    """Refuse before cells are made of the text: they take ten times its memory."""
    cells, lines = text.count(mark), max(text.count("\n"), text.count("\r"))
    if cells > CELLS:
        raise Refusal(Reason.TOO_LARGE, str(CELLS), str(cells), "cells")
    if lines > ROWS + HEADER_ROWS:
        try:
            lines = sum(1 for _ in csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        except csv.Error as error:
            raise Refusal(Reason.NOT_A_SPREADSHEET, "open_quote") from error
    if lines > ROWS + HEADER_ROWS:
        raise Refusal(Reason.TOO_MANY_ROWS, str(ROWS), str(lines))


def _rows(text: str, mark: str, *, strict: bool) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict):
        if len(row) > COLUMNS:
            raise Refusal(Reason.TOO_LARGE, str(COLUMNS), str(len(row)), "columns")
        yield row
