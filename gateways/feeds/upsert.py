"""Small tables: staged as they come, references resolved, then changed and new rows written by key.

A column that the source does not have is not touched; a row that the source does not have stays.
"""

from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.imports.tables import Column, Kind
from gateways.feeds.destinations import CODES, DESTINATIONS, Destination
from gateways.feeds.transfer import Told, send
from gateways.feeds.typed import Typed
from gateways.feeds.workbench import Workbench, name

_TYPES = {
    Kind.INTEGER: "integer",
    Kind.QUANTITY: "numeric(18,4)",
    Kind.MONEY: "numeric(18,4)",
    Kind.DATE: "date",
    Kind.MONTH: "date",
}
Key = tuple[str, ...]


@dataclass(slots=True)
class Written:
    """Keys of the rows written, as the feed names them; and whether sales are grouped differently now."""

    rows: int
    new: set[Key] = field(default_factory=set)
    changed: set[Key] = field(default_factory=set)
    regrouped: bool = False
    new_rows: int = 0  # where keys are too many to hold
    changed_rows: int = 0


def staged_name(typed: Typed) -> str:
    """The staging table of this transaction."""
    return f"staged_{typed.table.name}"


def stage(bench: Workbench, session: Session, typed: Typed, told: Told | None = None) -> None:
    """Copy the typed rows to a temporary table of the same columns and `place`, their order."""
    columns = typed.stored
    declared = ", ".join(f"{name(c.name)} {_TYPES.get(c.kind, 'text')}" for c in columns)
    listed = ", ".join(name(c.name) for c in columns)
    staged = staged_name(typed)
    session.execute(text(f"DROP TABLE IF EXISTS {staged}"))
    session.execute(text(f"CREATE TEMP TABLE {staged} (place bigint, {declared}) ON COMMIT DROP"))
    query = f"SELECT rowid, {listed} FROM {typed.name}"
    send(bench, query, session, f"{staged} (place, {listed})", told=told)
    session.execute(text(f"ANALYZE {staged}"))


def resolved_query(typed: Typed, destination: Destination, columns: list[Column]) -> str:
    """SQL: the staged rows with ids for codes, `key_…` for the feed's key."""
    stored = {column.name for column in typed.stored}
    values = [f"s.{name(c)} AS {name(f'key_{c}')}" for c in typed.table.key if c in stored]
    joins = []
    for number, column in enumerate(columns):
        reference = destination.references.get(column.name)
        if reference is None:
            values.append(f"s.{name(column.name)} AS {name(column.name)}")
            continue
        table, code = CODES[reference.table]
        values.append(f"r{number}.id AS {name(reference.column)}")
        joins.append(f"LEFT JOIN {table} r{number} ON r{number}.{code} = s.{name(column.name)}")
    return f"SELECT s.place, {', '.join(values)} FROM {staged_name(typed)} s {' '.join(joins)}"


def upsert(bench: Workbench, session: Session, typed: Typed) -> Written:
    """Write the rows that are new or differ from what is kept."""
    destination = DESTINATIONS[typed.table.name]
    stage(bench, session, typed)
    skipped = (*destination.later, *destination.lists)
    columns = [c for c in typed.stored if c.name not in skipped]
    resolved = f"resolved_{typed.table.name}"
    session.execute(text(f"DROP TABLE IF EXISTS {resolved}"))
    query = resolved_query(typed, destination, columns)
    session.execute(text(f"CREATE TEMP TABLE {resolved} ON COMMIT DROP AS {query}"))
    session.execute(text(f"ANALYZE {resolved}"))
    written = Written(typed.rows)
    written.regrouped = _regroups(session, typed, destination, resolved)
    if typed.table.name == "people" and "email" in typed.relation.present:
        _make_way(session, resolved)
    written.changed = _update(session, typed, destination, resolved, columns)
    written.new = _insert(session, typed, destination, resolved, columns)
    for column in destination.later:
        if column in typed.relation.present:
            written.changed |= _update_later(session, typed, destination, column) - written.new
    return written


def _match(typed: Typed, destination: Destination) -> str:
    return " AND ".join(
        f"d.{name(destination.column(c))} = s.{name(destination.column(c))}" for c in typed.table.key
    )


def _keys(typed: Typed) -> str:
    return ", ".join(f"s.{name(f'key_{c}')}::text" for c in typed.table.key)


def _returned(session: Session, statement: str) -> set[Key]:
    return {tuple(row) for row in session.execute(text(statement))}


def _update(
    session: Session, typed: Typed, destination: Destination, resolved: str, columns: list[Column]
) -> set[Key]:
    sets, differs = [], []
    for column in columns:
        if column.name in typed.table.key or column.name not in typed.relation.present:
            continue
        own = name(destination.column(column.name))
        value = f"coalesce(d.{own}, s.{own})" if column.name in destination.filled else f"s.{own}"
        sets.append(f"{own} = {value}")
        differs.append(f"d.{own} IS DISTINCT FROM {value}")
    if not sets:
        return set()
    return _returned(
        session,
        f"UPDATE {destination.table} d SET {', '.join(sets)} FROM {resolved} s "
        f"WHERE {_match(typed, destination)} AND ({' OR '.join(differs)}) RETURNING {_keys(typed)}",
    )


def _insert(
    session: Session, typed: Typed, destination: Destination, resolved: str, columns: list[Column]
) -> set[Key]:
    own = ", ".join(name(destination.column(c.name)) for c in columns)
    values = ", ".join(f"s.{name(destination.column(c.name))}" for c in columns)
    absent = f"NOT EXISTS (SELECT FROM {destination.table} d WHERE {_match(typed, destination)})"
    found = _returned(session, f"SELECT {_keys(typed)} FROM {resolved} s WHERE {absent}")
    session.execute(
        text(
            f"INSERT INTO {destination.table} ({own}) SELECT {values} "
            f"FROM {resolved} s WHERE {absent} ORDER BY place"
        )
    )
    return found


def _update_later(session: Session, typed: Typed, destination: Destination, column: str) -> set[Key]:
    """A reference to the table itself, once all its rows are there."""
    own, key = name(destination.column(column)), name(typed.table.key[0])
    return _returned(
        session,
        f"UPDATE {destination.table} d SET {own} = m.id FROM {staged_name(typed)} s "
        f"LEFT JOIN {destination.table} m ON m.{key} = s.{name(column)} "
        f"WHERE d.{key} = s.{key} AND d.{own} IS DISTINCT FROM m.id RETURNING s.{key}",
    )


def _make_way(session: Session, resolved: str) -> None:
    """Two people may swap e-mails: whoever gets another one gives up the old one first."""
    session.execute(
        text(
            f"UPDATE person d SET email = 'moving-' || d.id FROM {resolved} s "
            "WHERE d.code = s.code AND d.email IS DISTINCT FROM s.email"
        )
    )


def _regroups(session: Session, typed: Typed, destination: Destination, resolved: str) -> bool:
    """Whether rows that are kept already change a column by which sales are rolled up."""
    given = [destination.column(c) for c in destination.grouping if c in typed.relation.present]
    if not given:
        return False
    differs = " OR ".join(f"d.{name(c)} IS DISTINCT FROM s.{name(c)}" for c in given)
    found = session.scalar(
        text(
            f"SELECT EXISTS (SELECT FROM {destination.table} d JOIN {resolved} s "
            f"ON {_match(typed, destination)} WHERE {differs})"
        )
    )
    return bool(found)
