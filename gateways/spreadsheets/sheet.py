"""What the reader hands on: canonical rows, everything wrong, and everything a person should be told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.imports.problems import Problem, Reason
from gateways.spreadsheets.limits import PER_REASON


class Skip(StrEnum):
    """Why a row of the sheet is not data."""

    TITLE = "title"
    GROUP_HEADER = "group_header"
    REPEATED_HEADER = "repeated_header"
    TOTAL = "total"
    FOOTER = "footer"
    NO_DATA = "no_data"  # something is written, but in no column that is ours


class NoteKind(StrEnum):
    """Something read with a decision that a person should see before importing."""

    UNKNOWN_COLUMN = "unknown_column"  # value: the header; it is not imported
    WEAKER_COLUMN = "weaker_column"  # value: a header that says `column` less plainly than the one used
    GUESSED_COLUMN = "guessed_column"  # value: a header taken for `column` because it is spelled nearly so
    OTHER_SHEET = "other_sheet"  # value: the name of a sheet that was not read
    HIDDEN_ROWS = "hidden_rows"  # read all the same; row: the first
    SCALED = "scaled"  # value: the factor that the header or the title asks for
    CURRENCY_TAKEN = "currency_taken"  # value: the currency named beside the number or in the header
    CURRENCY_IGNORED = "currency_ignored"  # the same where the table has no currency column
    NUMBER_CODES = "number_codes"  # codes stored as numbers: leading zeros may be lost
    MIXED_ZEROS = "mixed_zeros"  # value: "34", hint: "0034"; both are in the column
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"
    DECIMAL_COMMA = "decimal_comma"
    ROC_YEAR = "roc_year"
    FILLED_DOWN = "filled_down"  # merged cells: the value holds for every row they cover
    WIDE_LAYOUT = "wide_layout"  # months were columns
    NO_TARGET = "no_target"  # blank month cells of a wide layout


@dataclass(frozen=True, slots=True)
class Note:
    """One decision; `count` is the number of cells or rows it touched, `row` the first of them."""

    kind: NoteKind
    column: str = ""
    value: str = ""
    hint: str = ""
    row: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out, as Excel counts it, with its first words."""

    row: int
    why: Skip
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One canonical record. In a wide layout several records share one `number`.

    A value that could not be read stands here as written and has a problem of the same row and column.
    """

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the table stands in the file, so that it can be found again for the annotated copy.

    `positions` holds the zero-based sheet columns of each canonical column (several in a wide layout).
    """

    sheet: str = ""
    header_row: int = 0
    positions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spreadsheet as canonical rows; `table` is "" where it could not be told.

    `problems` holds at most 200 of each reason, `more` the number of further ones.
    """

    file: str
    table: str = ""
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more: dict[Reason, int] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    encoding: str = ""
    notes: list[Note] = field(default_factory=list)
    place: Place = field(default_factory=Place)


class Problems:
    """Collects problems of one file: the first 200 of each reason and the count of the rest."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.kept: list[Problem] = []
        self._seen: Counter[Reason] = Counter()

    def add(
        self, reason: Reason, row: int = 0, column: str = "", value: str = "", hints: tuple[str, ...] = ()
    ) -> None:
        """Keep the problem or count it."""
        self._seen[reason] += 1
        if self._seen[reason] <= PER_REASON:
            self.kept.append(Problem(self.file, reason, row, column, value[:100], hints))

    @property
    def more(self) -> dict[Reason, int]:
        """How many of each reason were not kept."""
        return {reason: n - PER_REASON for reason, n in self._seen.items() if n > PER_REASON}
