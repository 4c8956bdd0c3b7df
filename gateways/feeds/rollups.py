"""Both roll-ups of a first import, computed in DuckDB from the resolved lines while those are copied.

`domain.orders.operations.rebuild_rollups` says the same in PostgreSQL; the tests hold the two against each
other.
"""

from sqlalchemy.orm import Session

from gateways.feeds.transfer import send, without_indexes
from gateways.feeds.typed import Typed
from gateways.feeds.workbench import Workbench

# Numbers for the texts that sales are grouped by: a third of the time and half the memory.
_NUMBERED = {
    "group": "SELECT DISTINCT customer_group AS value FROM dim_customer WHERE customer_group IS NOT NULL",
    "currency": "SELECT DISTINCT currency AS value FROM {lines}",
    "channel": "SELECT DISTINCT channel AS value FROM {lines}",
}
LEAF = """
CREATE OR REPLACE TABLE leaf AS
SELECT ordered_on AS sold_on, person_id, region_id, g.number AS group_number, category_id,
       h.number AS channel_number, u.number AS currency_number,
       coalesce(sum(amount), 0) AS amount, sum(quantity) AS quantity, sum(cost) AS cost,
       count(*)::INTEGER AS lines, (count(*) - count(amount))::INTEGER AS unpriced_lines
FROM resolved LEFT JOIN dim_customer c ON c.id = customer_id LEFT JOIN dim_part_no p ON p.id = part_id
     LEFT JOIN number_group g ON g.value = c.customer_group
     JOIN number_channel h ON h.value = channel JOIN number_currency u ON u.value = currency
GROUP BY ALL ORDER BY sold_on
"""
_NAMED = """
SELECT {columns} FROM (
  SELECT r.*, g.value AS customer_group, h.value AS channel, u.value AS currency FROM {rows} r
  LEFT JOIN number_group g ON g.number = r.group_number
  JOIN number_channel h ON h.number = channel_number JOIN number_currency u ON u.number = currency_number
)
"""
_DAILY_COLUMNS = (
    "sold_on, person_id, region_id, customer_group, category_id, channel, currency, "
    "amount, quantity, cost, lines, unpriced_lines"
)
_SCOPE_COLUMNS = "person_id, region_id, sold_on, channel, currency, amount, quantity, lines, unpriced_lines"
SCOPES = """
CREATE OR REPLACE TABLE scopes AS
WITH small AS (
  SELECT sold_on, person_id, region_id, channel_number, currency_number, sum(amount) AS amount,
         sum(quantity) AS quantity, sum(lines) AS lines, sum(unpriced_lines) AS unpriced_lines
  FROM leaf GROUP BY ALL
), scoped AS (
  SELECT 0 AS person, 0 AS region, * FROM small
  UNION ALL SELECT 0, region_id, * FROM small
  UNION ALL SELECT person_id, 0, * FROM small WHERE person_id IS NOT NULL
  UNION ALL SELECT person_id, region_id, * FROM small WHERE person_id IS NOT NULL
)
SELECT person AS person_id, region AS region_id, sold_on, channel_number, currency_number,
       NULL::INTEGER AS group_number, sum(amount) AS amount,
       sum(quantity) AS quantity, sum(lines) AS lines, sum(unpriced_lines) AS unpriced_lines
FROM scoped GROUP BY ALL ORDER BY ALL
"""


def number_texts(bench: Workbench, typed: Typed) -> None:
    """Give customer groups, currencies and channels the numbers by which LEAF knows them."""
    for what, values in _NUMBERED.items():
        found = values.format(lines=typed.name)
        bench.run(
            f"CREATE OR REPLACE TABLE number_{what} AS "
            f"SELECT value, (row_number() OVER ())::USMALLINT AS number FROM ({found})"
        )


def copy_rollups(bench: Workbench, session: Session) -> None:
    """Write what LEAF and SCOPES have made into the roll-ups of an empty company.

    The one that questions read comes last: they wait for as long as its key is built.
    """
    for table, columns, rows in (
        ("sales_daily", _DAILY_COLUMNS, "leaf"),
        ("sales_scope_daily", _SCOPE_COLUMNS, "scopes"),
    ):
        query = _NAMED.format(columns=columns, rows=rows)
        with without_indexes(session, table):
            send(bench, query, session, f"{table} ({columns})", options=", FREEZE true")
        bench.run(f"DROP TABLE {rows}")
