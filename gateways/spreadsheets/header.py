"""Where the header of a grid is, which table it belongs to and which column is which."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.imports.tables import BY_NAME, TABLES, Table
from gateways.spreadsheets.grid import Grid, as_text
from gateways.spreadsheets.headings import LIKELY, STRONG, WEAK, columns_named, table_named
from gateways.spreadsheets.limits import HEADER_ROWS
from gateways.spreadsheets.wide import MonthColumn, find_months, says_year

_THIN = 3  # columns
_LEAST = 2  # headers that must be known before a row counts as one


@dataclass(frozen=True, slots=True)
class Assigned:
    """The headers of a row read for one table. Positions are zero-based sheet columns."""

    table: str
    columns: dict[str, int]
    plainness: dict[str, int]
    rivals: dict[str, tuple[int, ...]]  # as plain as the chosen one: the person decides
    weaker: dict[int, str]
    unknown: tuple[int, ...]
    missing: tuple[str, ...]
    months: tuple[MonthColumn, ...] = ()
    year_position: int | None = None

    @property
    def score(self) -> tuple[bool, int]:
        """How well the row fits: all required columns there or not, then the known less the missing."""
        known = sum(min(p, WEAK) for p in self.plainness.values()) + 2 * bool(self.months)
        return (not self.missing, known - len(self.missing))


@dataclass(frozen=True, slots=True)
class Header:
    """A header found in a grid: `row` is its last row as Excel counts it, `texts` by position."""

    row: int
    rows: int  # one, or two with a line of group headers
    texts: tuple[str, ...]
    assigned: Assigned
    tied: tuple[str, ...] = field(default=())  # other tables that fit as well

    @property
    def known(self) -> int:
        """Headers that are understood."""
        return len(self.assigned.columns) + len(self.assigned.months)


def _missing(table: Table, columns: dict[str, int], wide: bool) -> tuple[str, ...]:
    given = {*columns, "month", "amount"} if wide else set(columns)
    return tuple(column.name for column in table.columns if column.required and column.name not in given)


def assign(table: str, texts: Sequence[str]) -> Assigned:
    """Give each column the header that names it most plainly."""
    claims: dict[str, list[tuple[int, int]]] = {}
    months = find_months(texts) if table == "targets" else ()
    taken = {month.position for month in months}
    year = next((i for i, text in enumerate(texts) if months and says_year(text)), None)
    for position, text in enumerate(texts):
        if text and position not in taken and position != year:
            for column, plainness in columns_named(table, text):
                claims.setdefault(column, []).append((plainness, position))
    columns: dict[str, int] = {}
    plain: dict[str, int] = {}
    rivals: dict[str, tuple[int, ...]] = {}
    weaker: dict[int, str] = {}
    ordered = sorted(claims.items(), key=lambda claim: -max(claim[1])[0])
    for column, claimed in ordered:
        free = [(p, at) for p, at in claimed if at not in columns.values()]
        if not free or (months and column in ("month", "amount")):
            continue
        best = max(p for p, _ in free)
        equals = tuple(at for p, at in free if p == best)
        columns[column], plain[column] = equals[0], best
        if (len(equals) > 1 and best == STRONG) or len({texts[at] for at in equals}) < len(equals):
            rivals[column] = equals
        weaker.update({at: column for _, at in free if at != equals[0] and at not in rivals.get(column, ())})
    weaker = {at: column for at, column in weaker.items() if at not in columns.values()}
    contested = {at for ats in rivals.values() for at in ats}
    used = {*columns.values(), *weaker, *taken, *contested, year}
    unknown = tuple(i for i, text in enumerate(texts) if text and i not in used)
    missing = _missing(BY_NAME[table], columns, bool(months))
    return Assigned(table, columns, plain, rivals, weaker, unknown, missing, months, year)


def _ranked(texts: Sequence[str], tables: Sequence[str]) -> list[Assigned]:
    found = [assign(table, texts) for table in tables]
    least = (
        1 if len(tables) == 1 else _LEAST
    )  # of a table asked for, one header is enough to name the missing
    known = [one for one in found if len(one.columns) + len(one.months) >= least and one.columns]
    return sorted(known, key=lambda one: one.score, reverse=True)


def _choose(ranked: list[Assigned], named: str) -> tuple[Assigned, tuple[str, ...]]:
    """The best table; where several are as good the one that the sheet, title or file is named after."""
    complete = [one for one in ranked if not one.missing]
    for one in complete or ranked:
        if one.table == named:
            return one, ()
    best = ranked[0]
    if complete and named and len(best.columns) <= _THIN and not best.months:
        return best, (named,)  # code and name fit nearly anything: the name on the file is as good a witness
    ties = [one for one in ranked if one.score == best.score]
    if len(ties) > 1:
        # A file of stock also has all that parts require: more of the required columns is the better fit.
        needs = {one.table: _required_found(one) for one in ties}
        most = max(needs.values())
        ties = [one for one in ties if needs[one.table] == most]
    return ties[0], tuple(one.table for one in ties[1:])


def _required_found(one: Assigned) -> int:
    return sum(
        column.required and one.plainness.get(column.name, 0) >= WEAK for column in BY_NAME[one.table].columns
    )


def detect_table(headers: Sequence[str]) -> str | None:
    """The canonical table these headers belong to; None where they fit none, or several equally.

    >>> detect_table(["料号", "仓库", "现存数量"]), detect_table(["供应商编码", "名称"]), detect_table(["x"])
    ('stock', 'suppliers', None)
    """
    ranked = _ranked(headers, [table.name for table in TABLES])
    if not ranked or ranked[0].missing:
        return None
    best, tied = _choose(ranked, "")
    return None if tied else best.table


def _row_texts(grid: Grid, index: int) -> list[str]:
    return [as_text(cell)[:200] for cell in grid.rows[index]] if index < len(grid.rows) else []


def _groups(grid: Grid, index: int) -> list[str]:
    """The row above with each group's words over all its columns: merged ranges, else up to the next word."""
    texts = _row_texts(grid, index)
    spans = grid.spans_in_row(index)
    filled, current = [], ""
    for position, text in enumerate(texts):
        if text:
            current = text
        elif spans is not None and not any(a < position <= b for a, b in spans):
            current = ""
        filled.append(current)
    return filled


def _two_rows(grid: Grid, index: int, tables: Sequence[str]) -> list[str]:
    """Header `index` under its group row: 交货 over 日期 says 交货日期 where that is a column."""
    upper, own, lower = _groups(grid, index - 1), _row_texts(grid, index - 1), _row_texts(grid, index)
    texts = []
    for position, text in enumerate(lower):
        group = upper[position] if position < len(upper) else ""
        joined = group + text if not (group.isascii() and group) else f"{group} {text}"
        alone = own[position] if position < len(own) else ""
        if (text and group and any(columns_named(table, joined) for table in tables)) or (
            text and group and any(c.isdigit() for c in group) and find_months([joined])
        ):
            texts.append(joined)
        else:
            texts.append(text or alone)
    return texts


def find_header(grid: Grid, table: str | None, names: Sequence[str]) -> Header | None:
    """The header among the first 15 rows, or None; `names` are words about the file, the nearest first."""
    tables = [table] if table else [each.name for each in TABLES]
    best: Header | None = None
    titles: list[str] = []
    for index in range(min(HEADER_ROWS, len(grid.rows))):
        named = table_named([*names[:1], *titles, *names[1:]])
        options = [(1, _row_texts(grid, index))]
        if index and any(_row_texts(grid, index - 1)):
            options.append((2, _two_rows(grid, index, tables)))
        for rows, texts in options:
            ranked = _ranked(texts, tables)
            if not ranked:
                continue
            chosen, tied = _choose(ranked, named)
            header = Header(index + 1, rows, tuple(texts), chosen, tied)
            if best is None or _better(header, best):
                best = header
        said = [text for text in _row_texts(grid, index) if text]
        titles += said if len(said) == 1 else []  # a title stands alone in its row
    return best


def _better(one: Header, other: Header) -> bool:
    return (one.assigned.score, one.known, -one.rows) > (other.assigned.score, other.known, -other.rows)


def only_guessed(header: Header) -> list[tuple[str, str]]:
    """Columns taken from a header that is merely spelled like theirs, with that header."""
    assigned = header.assigned
    return [(c, header.texts[at]) for c, at in assigned.columns.items() if assigned.plainness[c] == LIKELY]


def without_rivals(header: Header) -> Header:
    """The header with the columns that two headers claim left out: nothing is read on a guess."""
    columns = {c: at for c, at in header.assigned.columns.items() if c not in header.assigned.rivals}
    return replace(header, assigned=replace(header.assigned, columns=columns))
