"""Order lines by the million: codes become ids in DuckDB, rows go in by COPY, roll-ups come along.

Into an empty table everything is copied before the indexes are built, and both roll-ups are computed beside
it. Into one that has lines, the rows are staged, and only new and changed ones are written; the roll-ups of
their days are recomputed. A line that the source does not have stays.
"""

from collections.abc import Callable
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.orders.operations import rebuild_rollups
from gateways.feeds.destinations import CODES, DESTINATIONS
from gateways.feeds.rollups import LEAF, SCOPES, copy_rollups, number_texts
from gateways.feeds.transfer import beside, fetch, send, without_indexes
from gateways.feeds.typed import Typed
from gateways.feeds.upsert import Written
from gateways.feeds.workbench import Workbench

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
    # The roll-ups are computed meanwhile: helpers would take the processor from them, and cost more in all.
    session.execute(text("SET LOCAL max_parallel_maintenance_workers = 0"))
    number_texts(bench, typed)

    def indexing() -> None:
        progress("index:orders", 0, 0)

    with beside(bench, LEAF, SCOPES), without_indexes(session, "order_line", indexing):
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
    copy_rollups(bench, session)
    session.execute(text("ANALYZE order_line, sales_daily, sales_scope_daily"))


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
    session.execute(
        text(
            f"UPDATE order_line o SET {sets} FROM differing s "
            "WHERE o.order_no = s.order_no AND o.line_no = s.line_no AND s.old_id IS NOT NULL"
        )
    )
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
