"""Sums of sales and targets, read from the roll-ups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from domain.targets.views import Scope, ScopeKind, TargetState

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends included; None where there is nothing to read."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Sums:
    """Sales of one channel in one currency over the three spans that a progress compares."""

    channel: str
    currency: str
    sold: Decimal | None
    quantity: Decimal
    lines: int
    unpriced_lines: int
    year_ago: Decimal | None
    previous: Decimal | None


_SUMS = """
SELECT channel, currency,
       sum(amount) FILTER (WHERE sold_on BETWEEN :first AND :last) AS sold,
       coalesce(sum(quantity) FILTER (WHERE sold_on BETWEEN :first AND :last), 0) AS quantity,
       coalesce(sum(lines) FILTER (WHERE sold_on BETWEEN :first AND :last), 0) AS lines,
       coalesce(sum(unpriced_lines) FILTER (WHERE sold_on BETWEEN :first AND :last), 0) AS unpriced_lines,
       sum(amount) FILTER (WHERE sold_on BETWEEN :year_ago_first AND :year_ago_last) AS year_ago,
       sum(amount) FILTER (WHERE sold_on BETWEEN :previous_first AND :previous_last) AS previous
  FROM sales_scope_daily
 WHERE person_id = :person_id AND region_id = :region_id
   AND (sold_on BETWEEN :first AND :last
        OR sold_on BETWEEN :year_ago_first AND :year_ago_last
        OR sold_on BETWEEN :previous_first AND :previous_last)
 GROUP BY channel, currency
"""


def scope_ids(scope: Scope) -> dict[str, int]:
    """The key of a scope in `sales_scope_daily`."""
    return {
        "person_id": scope.id if scope.kind is ScopeKind.PERSON else 0,
        "region_id": scope.id if scope.kind is ScopeKind.REGION else 0,
    }


@dataclass(frozen=True, slots=True)
class Target:
    """What was set for a scope and a span of months, by currency, and the state of the data it was read in.

    `batch` is the number of the last import of anything, `imported_at` when sales were last imported.
    """

    state: TargetState
    version: int | None
    by_currency: dict[str, Decimal]
    batch: int | None
    imported_at: datetime | None


_FRESHNESS = """
       (SELECT max(id) FROM import_batch) AS batch,
       (SELECT imported_at FROM import_batch WHERE table_name = 'orders' ORDER BY id DESC LIMIT 1) AS imported_at
  FROM (VALUES (1)) AS always(one) LEFT JOIN target_set s ON s.status = 'active'
"""

_PERSON_OR_COMPANY = (
    "SELECT s.version, l.currency, sum(l.amount) AS amount, 0 AS unsplit,"
    + _FRESHNESS
    + """
  LEFT JOIN target_line l
    ON l.set_id = s.id AND l.month BETWEEN :month_first AND :month_last
   AND (:person_id = 0 OR l.person_id = :person_id)
 GROUP BY s.version, l.currency
"""
)

# What is allotted to a region: lines of the region itself, and unsplit lines of people who sell nowhere else.
_REGION = (
    """
WITH serving AS (
  SELECT person_id, count(*) AS regions, bool_or(region_id = :region_id) AS here
    FROM person_region GROUP BY person_id)
SELECT s.version, l.currency,
       sum(l.amount) FILTER (WHERE l.region_id IS NOT NULL OR v.regions = 1) AS amount,
       count(l.id) FILTER (WHERE l.region_id IS NULL AND v.regions > 1) AS unsplit,"""
    + _FRESHNESS
    + """
  LEFT JOIN (target_line l LEFT JOIN serving v ON v.person_id = l.person_id)
    ON l.set_id = s.id AND l.month BETWEEN :month_first AND :month_last
   AND (l.region_id = :region_id OR (l.region_id IS NULL AND v.here))
 GROUP BY s.version, l.currency
"""
)


# One question, one statement: the sums and the target in rows of one shape, the target's last.
_BOTH = """
WITH sold AS ({sums}), aimed AS ({target})
SELECT channel, currency, sold, quantity, lines, unpriced_lines, year_ago, previous,
       NULL::int AS version, NULL::bigint AS unsplit, NULL::int AS batch, NULL::timestamptz AS imported_at
  FROM sold
UNION ALL
SELECT NULL, currency, amount, NULL, NULL, NULL, NULL, NULL, version, unsplit, batch, imported_at FROM aimed
"""
_OF_REGION = text(_BOTH.format(sums=_SUMS, target=_REGION))
_OF_PERSON_OR_COMPANY = text(_BOTH.format(sums=_SUMS, target=_PERSON_OR_COMPANY))


def sums_and_target(
    session: Session, scope: Scope, now: Window, year_ago: Window, previous: Window, months: Window
) -> tuple[list[Sums], Target]:
    """Sales by channel and currency in three spans, and the target in force for the months of the last.

    Sales come from at most one row a day. A region whose people serve other regions too, without their
    target being split, has none: NOT_SPLIT.
    """
    parameters = {
        **scope_ids(scope),
        "first": now.first,
        "last": now.last,
        "year_ago_first": year_ago.first,
        "year_ago_last": year_ago.last,
        "previous_first": previous.first,
        "previous_last": previous.last,
        "month_first": months.first.replace(day=1),
        "month_last": months.last,
    }
    statement = _OF_REGION if scope.kind is ScopeKind.REGION else _OF_PERSON_OR_COMPANY
    rows = session.connection().execute(statement, parameters).all()
    sold = [Sums(*row[:8]) for row in rows if row.channel is not None]
    sold.sort(key=lambda one: (one.channel, one.currency))
    return sold, _target_from([row for row in rows if row.channel is None])


def _target_from(rows: Sequence[Row[Any]]) -> Target:
    first = rows[0]
    amounts = {row.currency: row.sold for row in rows if row.sold is not None}
    if any(row.unsplit for row in rows):
        amounts, state = {}, TargetState.NOT_SPLIT
    else:
        state = TargetState.SET if amounts else TargetState.NONE
    return Target(state, first.version, amounts, first.batch, first.imported_at)


_DAILY = text("""
SELECT sold_on, sum(amount) AS amount
  FROM sales_scope_daily
 WHERE person_id = :person_id AND region_id = :region_id AND sold_on BETWEEN :first AND :last
   AND currency = :currency AND (:all_channels OR channel = ANY(:channels))
 GROUP BY sold_on ORDER BY sold_on
""")


def daily(
    session: Session, scope: Scope, span: Window, *, currency: str, channels: Sequence[str]
) -> list[tuple[date, Decimal]]:
    """Sales per day with any sale, in one currency, of the channels that count (empty: all)."""
    parameters = {
        "first": span.first,
        "last": span.last,
        "currency": currency,
        "all_channels": not channels,
        "channels": list(channels),
    }
    return [(r.sold_on, r.amount) for r in session.execute(_DAILY, scope_ids(scope) | parameters)]
