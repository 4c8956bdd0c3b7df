"""The DuckDB a run works in: its own file in a folder that goes away, fenced in, with little memory.

A mapping's SQL sees the source folder, what lies beside it and nothing else: no network, no extension, no
other file.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

MEMORY = "640MB"
THREADS = 2


@dataclass(frozen=True, slots=True)
class Workbench:
    """An open DuckDB and the folder for files of the run."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    def run(self, sql: str, parameters: list[Any] | None = None) -> None:
        """Execute a statement whose rows do not matter."""
        self.connection.execute(sql, parameters)

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a query that has few."""
        return self.connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: list[Any] | None = None) -> Any:
        """The only value of a query."""
        return self.rows(sql, parameters)[0][0]


@contextmanager
def open_workbench(source: Path | None, *, memory: str = MEMORY) -> Iterator[Workbench]:
    """A workbench that may read `source` and its sibling folders."""
    folder = Path(tempfile.mkdtemp(prefix="partsplan-feed-"))
    connection = duckdb.connect(
        str(folder / "run.duckdb"),
        config={
            "memory_limit": memory,
            "threads": THREADS,
            "temp_directory": str(folder / "spill"),
            "extension_directory": str(folder / "extensions"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    try:
        readable = [f"{folder}/", "/dev/fd/", *([f"{source.resolve().parent}/"] if source else [])]
        connection.execute(f"SET allowed_directories = [{', '.join(quoted(d) for d in readable)}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET TimeZone = 'UTC'") if _has_icu(connection) else None
        connection.execute("SET lock_configuration = true")
        yield Workbench(connection, folder)
    finally:
        connection.close()
        shutil.rmtree(folder, ignore_errors=True)


def _has_icu(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether this DuckDB knows time zones; without them it works in UTC anyway."""
    found = connection.execute("SELECT count(*) FROM duckdb_settings() WHERE name = 'TimeZone'").fetchone()
    return bool(found and found[0])


def quoted(text: str) -> str:
    """A string as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def name(identifier: str) -> str:
    """A name as a quoted identifier of SQL."""
    return '"' + identifier.replace('"', '""') + '"'
