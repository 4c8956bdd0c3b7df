"""Seasonal shape of sales: how a period usually fills up, and what each month of a year is worth.

`Curve` answers "which share of a month is usually sold by its n-th working day"; `MonthlyIndex` is the
SI_m of domain.md 4.2 per working day, for quarters and years. Both say when they know too little and
fall back to an even course, and neither ever falls: a share once reached stays reached.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

from domain.rules.periods import Period, month
from domain.rules.working_days import Calendar

ZERO, ONE = Decimal(0), Decimal(1)
MIN_PERIODS = 3

Sale = tuple[date, Decimal]


class Course(StrEnum):
    """How a share was found: from past periods, or evenly by working days for want of them."""

    SEASONAL = "seasonal"
    LINEAR = "linear"


@dataclass(frozen=True, slots=True)
class Curve:
    """The usual course of a period: per past period, the `cumulative` share sold after each working day.

    Each row rises from its first day's share to 1. No row means `Course.LINEAR`.
    """

    cumulative: tuple[tuple[Decimal, ...], ...] = ()

    @property
    def course(self) -> Course:
        """Which of the two was used; to be said wherever the share is."""
        return Course.SEASONAL if self.cumulative else Course.LINEAR

    def share(self, elapsed: int, total: int) -> Decimal:
        """Share (0..1) of a period usually sold after `elapsed` of its `total` working days.

        The mean over the past periods of their share at the same fraction of working days, in between
        by straight line. 0 before the first day, 1 at the last; it never falls. ValueError where
        elapsed is not within 0..total.

        >>> slow_start = Curve(((Decimal("0.1"), Decimal("0.3"), Decimal("0.6"), Decimal(1)),))
        >>> slow_start.share(2, 4), slow_start.share(1, 8), Curve().share(1, 4)
        (Decimal('0.3'), Decimal('0.05'), Decimal('0.25'))
        """
        if not 0 <= elapsed <= total:
            raise ValueError(f"{elapsed} of {total} working days gone")
        if elapsed == 0:
            return ZERO
        if elapsed == total or not self.cumulative:
            return Decimal(elapsed) / total
        return sum((_at(row, elapsed, total) for row in self.cumulative), ZERO) / len(self.cumulative)


def curve(sales: Iterable[Sale], periods: Sequence[Period], calendar: Calendar) -> Curve:
    """The usual course of periods like `periods` (past and complete) from their daily `sales`, in any order.

    A period is usable where it has a working day and sells more than zero in all. With fewer than three
    usable ones the curve is linear. Sales on a day off count on the next working day of the period, or
    on its last. Returns may pull a running share down or above 1; it then stays level (0..1).

    >>> quarter = [month(2019, m) for m in (8, 9, 10)]
    >>> all_on_first = [(period.first, Decimal(50)) for period in quarter]
    >>> curve(all_on_first, quarter, Calendar()).share(1, 21)
    Decimal('1')
    """
    rows = sorted(sales)
    dates = [day for day, _ in rows]
    shares = []
    for period in periods:
        part = rows[bisect_left(dates, period.first) : bisect_right(dates, period.last)]
        days = calendar.working_days(period.first, period.last)
        shares.append(_running_share(daily_totals(part, days)))
    usable = tuple(row for row in shares if row)
    return Curve(usable if len(usable) >= MIN_PERIODS else ())


def daily_totals(sales: Iterable[Sale], days: Sequence[date]) -> list[Decimal]:
    """Sales per working day of `days` (sorted): a day off counts on the next of them, or on the last.

    Sums to the sum of `sales`, except that without any day the result is empty.

    >>> friday, saturday, monday = date(2019, 11, 1), date(2019, 11, 2), date(2019, 11, 4)
    >>> daily_totals([(friday, Decimal(5)), (saturday, Decimal(3))], [friday, monday])
    [Decimal('5'), Decimal('3')]
    """
    totals = [ZERO] * len(days)
    if totals:
        for day, amount in sales:
            totals[min(bisect_left(days, day), len(days) - 1)] += amount
    return totals


def _running_share(totals: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Cumulative shares, kept within 0..1 and never falling; empty where there is no total above zero."""
    whole = sum(totals, ZERO)
    if whole <= 0:
        return ()
    shares = []
    highest = ZERO
    for running in accumulate(totals):
        if running > highest:
            highest = min(running, whole)
        shares.append(highest / whole)
    return tuple(shares)


def _at(row: Sequence[Decimal], elapsed: int, total: int) -> Decimal:
    """A row's share at the fraction elapsed / total (below 1) of its days, by straight line."""
    day, rest = divmod(elapsed * len(row), total)
    before = row[day - 1] if day else ZERO
    return before + (row[day] - before) * rest / total


@dataclass(frozen=True, slots=True)
class MonthlyIndex:
    """What a working day of each month is worth against the year's mean working day (1 = average).

    `per_day` holds January..December, none below 0; `years` says how many past years it stands on,
    0 meaning that all months weigh the same per working day (`Course.LINEAR`).
    """

    per_day: tuple[Decimal, ...] = (ONE,) * 12
    years: int = 0

    @property
    def course(self) -> Course:
        """Which of the two was used; to be said wherever the share is."""
        return Course.SEASONAL if self.years else Course.LINEAR

    def weight(self, first: date, last: date, calendar: Calendar) -> Decimal:
        """Worth of the working days from `first` to `last` (within one month), in average working days."""
        return self.per_day[first.month - 1] * calendar.count(first, last)

    def weights(self, period: Period, calendar: Calendar) -> tuple[Decimal, ...]:
        """The months of a period weighed by index and working days: what `largest_remainder` splits by.

        >>> from domain.rules.periods import quarter
        >>> autumn = quarter(2019, 4)
        >>> [str(weight) for weight in MonthlyIndex().weights(autumn, Calendar())]
        ['23', '21', '22']
        """
        return tuple(self.weight(part.first, part.last, calendar) for part in period.months())

    def share(self, period: Period, through: date, calendar: Calendar) -> Decimal:
        """Share (0..1) of a period usually sold by the close of `through`; never falls, 1 from its last day.

        A period whose days weigh nothing at all has 0 until then.

        >>> from domain.rules.periods import quarter
        >>> autumn = quarter(2019, 4)
        >>> round(MonthlyIndex().share(autumn, date(2019, 11, 15), Calendar()), 4)
        Decimal('0.5152')
        """
        if through >= period.last:
            return ONE
        months = period.months()
        gone = [part for part in months if part.first <= through]
        reached = sum((self.weight(part.first, min(part.last, through), calendar) for part in gone), ZERO)
        whole = sum((self.weight(part.first, part.last, calendar) for part in months), ZERO)
        return reached / whole if whole > 0 else ZERO


def monthly_index(
    sales: Iterable[Sale], *, before: date, calendar: Calendar, lunar_new_year: bool = False
) -> MonthlyIndex:
    """SI_m: per month, the mean over past years of its sales per working day against the year's.

    Years are runs of twelve complete months counted back from the last month that ended before
    `before`; sales may be daily or already summed by month. A year that sells nothing, or less, is left
    out; an index below zero counts as 0. `lunar_new_year` gives January and February one common
    index, so that 春節 falling in either moves sales between them by working days only (domain.md 4.2).

    >>> busy = [(date(2018, m, 1), Decimal(100 + 50 * (m == 6))) for m in range(1, 13)]
    >>> index = monthly_index(busy, before=date(2019, 1, 1), calendar=Calendar())
    >>> index.years, round(index.per_day[5], 3), round(index.per_day[6], 3)
    (1, Decimal('1.491'), Decimal('0.949'))
    """
    by_month: dict[int, Decimal] = {}
    for day, amount in sales:
        serial = _serial(day)
        by_month[serial] = by_month.get(serial, ZERO) + amount
    ratios = [_ratios(year, by_month, calendar, lunar_new_year) for year in _years(by_month, before)]
    usable = [row for row in ratios if row]
    if not usable:
        return MonthlyIndex()
    per_day = tuple(_mean([row[m] for row in usable if m in row]) for m in range(12))
    return MonthlyIndex(per_day, len(usable))


def _serial(day: date) -> int:
    """Months counted from year 0: consecutive months are consecutive numbers, January = 0 modulo 12."""
    return day.year * 12 + day.month - 1


def _years(by_month: Mapping[int, Decimal], before: date) -> list[range]:
    """Runs of twelve complete months since the first sale, counted back from the last one before `before`."""
    end, begin = _serial(before), min(by_month, default=_serial(before))
    return [range(stop - 12, stop) for stop in range(end, begin + 11, -12)]


def _ratios(
    year: range, by_month: Mapping[int, Decimal], calendar: Calendar, lunar_new_year: bool
) -> dict[int, Decimal]:
    """Per month (0..11) of one year, sales per working day over the year's; empty without sales."""
    sold = {serial % 12: by_month.get(serial, ZERO) for serial in year}
    days = {serial % 12: _days_of(serial, calendar) for serial in year}
    whole, all_days = sum(sold.values(), ZERO), sum(days.values())
    if whole <= 0 or all_days == 0:
        return {}
    if lunar_new_year:
        sold[0] = sold[1] = sold[0] + sold[1]
        days[0] = days[1] = days[0] + days[1]
    return {m: sold[m] * all_days / (days[m] * whole) for m in sold if days[m]}


def _days_of(serial: int, calendar: Calendar) -> int:
    """Working days of the month with that serial number."""
    whole = month(serial // 12, serial % 12 + 1)
    return calendar.count(whole.first, whole.last)


def _mean(values: Sequence[Decimal]) -> Decimal:
    """The mean, at least 0; 1 (an average month) where there is no value."""
    return max(ZERO, sum(values, ZERO) / len(values)) if values else ONE
