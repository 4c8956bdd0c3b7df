"""Targets as people lay them out: one row for each person, one column for each month."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gateways.spreadsheets.dates import FIXED, month_of_year, read_month
from gateways.spreadsheets.words import fold, folded, plain, words

_LEAST_MONTHS = 2
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_ROC_YEAR = re.compile(r"(?:民國|民国)\s?(\d{2,3})\s?年?")
_FAR_PAST = dt.date(2000, 1, 1)  # headers carry four-digit years; two digits count from here


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """A column of amounts; `year` is None where the header gives the month alone."""

    position: int
    month: int
    year: int | None = None


def _month(text: str) -> tuple[int, int | None] | None:
    if not text or len(text) > 24:
        return None
    named = month_of_year(text)
    if named:
        return named, None
    flat = plain(text)
    if not any(char.isdigit() for char in flat) or re.fullmatch(r"\d{1,5}(\.\d+)?|\d{7,}", flat):
        return None
    found = read_month(flat, _FAR_PAST).get(FIXED)
    return (found.month, found.year) if found else None


def find_months(texts: Sequence[str]) -> tuple[MonthColumn, ...]:
    """The month columns of a header row.

    >>> [(m.month, m.year) for m in find_months(["姓名", "1月", "2月", "合计"])]
    [(1, None), (2, None)]
    >>> [(m.month, m.year) for m in find_months(["Person", "2026-01", "Feb 2026"])]
    [(1, 2026), (2, 2026)]
    """
    found = ((position, _month(text)) for position, text in enumerate(texts))
    months = tuple(MonthColumn(position, *month) for position, month in found if month)
    return months if len(months) >= _LEAST_MONTHS or len(texts) == 1 else ()


def says_year(text: str) -> bool:
    """Whether the header is that of a `year` column."""
    return fold(text) in folded(words()["year"]["headers"])


def year_in(texts: Iterable[str]) -> int | None:
    """The one year that the first of the texts to name a year names.

    >>> year_in(["销售目标", "2026年度"]), year_in(["民國115年目標"]), year_in(["2025-2026"])
    (2026, 2026, None)
    """
    for text in texts:
        flat = plain(text)
        years = {int(year) for year in _YEAR.findall(flat)} | {int(y) + 1911 for y in _ROC_YEAR.findall(flat)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None
