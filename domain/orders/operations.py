"""Roll-ups recomputed from the order lines: exact, in SQL, by days.

The first import of millions of lines computes both roll-ups on its way in; everything after it comes through
here, and the tests hold the one against the other.
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

_DAILY = """
INSERT INTO sales_daily (sold_on, person_id, region_id, customer_group, category_id, channel, currency,
                         amount, quantity, cost, lines, unpriced_lines)
SELECT o.ordered_on, o.person_id, o.region_id, c.customer_group, p.category_id, o.channel, o.currency,
       coalesce(sum(o.amount), 0), sum(o.quantity), sum(o.cost), count(*), count(*) - count(o.amount)
FROM order_line o JOIN part p ON p.id = o.part_id LEFT JOIN customer c ON c.id = o.customer_id
{where}
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
# A line counts for the company, its region, its person and its person in its region; nobody is no person.
_SCOPES = """
WITH leaf AS (
  SELECT o.person_id, o.region_id, o.ordered_on, o.channel, o.currency, coalesce(sum(o.amount), 0) AS amount,
         sum(o.quantity) AS quantity, count(*) AS lines, count(*) - count(o.amount) AS unpriced
  FROM order_line o {where} GROUP BY 1, 2, 3, 4, 5
)
INSERT INTO sales_scope_daily (person_id, region_id, sold_on, channel, currency,
                               amount, quantity, lines, unpriced_lines)
SELECT s.person, s.region, ordered_on, channel, currency,
       sum(amount), sum(quantity), sum(lines), sum(unpriced)
FROM leaf CROSS JOIN LATERAL
     (VALUES (0, 0), (person_id, 0), (0, region_id), (person_id, region_id)) s (person, region)
WHERE s.person IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
"""


def rebuild_rollups(session: Session, days: Collection[date] | None = None) -> None:
    """Recompute both roll-ups from the lines: of the given days, or all.

    Readers go on with what was there until the caller's transaction ends.
    """
    rebuild_daily(session, days)
    _replace(session, "sales_scope_daily", _SCOPES, days)


def rebuild_daily(session: Session, days: Collection[date] | None = None) -> None:
    """Recompute the roll-up by every dimension alone: a customer's group or a part's category has changed."""
    _replace(session, "sales_daily", _DAILY, days)


def _replace(session: Session, table: str, insert: str, days: Collection[date] | None) -> None:
    if days is None:
        session.execute(text(f"DELETE FROM {table}"))
        session.execute(text(insert.format(where="")))
    elif days:
        given = {"days": sorted(days)}
        session.execute(text(f"DELETE FROM {table} WHERE sold_on = ANY(:days)"), given)
        session.execute(text(insert.format(where="WHERE o.ordered_on = ANY(:days)")), given)
