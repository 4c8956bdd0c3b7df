"""Order lines by the million: codes become ids in DuckDB, rows go in by COPY, roll-ups come along.

Into an empty table everything is copied before the indexes are built, and both roll-ups are computed beside
it. Into one that has lines, the rows are staged, and only new and changed ones are written; the roll-ups of
their days are recomputed. A line that the source does not have stays.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.orders.operations import rebuild_rollups
from gateways.feeds.destinations import CODES, DESTINATIONS
from gateways.feeds.transfer import fetch, send
from gateways.feeds.typed import Typed
from gateways.feeds.upsert import Written
from gateways.feeds.workbench import Workbench, name

Progress = Callable[[str, int, int], None]

_ORDERS = DESTINATIONS["orders"]
_COLUMNS = (
    "order_no",
    "line_no",
    "ordered_on",
    "channel",
    "person",
    "region",
    "customer",
    "part_no",
    "quantity",
    "amount",
    "cost",
    "currency",
)
_STORED = ", ".join(_ORDERS.column(c) for c in _COLUMNS)
# What sales are grouped by, beside the code; the rest of the dimensions have an id only.
_DIMENSIONS = {
    "person": ("people", ""),
    "region": ("regions", ""),
    "customer": ("customers", "customer_group"),
    "part_no": ("parts", "category_id"),
}
_LEAF = """
CREATE OR REPLACE TABLE leaf AS
SELECT ordered_on AS sold_on, person_id, region_id, customer_group, category_id, channel, currency,
       coalesce(sum(amount), 0) AS amount, sum(quantity) AS quantity, sum(cost) AS cost,
       count(*) AS lines, count(*) - count(amount) AS unpriced_lines
FROM resolved LEFT JOIN dim_customer c ON c.id = customer_id LEFT JOIN dim_part_no p ON p.id = part_id
GROUP BY ALL ORDER BY sold_on
"""
_DAILY_COLUMNS = (
    "sold_on, person_id, region_id, customer_group, category_id, channel, currency, "
    "amount, quantity, cost, lines, unpriced_lines"
)
_SCOPE_COLUMNS = "person_id, region_id, sold_on, channel, currency, amount, quantity, lines, unpriced_lines"
_KEYS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = CAST(:name AS regclass) AND contype IN ('p', 'u')
"""
_INDEXES = """
SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = CAST(:name AS regclass)
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid)
"""
_SCOPES = """
CREATE OR REPLACE TABLE scopes AS
WITH small AS (
  SELECT sold_on, person_id, region_id, channel, currency, sum(amount) AS amount, sum(quantity) AS quantity,
         sum(lines) AS lines, sum(unpriced_lines) AS unpriced_lines
  FROM leaf GROUP BY ALL
), scoped AS (
  SELECT 0 AS person, 0 AS region, * FROM small
  UNION ALL SELECT 0, region_id, * FROM small
  UNION ALL SELECT person_id, 0, * FROM small WHERE person_id IS NOT NULL
  UNION ALL SELECT person_id, region_id, * FROM small WHERE person_id IS NOT NULL
)
SELECT person AS person_id, region AS region_id, sold_on, channel, currency, sum(amount) AS amount,
       sum(quantity) AS quantity, sum(lines) AS lines, sum(unpriced_lines) AS unpriced_lines
FROM scoped GROUP BY ALL ORDER BY ALL
"""


def apply_orders(
    bench: Workbench, session: Session, typed: Typed, *, dry_run: bool, progress: Progress
) -> Written:
    """Write the lines that are new or changed, and bring both roll-ups up to them."""
    _resolve(bench, session, typed)
    if not session.scalar(text("SELECT EXISTS (SELECT FROM order_line)")):
        if not dry_run:
            _fill(bench, session, typed, progress)
        return Written(typed.rows, new_rows=typed.rows)
    return _merge(bench, session, typed, dry_run, progress)


def _resolve(bench: Workbench, session: Session, typed: Typed) -> None:
    """`resolved` in the workbench: the lines with ids for codes."""
    stored = {c.name for c in typed.stored}
    values, joins = [], []
    for column in _COLUMNS:
        own = _ORDERS.column(column)
        if column not in stored:
            values.append(f"NULL::{'INTEGER' if column in _DIMENSIONS else 'DECIMAL(18,4)'} AS {own}")
        elif column in _DIMENSIONS:
            _load_dimension(bench, session, column)
            values.append(f"dim_{column}.id AS {own}")
            joins.append(f"LEFT JOIN dim_{column} ON dim_{column}.code = t.{column}")
        else:
            values.append(f"t.{column}")
    for column in _DIMENSIONS.keys() - stored:
        _load_dimension(bench, session, column)
    bench.run(
        f"CREATE OR REPLACE VIEW resolved AS SELECT t.rowid AS place, {', '.join(values)} "
        f"FROM {typed.name} t {' '.join(joins)}"
    )


def _load_dimension(bench: Workbench, session: Session, column: str) -> None:
    canonical, extra = _DIMENSIONS[column]
    table, code = CODES[canonical]
    columns = {"code": "VARCHAR", "id": "INTEGER"}
    if extra:
        columns[extra] = "INTEGER" if extra.endswith("_id") else "VARCHAR"
    wanted = ", ".join([code, "id", *([extra] if extra else [])])
    fetch(bench, session, f"SELECT {wanted} FROM {table}", f"dim_{column}", columns)


def _fill(bench: Workbench, session: Session, typed: Typed, progress: Progress) -> None:
    """All lines into the empty table, and both roll-ups with them.

    Frozen rows need no second visit by vacuum; allowed since their table is emptied in this transaction.
    """
    session.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
    with _beside(bench, _LEAF + ";" + _SCOPES), _without_indexes(session, "order_line", progress):
        send(
            bench,
            f"SELECT place + 1, {_STORED} FROM resolved",
            session,
            f"order_line (id, {_STORED})",
            options=", FREEZE true",
            told=lambda rows: progress("copy:orders", rows, typed.rows),
        )
    last = text("SELECT setval(pg_get_serial_sequence('order_line', 'id'), :last)")
    session.execute(last, {"last": typed.rows})
    progress("rollups:orders", 0, 0)
    # The table that questions read comes last: they wait for as long as its keys are built.
    for table, columns, rows in (
        ("sales_daily", _DAILY_COLUMNS, "leaf"),
        ("sales_scope_daily", _SCOPE_COLUMNS, "scopes"),
    ):
        with _without_indexes(session, table):
            send(
                bench,
                f"SELECT {columns} FROM {rows}",
                session,
                f"{table} ({columns})",
                options=", FREEZE true",
            )
        bench.run(f"DROP TABLE {rows}")
    session.execute(text("ANALYZE order_line, sales_daily, sales_scope_daily"))


@contextmanager
def _beside(bench: Workbench, statement: str) -> Iterator[None]:
    """Run a DuckDB statement while the block works; it is done when the block ends."""
    cursor = bench.connection.cursor()
    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(cursor.execute, statement)
        yield
        running.result()
    cursor.close()


@contextmanager
def _without_indexes(session: Session, table: str, progress: Progress | None = None) -> Iterator[None]:
    """Empty the table, drop its keys and indexes, and build them again over what the block has written."""
    keys = session.execute(text(_KEYS), {"name": table}).all()
    indexes = session.execute(text(_INDEXES), {"name": table}).all()
    session.execute(text(f"TRUNCATE {table}"))
    for key, _ in keys:
        session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name(key)}"))
    for index, _ in indexes:
        session.execute(text(f"DROP INDEX {name(index)}"))
    yield
    if progress:
        progress("index:orders", 0, 0)
    for key, definition in keys:
        session.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {name(key)} {definition}"))
    for _, definition in indexes:
        session.execute(text(definition))


def _merge(bench: Workbench, session: Session, typed: Typed, dry_run: bool, progress: Progress) -> Written:
    """Only the lines that differ from those kept. A column that the source lacks stays as it is."""
    session.execute(text("SET LOCAL work_mem = '128MB'"))
    session.execute(text("DROP TABLE IF EXISTS staged_orders, differing"))
    session.execute(
        text(
            f"CREATE TEMP TABLE staged_orders ON COMMIT DROP AS SELECT {_STORED} FROM order_line WITH NO DATA"
        )
    )
    total = typed.rows
    send(
        bench,
        f"SELECT {_STORED} FROM resolved",
        session,
        f"staged_orders ({_STORED})",
        told=lambda rows: progress("copy:orders", rows, total),
    )
    session.execute(text("ANALYZE staged_orders"))
    progress("compare:orders", 0, 0)
    given = [_ORDERS.column(c) for c in _COLUMNS if c in typed.relation.present and c not in typed.table.key]
    differs = " OR ".join(f"o.{c} IS DISTINCT FROM s.{c}" for c in given)
    session.execute(
        text(
            "CREATE TEMP TABLE differing ON COMMIT DROP AS "
            "SELECT s.*, o.id AS old_id, o.ordered_on AS old_day FROM staged_orders s "
            "LEFT JOIN order_line o ON o.order_no = s.order_no AND o.line_no = s.line_no "
            f"WHERE o.id IS NULL OR {differs}"
        )
    )
    new, changed = session.execute(
        text("SELECT count(*) - count(old_id), count(old_id) FROM differing")
    ).one()
    written = Written(total, new_rows=new, changed_rows=changed)
    if not dry_run and new + changed:
        _write_differing(session, given, progress)
    return written


def _write_differing(session: Session, given: list[str], progress: Progress) -> None:
    sets = ", ".join(f"{c} = s.{c}" for c in given)
    session.execute(text(f"UPDATE order_line o SET {sets} FROM differing s WHERE o.id = s.old_id"))
    session.execute(
        text(f"INSERT INTO order_line ({_STORED}) SELECT {_STORED} FROM differing WHERE old_id IS NULL")
    )
    days: list[date] = list(
        session.scalars(
            text(
                "SELECT ordered_on FROM differing "
                "UNION SELECT old_day FROM differing WHERE old_day IS NOT NULL"
            )
        )
    )
    progress("rollups:orders", 0, len(days))
    rebuild_rollups(session, days)
    session.execute(text("ANALYZE order_line, sales_daily, sales_scope_daily"))
