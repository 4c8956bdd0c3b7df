"""Rows between DuckDB and PostgreSQL: COPY on both sides, blocks of bytes between, no row ever in Python."""

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from gateways.feeds.workbench import Workbench, name, quoted

BLOCK = 1 << 20
_KEYS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = CAST(:name AS regclass) AND contype IN ('p', 'u')
"""
_INDEXES = """
SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = CAST(:name AS regclass)
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid)
"""
Told = Callable[[int], None]  # rows so far


def driver(session: Session) -> "psycopg.Connection[tuple[object, ...]]":
    """The session's own connection, in its transaction."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    return connection


def send(
    bench: Workbench,
    query: str,
    session: Session,
    target: str,
    *,
    options: str = "",
    told: Told | None = None,
) -> int:
    """Write the query's rows into a table, `target` as COPY names it (`person (code, name)`); how many.

    An empty text is never written: NULL is all there is. DuckDB formats on its own thread while PostgreSQL
    reads.
    """
    reading, writing = _wide_pipe()
    failure: list[duckdb.Error] = []
    cursor = bench.connection.cursor()

    def produce() -> None:
        try:
            cursor.execute(
                f"COPY ({query}) TO '/dev/fd/{writing}' "
                "(FORMAT csv, HEADER false, USE_TMP_FILE false, NULLSTR '')"
            )
        except duckdb.Error as error:
            failure.append(error)
        finally:
            os.close(writing)

    thread = threading.Thread(target=produce, name="feed-rows")
    thread.start()
    rows = 0
    try:
        with driver(session).cursor().copy(f"COPY {target} FROM STDIN (FORMAT csv{options})") as copy:
            while block := os.read(reading, BLOCK):
                copy.write(block)
                rows += block.count(b"\n")
                if told:
                    told(rows)
            thread.join()
            if failure:
                raise failure[0]
    finally:
        os.close(reading)  # a writer that is still there fails and ends
        thread.join()
        cursor.close()
    return rows


def _wide_pipe() -> tuple[int, int]:
    """A pipe that holds a block instead of the usual 64 kB, where the system can: fewer turns for both sides."""
    ends = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):  # beyond what this user may have
            fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, BLOCK)
    return ends


def fetch(bench: Workbench, session: Session, query: str, table: str, columns: dict[str, str]) -> None:
    """Make a DuckDB table of a PostgreSQL query; `columns` are its names and DuckDB types."""
    path = Path(bench.folder) / f"{table}.pg.csv"
    with (
        path.open("wb") as file,
        driver(session).cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy,
    ):
        for block in copy:
            file.write(block)
    declared = ", ".join(f"{name(column)}: {quoted(kind)}" for column, kind in columns.items())
    bench.run(
        f"CREATE OR REPLACE TABLE {table} AS "
        f"SELECT * FROM read_csv({quoted(str(path))}, auto_detect = false, "
        f"header = false, delim = ',', quote = '\"', escape = '\"', columns = {{{declared}}})"
    )
    path.unlink()


@contextmanager
def beside(bench: Workbench, *statements: str) -> Iterator[None]:
    """Run DuckDB statements while the block works; they are done when the block ends."""
    cursor = bench.connection.cursor()
    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(cursor.execute, ";".join(statements))
        yield
        running.result()
    cursor.close()


@contextmanager
def without_indexes(
    session: Session, table: str, indexing: Callable[[], None] | None = None
) -> Iterator[None]:
    """Empty the table, drop its keys and indexes, and build them again over what the block has written."""
    keys = session.execute(text(_KEYS), {"name": table}).all()
    indexes = session.execute(text(_INDEXES), {"name": table}).all()
    session.execute(text(f"TRUNCATE {table}"))
    for key, _ in keys:
        session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name(key)}"))
    for index, _ in indexes:
        session.execute(text(f"DROP INDEX {name(index)}"))
    yield
    if indexing:
        indexing()
    for key, definition in keys:
        session.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {name(key)} {definition}"))
    for _, definition in indexes:
        session.execute(text(definition))
