"""Rows below the header that are no records: totals, footers, the header printed again."""

import re
from functools import cache

from domain.imports.tables import BY_NAME, Kind
from gateways.spreadsheets.grid import Cell, as_text
from gateways.spreadsheets.header import Header
from gateways.spreadsheets.sheet import Skip
from gateways.spreadsheets.words import fold, folded, plain, words

_FIRST_COLUMNS = 2


@cache
def _totals() -> frozenset[str]:
    return folded(words()["rows"]["totals"])


@cache
def _footers() -> frozenset[str]:
    return folded(words()["rows"]["footers"])


def says_total(text: str) -> bool:
    """Whether a cell announces a total.

    >>> [says_total(t) for t in ("合 计：", "小计（华东）", "华东小计", "Grand Total", "Total Oil", "合计器")]
    [True, True, True, True, False, False]
    """
    flat = plain(text)
    if not flat or len(flat) > 40 or flat[0] in "=+-@":
        return False
    head = fold(re.split(r"[:(\[]", flat, maxsplit=1)[0])
    whole = fold(flat)
    hanzi = (word for word in _totals() if not word.isascii())
    return head in _totals() or whole in _totals() or any(whole.endswith(word) for word in hanzi)


def says_footer(text: str) -> bool:
    """Whether a cell is a signature, a print date or a remark under the table.

    >>> [says_footer(t) for t in ("制表人：王芳", "Prepared by: Ann", "备注", "Note 9 Pro")]
    [True, True, True, False]
    """
    head = re.split(r"[::]", plain(text), maxsplit=1)[0]
    return fold(head) in _footers() or bool(re.fullmatch(r"page\d+(of\d+)?|第\d+页(共\d+页)?", fold(text)))


@cache
def _ascii_hint() -> re.Pattern[str]:
    starts = {word[:4] for word in (*_totals(), *_footers()) if word.isascii()}
    return re.compile("|".join(sorted(starts | {"sub", "end"})), re.IGNORECASE)


class Leftovers:
    """Judges the rows of one sheet."""

    def __init__(self, header: Header) -> None:
        assigned = header.assigned
        table = BY_NAME[assigned.table]
        self._texts = header.texts
        self._names = {at: table.column(name) for name, at in assigned.columns.items()}
        start = next((at for at, text in enumerate(header.texts) if text), 0)
        self._front = range(start, start + _FIRST_COLUMNS)
        wanted = [at for at, column in self._names.items() if column.required]
        self._wanted = tuple(wanted or self._names)
        self._ours = (*self._names, *(month.position for month in assigned.months))

    def judge(self, row: list[Cell]) -> Skip | None:
        """Why the row is no record, or None."""
        for at in self._front:
            cell = row[at] if at < len(row) else ""
            if isinstance(cell, str) and cell and (why := self._words(cell, at, row)):
                return why
        if all(at >= len(row) or row[at] == "" for at in self._ours):
            return Skip.NO_DATA
        return None

    def _words(self, cell: str, at: int, row: list[Cell]) -> Skip | None:
        if at < len(self._texts) and cell.strip() == self._texts[at] and self._again(row):
            return Skip.REPEATED_HEADER
        if cell.isascii() and not _ascii_hint().search(cell):
            return None  # nearly every row
        if says_total(cell) and (self._is_code(at) or self._lacks(row, at)):
            return Skip.TOTAL
        return Skip.FOOTER if says_footer(cell) and self._lacks(row, at) else None

    def _again(self, row: list[Cell]) -> bool:
        return all(at < len(row) and as_text(row[at]) == self._texts[at] for at in self._names)

    def _is_code(self, at: int) -> bool:
        return at in self._names and self._names[at].kind != Kind.TEXT

    def _lacks(self, row: list[Cell], but: int) -> bool:
        """Whether a column that a record needs is empty: a customer may be called Total."""
        others = [at for at in self._wanted if at != but]
        return any(at >= len(row) or row[at] == "" for at in others)
