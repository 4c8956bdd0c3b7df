"""From a mapping's SQL, or a person's sheets, to relations with the canonical columns."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rapidfuzz import process

from domain.imports.problems import Problem, Reason
from domain.imports.tables import BY_NAME, Table
from gateways.feeds.mapping import MappedTable
from gateways.feeds.paths import NotOneSelect, locate
from gateways.feeds.workbench import Workbench, name, quoted
from gateways.spreadsheets.sheet import Sheet

FILE, ROW = "_file", "_row"
_CSV_LINE = re.compile(r"CSV Error on Line: (\d+)")


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of a canonical table as a query: `types` are DuckDB's, by column; `file` is where they stand by
    default.
    """

    table: Table
    sql: str
    types: dict[str, str]
    source: str
    file: str

    @property
    def present(self) -> frozenset[str]:
        """The canonical columns it has."""
        return frozenset(self.types) - {FILE, ROW}


def from_mapping(
    bench: Workbench, mapped: MappedTable, source: Path
) -> tuple[Relation | None, list[Problem]]:
    """The relation a mapping file describes, or what is wrong with its SQL or its columns."""
    try:
        located = locate(bench, mapped.sql, source)
        described = bench.rows(f"DESCRIBE ({located.sql.rstrip().rstrip(';')}\n)")
    except NotOneSelect as refused:
        return None, [failed(mapped.file, str(refused), source)]
    except duckdb.Error as refused:
        return None, [failed(mapped.file, str(refused), source)]
    types = {str(column).lower(): str(kind) for column, kind, *_ in described}
    # Where the SQL reads one file and nothing else, a row of its result is a row of that file.
    plain = len(located.files) == 1 and "*" not in located.files[0]
    table = BY_NAME[mapped.table]
    relation = Relation(
        table=table,
        sql=located.sql.rstrip().rstrip(";"),
        types=types,
        source=mapped.file,
        file=located.files[0] if plain else mapped.file,
    )
    return relation, judge_columns(relation)


def failed(file: str, said: str, source: Path) -> Problem:
    """DuckDB's reason without the folders of this machine; the line where a CSV could not be read."""
    line = _CSV_LINE.search(said)
    paragraph = " ".join(said.split("\n\n")[0].split())
    folder = source.resolve()
    for absolute, shown in ((f"{folder}/", ""), (f"{folder.parent}/", "../"), (str(folder), ".")):
        paragraph = paragraph.replace(absolute, shown)
    row = int(line.group(1)) if line else 0
    return Problem(file, Reason.MAPPING_FAILED, row=row, hints=(paragraph[:400],))


def judge_columns(relation: Relation) -> list[Problem]:
    """Required columns that are missing, and those that are not canonical: one misspelled would be lost."""
    known = [column.name for column in relation.table.columns]
    missing = [c.name for c in relation.table.columns if c.required and c.name not in relation.types]
    problems = [
        Problem(
            relation.source,
            Reason.MISSING_COLUMN,
            column=column,
            hints=_near(column, relation.present - set(known)),
        )
        for column in missing
    ]
    return problems + [
        Problem(relation.source, Reason.UNKNOWN_COLUMN, column=column, hints=_near(column, known))
        for column in relation.types
        if column not in known and column not in (FILE, ROW)
    ]


def _near(word: str, known: Iterable[str]) -> tuple[str, ...]:
    return tuple(found for found, *_ in process.extract(word, list(known), limit=3, score_cutoff=60))


def from_sheets(bench: Workbench, table: Table, sheets: Sequence[Sheet]) -> tuple[Relation, list[Problem]]:
    """One relation from all sheets of a table: their columns together, what a sheet lacks is empty."""
    columns = [c.name for c in table.columns if any(c.name in sheet.columns for sheet in sheets)]
    path = bench.folder / f"{table.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        for sheet in sheets:
            for row in sheet.rows:
                writer.writerow([sheet.file, row.number, *(row.values.get(c, "") for c in columns)])
    types = {FILE: "VARCHAR", ROW: "BIGINT"} | dict.fromkeys(columns, "VARCHAR")
    declared = ", ".join(f"{name(column)}: {quoted(kind)}" for column, kind in types.items())
    sql = (
        f"SELECT * FROM read_csv({quoted(str(path))}, auto_detect = false, header = false, delim = ',', "
        f"quote = '\"', escape = '\"', parallel = false, max_line_size = 8000000, columns = {{{declared}}})"
    )
    files = ", ".join(dict.fromkeys(sheet.file for sheet in sheets))
    relation = Relation(table, sql, types, files, sheets[0].file)
    told = {problem.column for sheet in sheets for problem in sheet.problems if not problem.row}
    return relation, [p for p in judge_columns(relation) if p.column not in told]
