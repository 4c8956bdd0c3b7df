"""What is wrong with a file: one problem per cell or row, worded later in the reader's language."""

from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a value or a file is refused. Each has a sentence and a fix in `templates/imports`."""

    # the file as a whole
    NOT_A_SPREADSHEET = "not_a_spreadsheet"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    ZIP_BOMB = "zip_bomb"
    TOO_MANY_ROWS = "too_many_rows"
    UNKNOWN_ENCODING = "unknown_encoding"
    EMPTY = "empty"
    NO_HEADER = "no_header"
    UNKNOWN_TABLE = "unknown_table"
    MISSING_COLUMN = "missing_column"
    DUPLICATE_COLUMN = "duplicate_column"
    UNKNOWN_COLUMN = "unknown_column"
    MAPPING_FAILED = "mapping_failed"
    # a cell
    REQUIRED = "required"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_BIG = "too_big"
    NEGATIVE = "negative"
    NOT_A_DATE = "not_a_date"
    AMBIGUOUS_DATE = "ambiguous_date"
    NOT_A_MONTH = "not_a_month"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_CHOICE = "not_a_choice"
    UNKNOWN_REFERENCE = "unknown_reference"
    NO_CACHED_VALUE = "no_cached_value"
    TOO_LONG = "too_long"
    FORMULA_ERROR = "formula_error"  # #REF!, #N/A and their like
    CODE_CHANGED = "code_changed"  # the spreadsheet made a date of the code, or rounded its digits
    # a row
    REPEATED_KEY = "repeated_key"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `row` is as Excel counts it (the first line of the sheet is 1); 0: the file.

    `hints` are what the fix is built from: the allowed values, the nearest known ones, the limit.
    """

    file: str
    reason: Reason
    row: int = 0
    column: str = ""
    value: str = ""
    hints: tuple[str, ...] = field(default=())
