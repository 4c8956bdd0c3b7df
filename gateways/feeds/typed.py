"""A relation read into a typed table, in one pass; what cannot be read is marked and kept as it was written.

`t_orders` has the canonical columns as exact types, `_file` and `_row` where the source says them, `_bad`:
one bit per failed check, and for such rows `_raw`: every cell as text.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import available_timezones

from domain.imports.checks import (
    COMPANY_CURRENCY,
    DAYS,
    DEFAULTS,
    FIRST_DAY,
    LAST_DAY,
    NUMBERS,
    Check,
    Test,
    checks_for,
)
from domain.imports.tables import Column, Kind, Table
from gateways.feeds.extract import FILE, ROW, Relation
from gateways.feeds.workbench import Workbench, name, quoted

AMOUNT = "DECIMAL(18,4)"
_EXACT = (
    "DECIMAL",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
)
_MOST_CHECKS = 62  # bits of a BIGINT


@dataclass(frozen=True, slots=True)
class Typed:
    """The typed table of a relation. `columns` are the canonical ones the source has, in their order."""

    relation: Relation
    checks: tuple[Check, ...]
    rows: int

    @property
    def table(self) -> Table:
        """The canonical table."""
        return self.relation.table

    @property
    def name(self) -> str:
        """Its name in the workbench."""
        return typed_name(self.table)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The canonical columns the source has."""
        return tuple(c for c in self.table.columns if c.name in self.relation.present)

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns the typed table has: those, and the ones whose absence means something."""
        means = {column for table, column in (*COMPANY_CURRENCY, *DEFAULTS) if table == self.table.name}
        return tuple(c for c in self.table.columns if c.name in self.relation.present | means)

    @property
    def file(self) -> str:
        """SQL: the file a row stands in."""
        default = quoted(self.relation.file)
        return f"coalesce(CAST({FILE} AS VARCHAR), {default})" if FILE in self.relation.types else default

    @property
    def row(self) -> str:
        """SQL: the row as Excel counts it; the order of the result where the mapping does not say."""
        return f"coalesce(TRY_CAST({ROW} AS BIGINT), 0)" if ROW in self.relation.types else "(rowid + 2)"


def typed_name(table: Table) -> str:
    """The typed table of a canonical table."""
    return f"t_{table.name}"


def read(bench: Workbench, relation: Relation, currency: str) -> Typed:
    """Run the relation and keep its rows typed. `currency`: what an empty one means. Raises duckdb.Error."""
    checks = tuple(checks_for(relation.table, relation.present))
    assert len(checks) <= _MOST_CHECKS
    columns = [c for c in relation.table.columns if c.name in relation.present]
    bits = " | ".join(
        f"CASE WHEN {_failing(check, relation, currency)} THEN {1 << bit}::BIGINT ELSE 0 END"
        for bit, check in enumerate(checks)
    )
    position = [c for c in (FILE, ROW) if c in relation.types]
    final = [_final(c) for c in columns] + _defaults(relation, currency)
    read_raw = [_read_raw(c, relation) for c in columns]
    raw = ", ".join(f"CAST({_raw(c)} AS VARCHAR)" for c in columns)
    bench.run(f"""
        CREATE TABLE {typed_name(relation.table)} AS
        WITH raw AS (SELECT {", ".join([*position, *read_raw])} FROM ({relation.sql}\n)),
        typed AS (SELECT *, {", ".join(_typed(c, relation, currency) for c in columns)} FROM raw),
        judged AS (SELECT *, {bits or "0::BIGINT"} AS _bad FROM typed)
        SELECT {", ".join([*position, *final])}, _bad,
               CASE WHEN _bad <> 0 THEN list_value({raw or "NULL"}) END AS _raw
        FROM judged
    """)
    return Typed(relation, checks, bench.value(f"SELECT count(*) FROM {typed_name(relation.table)}"))


def _raw(column: Column) -> str:
    return name(f"raw_{column.name}")


def _exact(column: Column, relation: Relation) -> bool:
    """Whether the source gives an exact number or a day where one is wanted: no text in between."""
    kind = relation.types[column.name]
    if column.kind in NUMBERS:
        return kind.startswith(_EXACT)
    return column.kind in DAYS and (kind == "DATE" or kind.startswith("TIMESTAMP"))


def _read_raw(column: Column, relation: Relation) -> str:
    """The cell as it comes; texts without the blanks around them, NULL where nothing else is there."""
    source = name(column.name)
    if _exact(column, relation):
        return f"{source} AS {_raw(column)}"
    if relation.types[column.name].endswith("[]"):
        source = f"array_to_string({source}, ';')"
    elif relation.types[column.name] != "VARCHAR":
        source = f"CAST({source} AS VARCHAR)"
    if column.kind not in NUMBERS | DAYS:
        # Trimming is slow and hardly ever needed: every blank sorts before the exclamation mark.
        blank = f"{source} < '!' OR reverse({source}) < '!'"
        source = f"CASE WHEN {blank} THEN nullif({_trim(source)}, '') ELSE {source} END"
    return f"{source} AS {_raw(column)}"


def _trim(text: str) -> str:
    return f"trim({text}, E' \\t\\r\\n')"


def _typed(column: Column, relation: Relation, currency: str) -> str:
    """The value in its type; NULL where it cannot be read. Integers stay decimal until they are judged."""
    raw, kind = _raw(column), column.kind
    if kind in NUMBERS:
        value = f"TRY_CAST({raw} AS {AMOUNT})"
    elif kind in DAYS:
        month = f"CASE WHEN length({_trim(raw)}) = 7 THEN {_trim(raw)} || '-01' ELSE {raw} END"
        read = raw if _exact(column, relation) or kind is Kind.DATE else month
        day = f"TRY_CAST({read} AS DATE)"
        value = f"CASE WHEN {day} BETWEEN DATE '{FIRST_DAY}' AND DATE '{LAST_DAY}' THEN {day} END"
    elif kind is Kind.CHOICE:
        value = f"lower({raw})"
    elif kind is Kind.CURRENCY:
        value = f"upper({raw})"
    elif kind is Kind.LIST:
        folded = f"lower({raw})" if column.choices else raw
        items = f"list_transform(string_split({folded}, ';'), lambda x: trim(x))"
        value = f"nullif(array_to_string(list_filter({items}, lambda x: x <> ''), ';'), '')"
    else:
        value = raw
    default = _default(relation.table.name, column.name, currency)
    return (
        f"coalesce({value}, {quoted(default)}) AS v_{column.name}"
        if default
        else f"{value} AS v_{column.name}"
    )


def _default(table: str, column: str, currency: str) -> str | None:
    return currency if (table, column) in COMPANY_CURRENCY else DEFAULTS.get((table, column))


def _defaults(relation: Relation, currency: str) -> list[str]:
    """Columns that the source lacks and that mean something when empty."""
    absent = [c.name for c in relation.table.columns if c.name not in relation.present]
    means = {c: _default(relation.table.name, c, currency) for c in absent}
    return [f"{quoted(value)} AS {name(c)}" for c, value in means.items() if value is not None]


def _final(column: Column) -> str:
    value = f"v_{column.name}"
    if column.kind is Kind.INTEGER:
        value = f"TRY_CAST({value} AS INTEGER)"
    return f"{value} AS {name(column.name)}"


def _in(value: str, choices: Iterator[str] | tuple[str, ...]) -> str:
    return f"{value} NOT IN ({', '.join(map(quoted, choices))})"


def _unread(raw: str, value: str, then: str) -> str:
    """SQL: something is written, it gives no value, and `then` holds."""
    return (
        f"CASE WHEN {value} IS NULL AND {raw} IS NOT NULL THEN {_trim(raw)} <> '' AND ({then}) ELSE false END"
    )


def _is_no_number(raw: str, value: str) -> str:
    double = f"TRY_CAST({raw} AS DOUBLE)"
    endless = f"isinf({double}) AND NOT regexp_matches({raw}, '[0-9]')"
    return _unread(raw, value, f"{double} IS NULL OR isnan({double}) OR ({endless})")


def _is_over(raw: str, value: str, limit: str) -> str:
    double = f"TRY_CAST({raw} AS DOUBLE)"
    huge = f"{double} IS NOT NULL AND NOT isnan({double}) AND regexp_matches({raw}, '[0-9]')"
    return f"CASE WHEN {value} IS NOT NULL THEN abs({value}) > {limit} ELSE {_unread(raw, value, huge)} END"


def _failing(check: Check, relation: Relation, usual: str) -> str:
    """SQL: whether the cell fails the check. `usual` is a value known to be right, which most cells hold."""
    column = relation.table.column(check.column)
    raw, value, argument = _raw(column), f"v_{column.name}", check.argument
    text = f"CAST({raw} AS VARCHAR)" if _exact(column, relation) else raw
    tests: dict[Test, Callable[[], str]] = {
        Test.EMPTY: lambda: f"CASE WHEN {value} IS NULL THEN coalesce({_trim(text)}, '') = '' ELSE false END",
        Test.NOT_A_NUMBER: lambda: _is_no_number(text, value),
        Test.OVER: lambda: _is_over(text, value, argument),
        Test.FRACTION: lambda: f"{value} <> trunc({value})",
        Test.BELOW_ZERO: lambda: f"{value} < 0",
        Test.NOT_A_DAY: lambda: _unread(text, value, "true"),
        Test.NOT_FIRST: lambda: f"day({value}) <> 1",
        Test.NOT_LIKE: lambda: (
            f"{value} <> {quoted(usual)} AND NOT regexp_full_match({value}, {quoted(argument)})"
        ),
        Test.NOT_ONE_OF: lambda: _in(value, check.hints),
        Test.NOT_ALL_OF: lambda: (
            f"len(list_filter(string_split({value}, ';'), lambda x: {_in('x', check.hints)})) > 0"
        ),
        Test.LEADS_NOTHING: lambda: f"{value} IS NULL AND contains(v_roles, 'region_lead')",
        Test.NOT_A_ZONE: lambda: _in(value, tuple(sorted(available_timezones()))),
        # The length in bytes is known at once; characters are counted only where it is more.
        Test.LONGER: lambda: f"strlen({value}) > {argument} AND length({value}) > {argument}",
    }
    return tests[check.test]()
