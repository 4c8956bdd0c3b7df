"""The daily progress as a channel reads it: verdict, course, what lags and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.names import Names
from domain.people.queries import known_regions
from domain.people.rights import Actor
from domain.rules.company import Company
from domain.rules.periods import Period, PeriodKind, period_at
from domain.rules.working_days import Calendar
from domain.targets.pace import growth
from domain.targets.queries import Moment, progress
from domain.targets.scopes import self_scope
from domain.targets.sums import Window, daily
from domain.targets.views import (
    Digest,
    Lever,
    Point,
    Progress,
    Row,
    Scope,
    ScopeKind,
    Step,
    Weeks,
)

MOST_POINTS = 20
MOST_ROWS = 8
MOST_LEVERS = 2
ZERO = Decimal(0)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Edition:
    """What one issue of the digest is about: the month of the last full day, seen from `now`."""

    company: Company
    now: datetime
    moment: Moment
    period: Period
    at_time: str

    @classmethod
    def of(cls, company: Company, now: datetime, at_time: str) -> "Edition":
        """The morning's edition: this month, or the one before until a working day of this one has gone.

        So the first morning of a month closes the month before, also where the 1st was a Sunday.
        """
        moment = Moment.yesterday(company, now)
        period = period_at(PeriodKind.MONTH, moment.sold_to)
        if company.calendar.count(period.first, moment.closed_to) == 0:
            period = period.previous()
        return cls(company, now, moment, period, at_time)

    @property
    def sold_to(self) -> date:
        """The last day of the period whose sales are told."""
        return min(self.moment.sold_to, self.period.last)


def digest(session: Session, scope: Scope, edition: Edition) -> Digest | None:
    """The scope's digest; None where there is nothing to say: no target, no sales and none to compare with."""
    answer = _progress(session, scope, edition)
    if _is_silent(answer):
        return None
    company = edition.company
    days = daily(
        session,
        scope,
        Window(edition.period.first, edition.sold_to),
        currency=answer.currency,
        channels=company.target_channels,
    )
    is_company = scope.kind is ScopeKind.COMPANY
    cells = _cells(session, scope, answer, edition)
    rows = _region_rows(session, edition) if is_company else _category_rows(cells)
    return Digest(
        progress=answer,
        points=_points(days, answer, company.calendar),
        rows=tuple(rows[:MOST_ROWS]),
        rows_are="regions" if is_company else "categories",
        more_rows=max(0, len(rows) - MOST_ROWS),
        levers=_levers(cells),
        at_time=edition.at_time,
    )


def personal_progress(session: Session, actor: Actor, edition: Edition) -> Progress | None:
    """Somebody's own progress; None where there is nothing to say."""
    answer = _progress(session, self_scope(actor), edition)
    return None if _is_silent(answer) else answer


def _is_silent(answer: Progress) -> bool:
    return answer.target is None and answer.order_lines == 0 and not answer.year_ago


def _progress(session: Session, scope: Scope, edition: Edition) -> Progress:
    return progress(
        session, scope, edition.period, company=edition.company, moment=edition.moment, now=edition.now
    )


def weeks(session: Session, answer: Progress, company: Company) -> Weeks:
    """A progress taken apart by week; the steps add up to what was sold."""
    if answer.sold_to is None:
        return Weeks(answer, ())
    days = daily(
        session,
        answer.scope,
        Window(answer.period.first, answer.sold_to),
        currency=answer.currency,
        channels=company.target_channels,
    )
    steps = []
    first = answer.period.first
    while first <= answer.sold_to:
        last = min(first + timedelta(days=6 - first.weekday()), answer.sold_to)
        steps.append(Step(first, last, sum((a for d, a in days if first <= d <= last), ZERO)))
        first = last + ONE_DAY
    return Weeks(answer, tuple(steps))


def _points(days: Sequence[tuple[date, Decimal]], answer: Progress, calendar: Calendar) -> tuple[Point, ...]:
    """Cumulative sales at the close of the working days gone, thinned to what a chart can hold."""
    if answer.closed_to is None:
        return ()
    working = calendar.working_days(answer.period.first, answer.closed_to)
    total = answer.pace.total_days
    points, running, index = [], ZERO, 0
    for number, day in enumerate(working, start=1):
        # The last point holds everything up to the close, a weekend after it included.
        until = answer.closed_to if number == len(working) else day
        while index < len(days) and days[index][0] <= until:
            running += days[index][1]
            index += 1
        expected = None if answer.target is None else answer.target * number / total
        points.append(Point(day, running, expected))
    return _thinned(points)


def _thinned(points: list[Point]) -> tuple[Point, ...]:
    if len(points) <= MOST_POINTS:
        return tuple(points)
    step = (len(points) - 1) / (MOST_POINTS - 1)
    return tuple(points[round(i * step)] for i in range(MOST_POINTS))


def _region_rows(session: Session, edition: Edition) -> list[Row]:
    """Regions, worst first; a region without a target by its growth."""
    rows = []
    for region in known_regions(session):
        answer = _progress(session, Scope(ScopeKind.REGION, region.id, region.names), edition)
        if answer.target is None and not answer.sold and not answer.year_ago:
            continue
        rows.append(
            Row(
                names=region.names,
                target=answer.target,
                sold=answer.sold,
                attainment=answer.pace.attainment,
                year_ago=answer.year_ago,
                growth=answer.pace.year_growth,
                per_day=answer.pace.required_per_day,
            )
        )
    return sorted(rows, key=_badness)


def _badness(row: Row) -> tuple[bool, Decimal, str]:
    """Rows with a target by attainment, then the others by growth; unknown growth last."""
    if row.attainment is not None:
        return (False, row.attainment, row.names.name)
    return (True, Decimal("Infinity") if row.growth is None else row.growth, row.names.name)


# The top category of a category, so that a table has few and known rows.
_TOP = """
WITH RECURSIVE top AS (
  SELECT id, id AS top_id FROM part_category WHERE parent_id IS NULL
  UNION ALL SELECT c.id, t.top_id FROM part_category c JOIN top t ON c.parent_id = t.id)
"""

_CATEGORIES = text(
    _TOP
    + """
SELECT c.name, c.name_zh_hant, c.name_zh_hans, s.customer_group,
       coalesce(sum(s.amount) FILTER (WHERE s.sold_on BETWEEN :first AND :last), 0) AS sold,
       coalesce(sum(s.amount) FILTER (WHERE s.sold_on BETWEEN :year_ago_first AND :year_ago_last), 0) AS year_ago
  FROM sales_daily s JOIN top t ON t.id = s.category_id JOIN part_category c ON c.id = t.top_id
 WHERE (:region_id = 0 OR s.region_id = :region_id)
   AND (s.sold_on BETWEEN :first AND :last OR s.sold_on BETWEEN :year_ago_first AND :year_ago_last)
   AND s.currency = :currency AND (:all_channels OR s.channel = ANY(:channels))
 GROUP BY c.id, s.customer_group
"""
)


def _cells(session: Session, scope: Scope, answer: Progress, edition: Edition) -> list[Any]:
    """Category x customer group, this period's days against the same days a year ago."""
    earlier = answer.period.year_before()
    days = edition.sold_to - answer.period.first
    whole = edition.sold_to >= answer.period.last
    channels = edition.company.target_channels
    parameters = {
        "region_id": scope.id if scope.kind is ScopeKind.REGION else 0,
        "first": answer.period.first,
        "last": edition.sold_to,
        "year_ago_first": earlier.first,
        "year_ago_last": earlier.last if whole else min(earlier.first + days, earlier.last),
        "currency": answer.currency,
        "all_channels": not channels,
        "channels": list(channels),
    }
    return list(session.execute(_CATEGORIES, parameters))


def _category_rows(cells: list[Any]) -> list[Row]:
    """Part categories of the region, the largest fall against last year first."""
    sums: dict[Names, tuple[Decimal, Decimal]] = {}
    for cell in cells:
        names = Names(cell.name, cell.name_zh_hant, cell.name_zh_hans)
        sold, year_ago = sums.get(names, (ZERO, ZERO))
        sums[names] = (sold + cell.sold, year_ago + cell.year_ago)
    rows = [
        Row(names, None, sold, None, year_ago, growth(sold, year_ago), None)
        for names, (sold, year_ago) in sums.items()
    ]
    return sorted(rows, key=lambda row: (row.sold - (row.year_ago or ZERO), row.names.name))


def _levers(cells: list[Any]) -> tuple[Lever, ...]:
    """The customer groups and categories that are furthest below the same days last year."""
    found = [
        Lever(
            category=Names(cell.name, cell.name_zh_hant, cell.name_zh_hans),
            customer_group=cell.customer_group,
            sold=cell.sold,
            year_ago=cell.year_ago,
            shortfall=cell.year_ago - cell.sold,
        )
        for cell in cells
        if cell.customer_group and cell.year_ago > cell.sold
    ]
    return tuple(sorted(found, key=lambda lever: (-lever.shortfall, lever.category.name))[:MOST_LEVERS])
