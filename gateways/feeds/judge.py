"""Everything wrong with typed tables, at once: cells, repeated keys, references to what is not there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from sqlalchemy.orm import Session

from domain.imports.checks import KEPT_PER_REASON, UNIQUE
from domain.imports.problems import Problem, Reason
from domain.imports.tables import BY_NAME, Column, Kind
from gateways.feeds.destinations import CODES
from gateways.feeds.transfer import fetch
from gateways.feeds.typed import Typed, typed_name
from gateways.feeds.workbench import Workbench, name

_COMPARISONS = 4_000_000  # of texts, for hints; more would be waited for


@dataclass(slots=True)
class Verdict:
    """Problems of a run: the first 200 of each reason and table, and how many more."""

    problems: list[Problem] = field(default_factory=list)
    more: Counter[Reason] = field(default_factory=Counter)

    def add(self, found: Iterable[Problem]) -> None:
        """Problems that are counted already."""
        self.problems += found

    def listed(self, found: list[Problem], total: int) -> None:
        """Problems of one reason, and how many there are of it in all."""
        self.problems += found
        if total > len(found):
            self.more[found[0].reason] += total - len(found)


def judge_cells(bench: Workbench, typed: Typed, verdict: Verdict) -> None:
    """Cells that cannot be what their column wants."""
    if not bench.value(f"SELECT count(*) FROM {typed.name} WHERE _bad <> 0"):
        return
    counts: Counter[Reason] = Counter()
    found: list[tuple[int, Problem]] = []
    place = {column.name: number for number, column in enumerate(typed.columns, start=1)}
    for bit, check in enumerate(typed.checks):
        mask = 1 << bit
        counts[check.reason] += bench.value(f"SELECT count(*) FROM {typed.name} WHERE _bad & {mask} <> 0")
        rows = bench.rows(
            f"SELECT rowid, {typed.file}, {typed.row}, _raw[{place[check.column]}] FROM {typed.name} "
            f"WHERE _bad & {mask} <> 0 ORDER BY rowid LIMIT {KEPT_PER_REASON}"
        )
        for order, file, row, value in rows:
            shown = (value or "")[:100]
            found.append((order, Problem(file, check.reason, row, check.column, shown, check.hints)))
    for reason, total in counts.items():
        of_reason = sorted((f for f in found if f[1].reason is reason), key=lambda f: f[0])
        if of_reason:
            verdict.listed([problem for _, problem in of_reason[:KEPT_PER_REASON]], total)


def judge_keys(bench: Workbench, typed: Typed, verdict: Verdict) -> None:
    """Rows with the key of an earlier one, which is named in the hints."""
    key = [column for column in typed.table.key if column in typed.relation.present]
    _judge_repeated(bench, typed, ",".join(key), list(map(name, key)), verdict)
    for column in UNIQUE.get(typed.table.name, ()):
        if column in typed.relation.present:
            _judge_repeated(bench, typed, column, [f"lower({name(column)})"], verdict)


def _judge_repeated(bench: Workbench, typed: Typed, column: str, key: list[str], verdict: Verdict) -> None:
    listed = ", ".join(key)
    # A hash a row instead of the key itself: a tenth of the memory. What collides by chance falls out below.
    suspects = f"SELECT hash({listed}) AS h FROM {typed.name} GROUP BY 1 HAVING count(*) > 1"
    if not bench.rows(f"{suspects} LIMIT 1"):
        return
    # Of a key column that must be filled and is empty, that is the problem.
    known = " AND ".join(f"{name(c)} IS NOT NULL" for c in typed.table.key if typed.table.column(c).required)
    shown = " || '/' || ".join(f"coalesce(CAST({part} AS VARCHAR), '')" for part in key)
    bench.run(f"""
        CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT * FROM (
            SELECT rowid AS place, {typed.file} AS file, {typed.row} AS row, {shown} AS shown,
                   row_number() OVER same AS nth, first_value({typed.row}) OVER same AS first_row
            FROM {typed.name} WHERE hash({listed}) IN ({suspects}) {f"AND {known}" if known else ""}
            WINDOW same AS (PARTITION BY {listed} ORDER BY rowid)
        ) WHERE nth > 1
    """)
    total = bench.value("SELECT count(*) FROM repeated")
    rows = bench.rows(
        f"SELECT file, row, shown, first_row FROM repeated ORDER BY place LIMIT {KEPT_PER_REASON}"
    )
    found = [Problem(f, Reason.REPEATED_KEY, r, column, v[:100], (str(first),)) for f, r, v, first in rows]
    if found:
        verdict.listed(found, total)


@dataclass(slots=True)
class References:
    """What can be referred to: the rows of this run and what the database has. Loaded when first asked for.

    `broken` are tables of this run that could not be read: nothing is said of references to them.
    """

    bench: Workbench
    session: Session
    typed: Mapping[str, Typed]
    broken: frozenset[str] = frozenset()
    loaded: set[str] = field(default_factory=set)

    def known(self, table: str) -> str:
        """The DuckDB table with the codes of a canonical table."""
        target = f"known_{table}"
        if table not in self.loaded:
            stored, column = CODES[table]
            fetch(self.bench, self.session, f"SELECT {column} FROM {stored}", target, {"code": "VARCHAR"})
            if table in self.typed:
                key = BY_NAME[table].key[0]
                own = f"SELECT {name(key)} FROM {typed_name(BY_NAME[table])} WHERE {name(key)} IS NOT NULL"
                self.bench.run(f"INSERT INTO {target} {own}")
            self.loaded.add(table)
        return target


def judge_references(references: References, typed: Typed, verdict: Verdict) -> None:
    """Codes that are neither in this run nor in the database, with the nearest that are."""
    bench = references.bench
    found: list[Problem] = []
    total = 0
    for column in typed.columns:
        if column.references is None or column.references in references.broken:
            continue
        known = references.known(column.references)
        bench.run(
            f"CREATE OR REPLACE TEMP TABLE unknown AS SELECT DISTINCT code FROM ({_codes(typed, column)}) "
            f"WHERE code NOT IN (SELECT code FROM {known})"
        )
        if not bench.value("SELECT count(*) FROM unknown"):
            continue
        unknown = f"FROM ({_codes(typed, column)}) SEMI JOIN unknown USING (code)"
        total += bench.value(f"SELECT count(*) {unknown}")
        rows = bench.rows(f"SELECT file, row, code {unknown} ORDER BY place LIMIT {KEPT_PER_REASON}")
        near = _nearest(bench, known, [code for *_, code in rows])
        found += [
            Problem(file, Reason.UNKNOWN_REFERENCE, row, column.name, code[:100], near.get(code, ()))
            for file, row, code in rows
        ]
    if found:
        verdict.listed(sorted(found, key=lambda p: p.row)[:KEPT_PER_REASON], total)


def _codes(typed: Typed, column: Column) -> str:
    """SQL: every code the column refers to, with the place of its row."""
    code = name(column.name)
    listed = f"unnest(string_split({code}, ';'))" if column.kind is Kind.LIST else code
    return (
        f"SELECT rowid AS place, {typed.file} AS file, {typed.row} AS row, {listed} AS code "
        f"FROM {typed.name} WHERE {code} IS NOT NULL"
    )


def _nearest(bench: Workbench, known: str, codes: list[str]) -> dict[str, tuple[str, ...]]:
    """Up to three known codes close to each unknown one; for as many as do not take long."""
    words = [code for (code,) in bench.rows(f"SELECT DISTINCT code FROM {known} ORDER BY code")]
    asked = list(dict.fromkeys(codes))[: max(1, _COMPARISONS // max(1, len(words)))]
    return {
        code: tuple(found for found, *_ in process.extract(code, words, limit=3, score_cutoff=60))
        for code in asked
    }


def judge_taken(bench: Workbench, session: Session, typed: Typed, verdict: Verdict) -> None:
    """E-mails that somebody outside this run has already."""
    if typed.table.name != "people" or "email" not in typed.relation.present:
        return
    columns = {"code": "VARCHAR", "email": "VARCHAR"}
    fetch(bench, session, "SELECT code, lower(email) FROM person", "stored_people", columns)
    placed = f"SELECT {typed.file} AS file, {typed.row} AS row, rowid AS place, * FROM {typed.name}"
    rows = bench.rows(
        f"SELECT file, row, t.email, s.code FROM ({placed}) t "
        "JOIN stored_people s ON s.email = lower(t.email) AND s.code <> t.code "
        f"WHERE s.code NOT IN (SELECT code FROM {typed.name} WHERE code IS NOT NULL) "
        f"ORDER BY place LIMIT {KEPT_PER_REASON}"
    )
    verdict.add(Problem(f, Reason.REPEATED_KEY, r, "email", e, (code,)) for f, r, e, code in rows)
