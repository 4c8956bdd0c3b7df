"""What the past says about the rest of a period: daily spread, comparable stretches and the usual course."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar, cast

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.rules.company import Company
from domain.rules.periods import Period, PeriodKind, shift_months
from domain.rules.working_days import Calendar
from domain.targets.chance import (
    COMPARABLE_MONTHS,
    HISTORY_DAYS,
    DailyHistory,
    comparable_stretch,
    growth_factor,
)
from domain.targets.seasonality import MIN_PERIODS, monthly_index
from domain.targets.sums import Window, scope_ids
from domain.targets.views import Scope

T = TypeVar("T")
ONE_DAY = timedelta(days=1)
_YEAR = 12
_COURSE_MONTHS = 12

# Sales of a day off belong to the working day after the weekend, by the number of days to it.
_DAYS = text("""
WITH day AS (
  SELECT sold_on + (CAST(:shift AS int[]))[extract(isodow FROM sold_on)::int] AS day, sum(amount) AS amount
    FROM sales_scope_daily
   WHERE person_id = :person_id AND region_id = :region_id AND sold_on BETWEEN :first AND :last
     AND currency = :currency AND (:all_channels OR channel = ANY(:channels))
   GROUP BY 1)
SELECT coalesce(sum(amount), 0) AS total, coalesce(sum(amount * amount), 0) AS squares FROM day
""")

_FIRST_SALE = text("""
SELECT min(sold_on) FROM sales_scope_daily
 WHERE person_id = :person_id AND region_id = :region_id
   AND currency = :currency AND (:all_channels OR channel = ANY(:channels))
""")

_STRETCHES = text("""
SELECT coalesce(sum(amount) FILTER (WHERE sold_on BETWEEN :quarter_first AND :quarter_last), 0) AS quarter,
       coalesce(sum(amount) FILTER (WHERE sold_on BETWEEN :year_first AND :year_last), 0) AS year,
       coalesce(sum(amount) FILTER (WHERE sold_on BETWEEN :recent_first AND :recent_last), 0) AS recent,
       coalesce(sum(amount) FILTER (WHERE sold_on BETWEEN :before_first AND :before_last), 0) AS before
  FROM sales_scope_daily
 WHERE person_id = :person_id AND region_id = :region_id AND sold_on BETWEEN :earliest AND :through
   AND currency = :currency AND (:all_channels OR channel = ANY(:channels))
""")

_COURSE = text("""
SELECT m.first, sum(s.amount) AS total, sum(s.amount) FILTER (WHERE s.sold_on <= m.cut) AS reached
  FROM unnest(CAST(:firsts AS date[]), CAST(:cuts AS date[]), CAST(:lasts AS date[])) AS m(first, cut, last)
  JOIN sales_scope_daily s ON s.sold_on BETWEEN m.first AND m.last
 WHERE s.person_id = :person_id AND s.region_id = :region_id
   AND s.currency = :currency AND (:all_channels OR s.channel = ANY(:channels))
 GROUP BY m.first ORDER BY m.first
""")

_MONTHS = text("""
SELECT date_trunc('month', sold_on)::date AS month, sum(amount) AS amount
  FROM sales_scope_daily
 WHERE person_id = :person_id AND region_id = :region_id AND sold_on BETWEEN :first AND :last
   AND currency = :currency AND (:all_channels OR channel = ANY(:channels))
 GROUP BY 1
""")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one scope's sales in one currency, of the channels that count."""

    session: Session
    scope: Scope
    currency: str
    company: Company

    def parameters(self, **more: object) -> dict[str, object]:
        """What every statement here needs."""
        channels = self.company.target_channels
        return {
            **scope_ids(self.scope),
            "currency": self.currency,
            "all_channels": not channels,
            "channels": list(channels),
            **more,
        }


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the chance is computed from: the last year's days and comparable stretches, money per day.

    `usual` is the share (0..1) of such a period usually sold by now; None: too little past.
    """

    history: DailyHistory
    comparables: tuple[Decimal | None, ...]
    usual: Decimal | None = None


class Remembered:
    """Answers about the past, which stay the same until something is imported: read once, said often.

    Bounded; safe to share between threads. A key names everything the answer depends on.
    """

    def __init__(self, most: int = 5000) -> None:
        self._most = most
        self._kept: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer kept under the key, made now where there is none."""
        if key in self._kept:
            return cast(T, self._kept[key])
        made = make()
        if len(self._kept) >= self._most:
            self._kept = {}
        self._kept[key] = made
        return made

    def forget(self) -> None:
        """Start anew: after a transaction that failed, what was written in it is not there."""
        self._kept = {}


def weekend_shift(calendar: Calendar) -> list[int]:
    """Days from each ISO weekday (Monday first) to the working weekday its sales belong to.

    >>> weekend_shift(Calendar())
    [0, 0, 0, 0, 0, 2, 1]
    """
    return [next(n for n in range(7) if (day + n) % 7 not in calendar.weekend) for day in range(7)]


def whole_outlook(reader: Reader, period: Period, through: date) -> Outlook:
    """The outlook for what remains of a period after `through`, with its usual course."""
    made = outlook(reader, through=through, last=period.last)
    usual = usual_share(reader, period, through) if through >= period.first else None
    return replace(made, usual=usual)


def outlook(reader: Reader, *, through: date, last: date) -> Outlook:
    """The last 250 working days up to `through`, and the stretches that compare with what remains to `last`."""
    calendar = reader.company.calendar
    first_sale: date | None = reader.session.connection().scalar(_FIRST_SALE, reader.parameters())
    if first_sale is None or first_sale > through:
        return Outlook(DailyHistory(0, 0.0, 0.0), ())
    quarter, year = (Window(*comparable_stretch(through, last, months)) for months in COMPARABLE_MONTHS)
    before, recent = growth_windows(first_sale, through)
    row = reader.session.connection().execute(
        _STRETCHES,
        reader.parameters(
            quarter_first=quarter.first, quarter_last=quarter.last,
            year_first=year.first, year_last=year.last,
            recent_first=recent.first, recent_last=recent.last,
            before_first=before.first, before_last=before.last,
            earliest=min(before.first, year.first), through=through,
        ),
    ).one()  # fmt: skip
    growth = Decimal(str(growth_factor(row.recent, row.before)))
    begin = max(first_sale, through - timedelta(days=HISTORY_DAYS * 7 // 5))
    return Outlook(
        _history(reader, begin, through),
        (
            _per_day(row.quarter, quarter, calendar, first_sale),
            _per_day(row.year * growth, year, calendar, first_sale),
        ),
    )


def growth_windows(first_sale: date, through: date) -> tuple[Window, Window]:
    """The same complete months, at most twelve and none before the first sale, a year earlier and lately.

    >>> earlier, lately = growth_windows(date(2018, 3, 9), date(2019, 11, 15))
    >>> earlier.first.isoformat(), earlier.last.isoformat(), lately.first.isoformat(), lately.last.isoformat()
    ('2018-04-01', '2018-10-31', '2019-04-01', '2019-10-31')
    """
    month = through.replace(day=1)
    whole = shift_months(first_sale.replace(day=1), 0 if first_sale.day == 1 else 1)
    first = max(whole, shift_months(month, -2 * _YEAR))
    last = shift_months(month, -_YEAR) - ONE_DAY
    return Window(first, last), Window(shift_months(first, _YEAR), month - ONE_DAY)


def _history(reader: Reader, first: date, last: date) -> DailyHistory:
    """Mean and variance per working day, days without sales included."""
    calendar = reader.company.calendar
    days = calendar.count(first, last)
    row = (
        reader.session.connection()
        .execute(_DAYS, reader.parameters(first=first, last=last, shift=weekend_shift(calendar)))
        .one()
    )
    if days < 2:
        return DailyHistory(days, 0.0, 0.0)
    mean = row.total / days
    return DailyHistory(days, mean, max(Decimal(0), (row.squares - days * mean * mean) / (days - 1)))


def _per_day(total: Decimal, window: Window, calendar: Calendar, first_sale: date) -> Decimal | None:
    days = calendar.count(window.first, window.last)
    return None if days == 0 or window.first < first_sale else total / days


def usual_share(reader: Reader, period: Period, through: date) -> Decimal | None:
    """Share (0..1) of such a period usually sold by the close of `through`; None: too little past.

    For a month the mean over the last twelve of their share at the same fraction of working days; for longer
    periods by the index of their months.
    """
    if through >= period.last:
        return Decimal(1)
    if period.kind is PeriodKind.MONTH:
        return _course_of_months(reader, period, through)
    rows = (
        reader.session.connection()
        .execute(
            _MONTHS,
            reader.parameters(first=shift_months(period.first, -5 * _YEAR), last=period.first - ONE_DAY),
        )
        .all()
    )
    index = monthly_index(
        [(r.month, r.amount) for r in rows], before=period.first, calendar=reader.company.calendar
    )
    return index.share(period, through, reader.company.calendar) if index.years else None


def _course_of_months(reader: Reader, period: Period, through: date) -> Decimal | None:
    calendar = reader.company.calendar
    total = calendar.count(period.first, period.last)
    elapsed = calendar.count(period.first, through)
    if not 0 < elapsed < total:
        return None
    past = [period.shifted(-n) for n in range(1, _COURSE_MONTHS + 1)]
    cuts = [_cut(month, elapsed, total, calendar) for month in past]
    rows = (
        reader.session.connection()
        .execute(
            _COURSE,
            reader.parameters(firsts=[m.first for m in past], cuts=cuts, lasts=[m.last for m in past]),
        )
        .all()
    )
    shares = [min(Decimal(1), max(Decimal(0), (r.reached or 0) / r.total)) for r in rows if r.total > 0]
    return _mean(shares) if len(shares) >= MIN_PERIODS else None


def _cut(month: Period, elapsed: int, total: int, calendar: Calendar) -> date:
    """The last day of a past month at the same fraction of its working days, the weekend after included."""
    days = calendar.working_days(month.first, month.last)
    wanted = round(elapsed * len(days) / total)
    if wanted <= 0:
        return month.first - ONE_DAY
    if wanted >= len(days):
        return month.last
    return days[wanted] - ONE_DAY


def _mean(shares: Sequence[Decimal]) -> Decimal:
    return sum(shares, Decimal(0)) / len(shares)
