"""Rows to files: one CSV per canonical table and the SQL that maps it onto itself."""

import csv
from collections.abc import Iterable
from pathlib import Path

from cli.sample.rows import Row
from domain.imports.tables import Table


def write_csv(folder: Path, table: Table, rows: Iterable[Row]) -> int:
    """Write a table's rows under the canonical columns; returns how many. A column not known there is
    a ValueError; one not given stays empty."""
    count = 0
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in table.columns], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def write_mapping(folder: Path, table: Table) -> None:
    """Write the SQL a bulk feed runs for the table, as for any other system's export.

    The header is stated since nothing in an all-text file tells it from a row.
    """
    options = "header = true, all_varchar = true, delim = ',', quote = '\"'"
    sql = f"SELECT * FROM read_csv('{table.name}.csv', {options})\n"
    (folder / f"{table.name}.sql").write_text(sql, encoding="utf-8", newline="\n")
