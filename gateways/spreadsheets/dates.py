"""Dates and months as people write them. A text yields every reading it has; the column decides."""

import datetime as dt
import re
from collections.abc import Callable
from functools import partial

from gateways.spreadsheets.words import fold, month_words, plain

FIXED = "fixed"  # the text can be read in one way only
DMY, MDY, YMD = "dmy", "mdy", "ymd"
AD, ROC = "ad", "roc"
Readings = dict[str, dt.date]

SERIALS = range(18_264, 91_313)  # 1950 to 2149, base 1899-12-30
_EPOCH_1904_DAYS = 1462
_ROC_OFFSET = 1911
_AHEAD_YEARS = 4

_TIME = re.compile(
    r"[t\s]*(?:上午|下午|am|pm)?\s*\d{1,2}[:时時点點]\s*\d{2}分?(?:[:]?\d{2}秒?(?:[.,]\d+)?)?"
    r"\s*(?:am|pm)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$"
)
_WEEKDAY = re.compile(
    r"\(?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号號]?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ROC_MARKED = re.compile(
    r"(?:中華)?(?:民國|民国|roc)\s?(\d{1,3})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号號]?"
)
_ROC_BARE = re.compile(r"(1\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号號]?")
_ROC_SEVEN = re.compile(r"(1\d{2})(\d{2})(\d{2})")
_SHORT_CHINESE = re.compile(r"(\d{2})年(\d{1,2})月(\d{1,2})[日号號]?")
_TRIPLE = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]*([^\W\d]+)\.?[\s,./-]*(\d{4}|\d{2})")
_WORD_DAY = re.compile(r"([^\W\d]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_YEAR_WORD_DAY = re.compile(r"(\d{4})[\s./-]*([^\W\d]+)[\s./-]*(\d{1,2})")
_NO_YEAR = re.compile(r"(\d{1,2})[月/.-](\d{1,2})[日号號]?")

_YEAR_MONTH = re.compile(r"(\d{4})\s?(?:[-/.年]|-?m)\s?(\d{1,2})\s?(?:月份?)?")
_SIX = re.compile(r"(\d{4})(\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{4})")
_WORD_YEAR = re.compile(r"([^\W\d]+)[\s.,/'’-]*(\d{4}|\d{2})")
_YEAR_WORD = re.compile(r"(\d{4})[\s.,/-]*([^\W\d]+)")
_ROC_MONTH = re.compile(r"(?:中華)?(?:民國|民国|roc)?\s?(\d{2,3})\s?年\s?(\d{1,2})\s?月份?")
_ROC_FIVE = re.compile(r"(1\d{2})(\d{2})")


def _day(year: int, month: int, day: int) -> dt.date | None:
    if not 1950 <= year <= 2149:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _full_year(year: str, today: dt.date) -> int:
    """Two digits mean the year at most 30 ahead of `today`, else the century before."""
    if len(year) != 2:
        return int(year)
    latest = today.year + 30
    return latest - (latest - int(year)) % 100


def _only(key: str, *dated: tuple[str, dt.date | None]) -> Readings:
    found = {name or key: day for name, day in dated if day is not None}
    return {FIXED: next(iter(found.values()))} if key == FIXED and found else found


def from_serial(number: float, *, epoch_1904: bool = False) -> dt.date | None:
    """The day of an Excel serial number; None outside 1950 to 2149.

    >>> from_serial(46300), from_serial(44838, epoch_1904=True), from_serial(12)
    (datetime.date(2026, 10, 5), datetime.date(2026, 10, 5), None)
    """
    days = int(number) + (_EPOCH_1904_DAYS if epoch_1904 else 0)
    return dt.date(1899, 12, 30) + dt.timedelta(days=days) if days in SERIALS else None


def _triple(match: re.Match[str], today: dt.date) -> Readings:
    first, mark, second, last = match.groups()
    year, a, b = _full_year(last, today), int(first), int(second)
    day_first = _day(year, b, a)
    if mark == "." and len(last) == 4 and day_first is not None:
        return {FIXED: day_first}  # nobody writes 10.05.2026 with the month in front
    dated = [(DMY, day_first)]
    if mark != "." or day_first is None:
        dated.append((MDY, _day(year, a, b)))
    if len(last) == 2 and len(first) == 2:
        dated.append((YMD, _day(_full_year(first, today), b, int(last))))
    return _soon(_only("", *dated), today) if len(last) == 2 else _only("", *dated)


def _soon(found: Readings, today: dt.date) -> Readings:
    """Of two-digit years, the readings that are not years ahead; all where every one is."""
    near = {order: day for order, day in found.items() if day.year <= today.year + _AHEAD_YEARS}
    return near or found


def _short_chinese(match: re.Match[str], today: dt.date) -> Readings:
    year, month, day = (int(part) for part in match.groups())
    since = _day(year + _ROC_OFFSET, month, day)
    ad = _day(_full_year(match[1], today), month, day)
    recent = [
        (name, found) for name, found in ((AD, ad), (ROC, since)) if found and found.year >= today.year - 40
    ]
    return _only("", *recent)


def _parts(order: str, match: re.Match[str], offset: int = 0) -> Readings:
    at = {key: int(match[order.index(key) + 1]) for key in "ymd"}
    return _only(FIXED, ("", _day(at["y"] + offset, at["m"], at["d"])))


def _worded(order: str, match: re.Match[str], today: dt.date) -> Readings:
    month = month_words().get(fold(match[order.index("m") + 1]))
    year = _full_year(match[order.index("y") + 1], today)
    return _only(FIXED, ("", _day(year, month, int(match[order.index("d") + 1])))) if month else {}


_Reader = Callable[[re.Match[str]], Readings]


def _date_readers(today: dt.date) -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    return (
        (_YEAR_FIRST, partial(_parts, "ymd")),
        (_EIGHT, partial(_parts, "ymd")),
        (_ROC_MARKED, partial(_parts, "ymd", offset=_ROC_OFFSET)),
        (_ROC_BARE, partial(_parts, "ymd", offset=_ROC_OFFSET)),
        (_ROC_SEVEN, partial(_parts, "ymd", offset=_ROC_OFFSET)),
        (_SHORT_CHINESE, partial(_short_chinese, today=today)),
        (_TRIPLE, partial(_triple, today=today)),
        (_DAY_WORD, partial(_worded, "dmy", today=today)),
        (_WORD_DAY, partial(_worded, "mdy", today=today)),
        (_YEAR_WORD_DAY, partial(_worded, "ymd", today=today)),
    )


def read_date(text: str, today: dt.date, *, epoch_1904: bool = False) -> Readings:
    """Every day the text can mean, by the order that gives it (`fixed`: only one); empty: no date.

    >>> today = dt.date(2026, 10, 5)
    >>> read_date("2026年10月5日", today), read_date("5 Oct 2026 10:30", today)
    ({'fixed': datetime.date(2026, 10, 5)}, {'fixed': datetime.date(2026, 10, 5)})
    >>> read_date("03/04/2026", today)
    {'dmy': datetime.date(2026, 4, 3), 'mdy': datetime.date(2026, 3, 4)}
    >>> read_date("民國115年10月5日", today), read_date("46300", today), read_date("soon", today)
    ({'fixed': datetime.date(2026, 10, 5)}, {'fixed': datetime.date(2026, 10, 5)}, {})
    """
    text = _TIME.sub("", _WEEKDAY.sub("", plain(text).casefold())).strip()
    if len(text) > 40 or not text:
        return {}
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _only(FIXED, ("", from_serial(float(text), epoch_1904=epoch_1904)))
    for pattern, reader in _date_readers(today):
        match = pattern.fullmatch(text)
        if match and (found := reader(match)):
            return found
    return {}


def without_year(text: str, today: dt.date) -> dt.date | None:
    """What 10月5日 would be this year: a hint, never a value."""
    match = _NO_YEAR.fullmatch(plain(text))
    return _day(today.year, int(match[1]), int(match[2])) if match else None


def _first(year: int, month: int | None) -> Readings:
    return _only(FIXED, ("", _day(year, month, 1))) if month else {}


def _roc_month(match: re.Match[str], today: dt.date) -> Readings:
    year = int(match[1])
    if year >= 100 or "国" in match[0] or "國" in match[0]:
        return _first(year + _ROC_OFFSET, int(match[2]))
    return _first(_full_year(match[1], today), int(match[2]))


def _month_readers(today: dt.date) -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    return (
        (_YEAR_MONTH, lambda m: _first(int(m[1]), int(m[2]))),
        (_SIX, lambda m: _first(int(m[1]), int(m[2]))),
        (_MONTH_YEAR, lambda m: _first(int(m[2]), int(m[1]))),
        (_YEAR_WORD, lambda m: _first(int(m[1]), month_words().get(fold(m[2])))),
        (_WORD_YEAR, lambda m: _first(_full_year(m[2], today), month_words().get(fold(m[1])))),
        (_ROC_MONTH, partial(_roc_month, today=today)),
        (_ROC_FIVE, lambda m: _first(int(m[1]) + _ROC_OFFSET, int(m[2]))),
    )


def read_month(text: str, today: dt.date, *, epoch_1904: bool = False) -> Readings:
    """Every month the text can mean, as its first day; a whole date means its month.

    >>> today = dt.date(2026, 10, 5)
    >>> {read_month(t, today)["fixed"].isoformat() for t in ("2026年10月", "Oct 2026", "202610", "10/2026")}
    {'2026-10-01'}
    >>> read_month("13/2026", today)
    {}
    """
    text = plain(text).casefold()
    for pattern, reader in _month_readers(today):
        match = pattern.fullmatch(text)
        if match and (found := reader(match)):
            return found
    days = read_date(text, today, epoch_1904=epoch_1904)
    months = {order: day.replace(day=1) for order, day in days.items()}
    return {FIXED: next(iter(months.values()))} if len(set(months.values())) == 1 else months


def month_of_year(text: str) -> int | None:
    """1 to 12 where the text names a month without a year.

    >>> month_of_year("3月"), month_of_year("Sept."), month_of_year("十二月"), month_of_year("Q1")
    (3, 9, 12, None)
    """
    return month_words().get(fold(text))


def deciding_orders(readings: list[Readings]) -> frozenset[str]:
    """The orders that fit every ambiguous-looking cell of a column; empty where cells contradict.

    >>> today = dt.date(2026, 1, 1)
    >>> sorted(deciding_orders([read_date(t, today) for t in ("03/04/2026", "25/04/2026")]))
    ['dmy']
    >>> sorted(deciding_orders([read_date(t, today) for t in ("25/04/2026", "04/25/2026", "03/04/2026")]))
    []
    """
    open_ones = [frozenset(found) for found in readings if found and FIXED not in found]
    return frozenset.intersection(*open_ones) if open_ones else frozenset()


def resolve(found: Readings, orders: frozenset[str]) -> tuple[dt.date, ...]:
    """The days that remain: one is the answer, several are the hints of an ambiguous cell."""
    fitting = {order: day for order, day in found.items() if order == FIXED or order in orders}
    return tuple(sorted(set((fitting or found).values())))
