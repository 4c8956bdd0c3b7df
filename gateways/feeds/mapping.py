"""A mapping folder: one SQL file per canonical table, each with an optional header that says what it needs.

    -- needs: ../adventureworks/Production.Product.csv
    -- otherwise: orders_unpriced.sql

Where a needed file (or pattern) is absent, the file named under `otherwise` is used in its place; without one
the table is left out of the run and the report says so.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from domain.imports.problems import Problem, Reason
from domain.imports.tables import BY_NAME, TABLES

_HEADER = re.compile(r"^--\s*(needs|otherwise):\s*(\S.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MappedTable:
    """The SQL to run for a table; `missing` names the needed files that are absent where it is left out."""

    table: str
    file: str
    sql: str = ""
    missing: tuple[str, ...] = ()


def read_mapping(mapping: Path, source: Path) -> tuple[list[MappedTable], list[Problem]]:
    """The tables a mapping yields for this source, in the order they are applied; and what is odd."""
    files = {path.name: path.read_text(encoding="utf-8-sig") for path in sorted(mapping.glob("*.sql"))}
    found: list[MappedTable] = []
    problems: list[Problem] = []
    used: set[str] = set()
    for table in TABLES:
        if f"{table.name}.sql" in files:
            found.append(_choose(table.name, files, source, used, problems))
    if not files:
        names = tuple(f"{table.name}.sql" for table in TABLES)
        problems.append(Problem(mapping.name, Reason.EMPTY, hints=names))
    for name in files.keys() - used:
        stem = name.removesuffix(".sql")
        near = tuple(f"{known}.sql" for known, *_ in process.extract(stem, list(BY_NAME), limit=3))
        problems.append(Problem(name, Reason.UNKNOWN_TABLE, value=stem, hints=near))
    return found, problems


def _choose(
    table: str, files: dict[str, str], source: Path, used: set[str], problems: list[Problem]
) -> MappedTable:
    """Follow `otherwise` until a file's needs are met; every file on the way counts as used."""
    file, seen = f"{table}.sql", list[str]()
    while True:
        seen.append(file)
        said = dict(_HEADER.findall(files[file]))
        used |= {file, said.get("otherwise", file)}
        missing = tuple(need for need in _needs(files[file]) if not _there(source, need))
        following = said.get("otherwise", "")
        if not missing:
            return MappedTable(table, file, files[file])
        if following and (following not in files or following in seen):
            problems.append(Problem(file, Reason.MAPPING_FAILED, value=following, hints=missing))
        if following not in files or following in seen:
            return MappedTable(table, file, missing=missing)
        file = following


def _needs(sql: str) -> list[str]:
    return [path for kind, path in _HEADER.findall(sql) if kind == "needs"]


def _there(source: Path, need: str) -> bool:
    """Whether the file, or any of the pattern, is there."""
    relative = need.lstrip("/")
    return (source / relative).exists() or any(source.glob(relative))
