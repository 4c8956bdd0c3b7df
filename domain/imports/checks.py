"""From the description of a column to what is checked of its values.

Pure: a check says what is tested and which reason and hints a failure has; how it is tested over millions of
rows is the gateway's business. A bulk feed and a spreadsheet are held to the same checks.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.imports.problems import Reason
from domain.imports.tables import Column, Kind, Table

# NUMERIC(18,4) holds 14 digits before the point; one is kept for sums over rows.
AMOUNT_LIMIT = Decimal(10) ** 13
INTEGER_LIMIT = Decimal(2_147_483_647)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
LENGTHS = {Kind.CODE: 100, Kind.EMAIL: 254, Kind.TEXT: 500, Kind.LIST: 2000}
EMAIL_PATTERN = r"[^@\s;,<>]+@[^@\s;,<>]+\.[^@\s;,<>]+"
CURRENCY_PATTERN = "[A-Z]{3}"
LOCALE_PATTERN = "[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*"
KEPT_PER_REASON = 200
NUMBERS = frozenset({Kind.INTEGER, Kind.QUANTITY, Kind.MONEY})
DAYS = frozenset({Kind.DATE, Kind.MONTH})

# What an empty cell means where it does not mean "not known". Currency is the company's and comes as an
# argument.
DEFAULTS: dict[tuple[str, str], str] = {
    ("orders", "channel"): "reseller",
    ("parts", "lifecycle"): "active",
}
COMPANY_CURRENCY = frozenset({("orders", "currency"), ("targets", "currency")})
# Columns besides the key that must differ from row to row, whatever their case.
UNIQUE: dict[str, tuple[str, ...]] = {"people": ("email",)}


class Test(StrEnum):
    """What is tested of one cell."""

    __test__ = False  # not a test class of pytest

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"  # NaN and infinity included
    OVER = "over"
    FRACTION = "fraction"
    BELOW_ZERO = "below_zero"
    NOT_A_DAY = "not_a_day"
    NOT_FIRST = "not_first"  # of its month
    NOT_LIKE = "not_like"  # `argument` is a regular expression for the whole value
    NOT_ONE_OF = "not_one_of"  # hints are the allowed values
    NOT_ALL_OF = "not_all_of"  # an item of the list is not among the hints
    NOT_A_ZONE = "not_a_zone"
    LONGER = "longer"
    LEADS_NOTHING = "leads_nothing"  # a region lead's role without a region


@dataclass(frozen=True, slots=True)
class Check:
    """One test of a column: where it fails, the cell has a problem of this reason and these hints."""

    column: str
    test: Test
    reason: Reason
    argument: str = ""
    hints: tuple[str, ...] = ()


def _check(column: Column, test: Test, reason: Reason, argument: object = "", *hints: str) -> Check:
    return Check(column.name, test, reason, str(argument), hints)


def checks_of(column: Column) -> list[Check]:
    """Everything one cell of the column is tested for, references apart."""
    found = []
    if column.required:
        found.append(_check(column, Test.EMPTY, Reason.REQUIRED))
    if column.kind in NUMBERS:
        found += _of_number(column)
    elif column.kind is Kind.DATE:
        found.append(_check(column, Test.NOT_A_DAY, Reason.NOT_A_DATE, "", "YYYY-MM-DD"))
    elif column.kind is Kind.MONTH:
        found.append(_check(column, Test.NOT_A_DAY, Reason.NOT_A_MONTH, "", "YYYY-MM-01"))
        found.append(_check(column, Test.NOT_FIRST, Reason.NOT_A_MONTH, "", "YYYY-MM-01"))
    else:
        found += _of_text(column)
    return found


def _of_number(column: Column) -> list[Check]:
    whole = column.kind is Kind.INTEGER
    limit = INTEGER_LIMIT if whole else AMOUNT_LIMIT
    found = [
        _check(column, Test.NOT_A_NUMBER, Reason.NOT_A_NUMBER),
        _check(column, Test.OVER, Reason.TOO_BIG, limit, f"{limit:f}"),
    ]
    if whole:
        found.append(_check(column, Test.FRACTION, Reason.NOT_WHOLE))
    if not column.negative:
        found.append(_check(column, Test.BELOW_ZERO, Reason.NEGATIVE))
    return found


def _of_text(column: Column) -> list[Check]:
    found = []
    if column.kind is Kind.EMAIL:
        found.append(_check(column, Test.NOT_LIKE, Reason.NOT_AN_EMAIL, EMAIL_PATTERN))
    elif column.kind is Kind.CURRENCY:
        found.append(
            _check(column, Test.NOT_LIKE, Reason.NOT_A_CHOICE, CURRENCY_PATTERN, "USD", "EUR", "CNY")
        )
    elif column.kind is Kind.LOCALE:
        found.append(
            _check(column, Test.NOT_LIKE, Reason.NOT_A_CHOICE, LOCALE_PATTERN, "en", "zh-Hant", "zh-Hans")
        )
    elif column.kind is Kind.TIMEZONE:
        found.append(_check(column, Test.NOT_A_ZONE, Reason.NOT_A_CHOICE, "", "UTC", "Asia/Shanghai"))
    elif column.choices:
        test = Test.NOT_ALL_OF if column.kind is Kind.LIST else Test.NOT_ONE_OF
        found.append(_check(column, test, Reason.NOT_A_CHOICE, "", *column.choices))
    if length := LENGTHS.get(column.kind):
        found.append(_check(column, Test.LONGER, Reason.TOO_LONG, length, str(length)))
    return found


def checks_for(table: Table, present: frozenset[str]) -> list[Check]:
    """The checks of the columns a source has. A required column it lacks is a problem of its own."""
    found = [check for column in table.columns if column.name in present for check in checks_of(column)]
    if table.name == "people" and {"roles", "regions"} <= present:
        found.append(Check("regions", Test.LEADS_NOTHING, Reason.REQUIRED))
    return found
