"""The sample company, made once for all its tests, with its files read back as text."""

import atexit
import csv
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cli.sample import Sample, make_sample
from domain.imports.tables import TABLES

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Made:
    """What was made: the summary, and every table's rows as they stand in the files."""

    summary: Sample
    tables: Mapping[str, Rows]

    def __getitem__(self, table: str) -> Rows:
        return self.tables[table]


@cache
def made_company() -> Made:
    """The company of seed 7 on 23 October 2026, made when first asked for."""
    folder = Path(tempfile.mkdtemp(prefix="hengtong-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    summary = make_sample(folder)
    return Made(summary, {table.name: _read(folder / f"{table.name}.csv") for table in TABLES})


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
