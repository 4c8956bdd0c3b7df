"""Periods a plan is made for: months, quarters and years, calendar or fiscal, and how people ask for them.

A fiscal year bears the number of the calendar year in which it ends: with a start in July, FY2020 runs
from 2019-07-01 to 2020-06-30. With a start in January it *is* the calendar year and compares equal.
Today always arrives as an argument. Spellings live in `period_words.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches

from domain.rules.period_words import (
    MONTH_NAMES,
    SUGGESTED_CHINESE,
    SUGGESTED_ENGLISH,
    PeriodKind,
    Spelled,
    chinese_months,
    is_fiscal,
    looks_like_period,
    plain,
    read,
)

__all__ = [
    "Period",
    "PeriodKind",
    "UnknownPeriod",
    "fiscal_quarter",
    "fiscal_year",
    "looks_like_period",
    "month",
    "parse_period",
    "period_at",
    "quarter",
    "shift_months",
    "split_who_and_period",
    "year",
]

YEARS = range(1990, 2101)
_MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year, from `first` to `last`, both included.

    `number` is the month 1..12 or quarter 1..4 of the year (1 for a year); `year` the calendar year, or the
    fiscal one where `start_month`, the first month of the fiscal year, is not January. ValueError where
    one of them does not exist. For rendering: `kind`, `year`, `number`, `fiscal`; `code` is the typed form.

    >>> autumn = fiscal_quarter(2020, 2, start_month=7)
    >>> autumn.code, autumn.first.isoformat(), autumn.last.isoformat()
    ('FY2020-Q2', '2019-10-01', '2019-12-31')
    """

    kind: PeriodKind
    year: int
    number: int = 1
    start_month: int = 1
    first: date = field(init=False, compare=False)
    last: date = field(init=False, compare=False)

    def __post_init__(self) -> None:
        length = _MONTHS_IN[self.kind]
        if not 1 <= self.number <= 12 // length:
            raise ValueError(f"no {self.kind} {self.number}")
        if not 1 <= self.start_month <= (1 if length == 1 else 12):
            raise ValueError(f"a {self.kind} cannot start its year in month {self.start_month}")
        begin = _origin(self.year, self.start_month) + (self.number - 1) * length
        object.__setattr__(self, "first", _first_of(begin))
        object.__setattr__(self, "last", _first_of(begin + length) - timedelta(days=1))

    @property
    def fiscal(self) -> bool:
        """Whether its year is a fiscal one that differs from the calendar's."""
        return self.start_month != 1

    @property
    def code(self) -> str:
        """The typed form, which `parse_period` reads back: 2019-08, 2019-Q3, 2019, FY2020-Q1, FY2020."""
        named = f"{'FY' if self.fiscal else ''}{self.year:04}"
        if self.kind is PeriodKind.YEAR:
            return named
        return f"{named}-Q{self.number}" if self.kind is PeriodKind.QUARTER else f"{named}-{self.number:02}"

    def months(self) -> "tuple[Period, ...]":
        """The calendar months it consists of, in order: 1, 3 or 12."""
        begin = _serial(self.first)
        return tuple(_month_at(begin + i) for i in range(_MONTHS_IN[self.kind]))

    def contains(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.first <= day <= self.last

    def closed_by(self, day: date) -> bool:
        """Whether it is over on `day`: its last day has passed. On its last day it is still open."""
        return self.last < day

    def shifted(self, n: int) -> "Period":
        """The n-th period of its kind after it (before it where negative).

        >>> month(2019, 11).shifted(3).code, quarter(2019, 1).shifted(-1).code
        ('2020-02', '2018-Q4')
        """
        per_year = 12 // _MONTHS_IN[self.kind]
        year_, rest = divmod(self.year * per_year + self.number - 1 + n, per_year)
        return Period(self.kind, year_, rest + 1, self.start_month)

    def previous(self) -> "Period":
        """The period just before it, of its kind (環比)."""
        return self.shifted(-1)

    def following(self) -> "Period":
        """The period just after it, of its kind."""
        return self.shifted(1)

    def year_before(self) -> "Period":
        """The same period one year earlier (同比); February 2020 (29 days) gives February 2019 (28).

        >>> month(2020, 2).year_before().last
        datetime.date(2019, 2, 28)
        """
        return Period(self.kind, self.year - 1, self.number, self.start_month)


class UnknownPeriod(ValueError):
    """What was typed (`text`) is no period from 1990 to 2100; `suggestions` are three that may be typed."""

    def __init__(self, text: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(f"{text!r} is no period; try {', '.join(suggestions)}")
        self.text = text
        self.suggestions = suggestions


def month(y: int, m: int) -> Period:
    """Month `m` (1..12) of year `y`; ValueError where there is none."""
    return Period(PeriodKind.MONTH, y, m)


def quarter(y: int, q: int) -> Period:
    """Calendar quarter `q` (1..4) of year `y`; ValueError where there is none."""
    return Period(PeriodKind.QUARTER, y, q)


def year(y: int) -> Period:
    """Calendar year `y`."""
    return Period(PeriodKind.YEAR, y)


def fiscal_year(y: int, start_month: int) -> Period:
    """The fiscal year that ends in calendar year `y` and starts in `start_month` (1: the calendar year).

    >>> fiscal_year(2020, 7).first.isoformat(), fiscal_year(2020, 1) == year(2020)
    ('2019-07-01', True)
    """
    return Period(PeriodKind.YEAR, y, 1, start_month)


def fiscal_quarter(y: int, q: int, start_month: int) -> Period:
    """Quarter `q` (1..4) of `fiscal_year(y, start_month)`; ValueError where there is none."""
    return Period(PeriodKind.QUARTER, y, q, start_month)


def period_at(kind: PeriodKind, day: date, *, start_month: int = 1) -> Period:
    """The period of that kind in which `day` lies; fiscal where `start_month` is not January.

    >>> period_at(PeriodKind.QUARTER, date(2019, 11, 15)).code
    '2019-Q4'
    >>> period_at(PeriodKind.YEAR, date(2019, 11, 15), start_month=7).code
    'FY2020'
    """
    start = 1 if kind is PeriodKind.MONTH else start_month
    year_ = day.year + (start > 1 and day.month >= start)
    gone = _serial(day) - _origin(year_, start)
    return Period(kind, year_, gone // _MONTHS_IN[kind] + 1, start)


def shift_months(day: date, n: int) -> date:
    """`day` moved by n months; a day the month does not have becomes its last.

    >>> shift_months(date(2020, 2, 29), -12), shift_months(date(2019, 12, 31), -3)
    (datetime.date(2019, 2, 28), datetime.date(2019, 9, 30))
    """
    target = _month_at(_serial(day) + n)
    return min(target.first + timedelta(days=day.day - 1), target.last)


def parse_period(text: str, *, today: date, fiscal_year_start: int) -> Period:
    """The period `text` spells: `2019`, `2019-Q3`, `FY2020-Q1`, `2019-08`, `month`, `Aug 2019`, `上月` ...

    Any case, width and script. `month`, `quarter`, `year` are the current calendar ones, `fy` (財年) the
    current fiscal one. A month or quarter without a year is the most recent one that has begun by
    `today`. A month of a fiscal year is the one within it. UnknownPeriod, with typed suggestions, for
    anything else and for years outside 1990..2100; ValueError where `fiscal_year_start` is no month.

    >>> def code(text):
    ...     return parse_period(text, today=date(2019, 11, 15), fiscal_year_start=7).code
    >>> code("q3 2019"), code("FY2020"), code("nov"), code("dec"), code("上個月"), code("２０１９年第３季")
    ('2019-Q3', 'FY2020', '2019-11', '2018-12', '2019-10', '2019-Q3')
    """
    spelled = read(text)
    found = None if spelled is None else _resolved(spelled, today, fiscal_year_start)
    if found is None:
        raise UnknownPeriod(text, _suggestions(text, today, fiscal_year_start))
    return found


def split_who_and_period(text: str, *, today: date, fiscal_year_start: int) -> tuple[str, Period | None]:
    """`[who] [period]` taken apart, in either order: the longest ending, else beginning, that is a period.

    What is left, with its spaces made single, is who; "" where nothing is. Chinese needs no space between
    the two. UnknownPeriod where the period is wrong ("2019-13"), or what is left is a second one,
    rather than taking it for a name.

    >>> def split(text):
    ...     who, period = split_who_and_period(text, today=date(2019, 11, 15), fiscal_year_start=7)
    ...     return who, period and period.code
    >>> split("United Kingdom 2019-Q3"), split("2019-11 me"), split("east last month"), split("")
    (('United Kingdom', '2019-Q3'), ('me', '2019-11'), ('east', '2019-10'), ('', None))
    >>> split("華東上月"), split("@li.hua")
    (('華東', '2019-10'), ('@li.hua', None))
    """
    text = " ".join(text.split())
    for who, spelling in _splits(text):
        if read(spelling) is not None:
            found = parse_period(spelling, today=today, fiscal_year_start=fiscal_year_start)
            if _wrong_ends(who):
                raise UnknownPeriod(text, _suggestions(spelling, today, fiscal_year_start))
            return who, found
    for wrong in _wrong_ends(text):
        raise UnknownPeriod(wrong, _suggestions(wrong, today, fiscal_year_start))
    return text, None


_LONGEST_SPELLING = 32


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Every (who, spelling) that `text` may be made of: endings first, then beginnings, longest first."""
    cuts = range(len(text) + 1)
    for i in cuts[max(0, len(text) - _LONGEST_SPELLING) : -1]:
        apart = i == 0 or text[i - 1] == " "
        if apart or (_glued(text, i) and not text[i - 1].isdecimal() and len(text) - i > 1):
            yield text[:i].rstrip(), text[i:]
    for i in reversed(cuts[1 : min(len(text), _LONGEST_SPELLING + 1)]):
        if text[i] == " " or (_glued(text, i) and not text[i].isdecimal() and i > 1):
            yield text[i:].lstrip(), text[:i]


def _glued(text: str, i: int) -> bool:
    """Whether a word may end before position i without a space: next to a Chinese character."""
    return any("\u3400" <= sign <= "\u9fff" for sign in text[i - 1 : i + 1])


def _wrong_ends(text: str) -> list[str]:
    """The last and the first word where they mean to be a period in figures: no name."""
    ends = [text.rpartition(" ")[2], text.partition(" ")[0]]
    return [word for word in ends if any(map(str.isdecimal, word)) and looks_like_period(word)]


def _resolved(spelled: Spelled, today: date, fiscal_year_start: int) -> Period | None:
    """The period a spelling means on `today`; None for a month 13, a quarter 5 or a year out of range."""
    if not 1 <= fiscal_year_start <= 12:
        raise ValueError(f"no month {fiscal_year_start} for the fiscal year to start in")
    start = fiscal_year_start if spelled.fiscal else 1
    if spelled.number is None and spelled.year is None:
        found = period_at(spelled.kind, today, start_month=start).shifted(spelled.shift or 0)
    elif spelled.number is not None and not 1 <= spelled.number <= 12 // _MONTHS_IN[spelled.kind]:
        return None
    else:
        found = _numbered(spelled, today, start)
    return found if found.year in YEARS else None


def _numbered(spelled: Spelled, today: date, start: int) -> Period:
    """A numbered month or quarter, or a written year; without a year the most recent one begun by `today`."""
    current = period_at(PeriodKind.YEAR, today, start_month=start).year
    if spelled.year is not None:
        return _within(spelled, spelled.year, start)
    found = _within(spelled, current + (spelled.shift or 0), start)
    later = spelled.shift is None and found.first > today
    return found.year_before() if later else found


def _within(spelled: Spelled, year_: int, start: int) -> Period:
    """The spelled part of one calendar or fiscal year: the year itself, its quarter or its month."""
    if spelled.kind is PeriodKind.MONTH:
        return next(part for part in fiscal_year(year_, start).months() if part.number == spelled.number)
    return Period(spelled.kind, year_, spelled.number or 1, start)


def _suggestions(text: str, today: date, fiscal_year_start: int) -> tuple[str, ...]:
    """The three valid spellings nearest to `text`; the current month, quarter and year fill up the rest."""
    wanted, written = plain(text)[:_LONGEST_SPELLING], read(text)
    near = written.year if written and written.year and written.year in YEARS else today.year
    start = fiscal_year_start if is_fiscal(wanted) else 1
    codes = [period.code for year_ in {near, near + (start > 1)} for period in _all_of(year_, start)]
    typed = {plain(code): code for code in codes}
    if any(_glued(wanted, i) for i in range(1, len(wanted) + 1)):
        typed |= {plain(word): word for word in (*SUGGESTED_CHINESE, *chinese_months(near))}
    else:
        names = [(name[:n], m) for m, name in enumerate(MONTH_NAMES, start=1) for n in (3, len(name))]
        typed |= {word: word for word in SUGGESTED_ENGLISH} | {
            name: _begun(m, today).code for name, m in names
        }
    nearest = (typed[match] for match in get_close_matches(wanted, typed, 4, 0.5))
    return tuple(dict.fromkeys([*nearest, *(period_at(kind, today).code for kind in PeriodKind)]))[:3]


def _begun(m: int, today: date) -> Period:
    """The most recent month `m` that has begun by `today`."""
    return month(today.year - (m > today.month), m)


def _all_of(year_: int, start: int) -> Iterator[Period]:
    """A year, its quarters and its months; of a fiscal year no months, spelled as the calendar's."""
    yield fiscal_year(year_, start)
    yield from (fiscal_quarter(year_, q, start) for q in (1, 2, 3, 4))
    if start == 1:
        yield from (month(year_, m) for m in range(1, 13))


def _serial(day: date) -> int:
    """Months counted from year 0: consecutive months are consecutive numbers."""
    return day.year * 12 + day.month - 1


def _origin(year_: int, start_month: int) -> int:
    """The serial of the month in which a year, named by the calendar year of its end, begins."""
    return (year_ - (start_month > 1)) * 12 + start_month - 1


def _first_of(serial: int) -> date:
    return date(serial // 12, serial % 12 + 1, 1)


def _month_at(serial: int) -> Period:
    return month(serial // 12, serial % 12 + 1)
