"""The checks of a column follow from its description and nothing else."""

import pytest

from domain.imports.checks import DEFAULTS, LENGTHS, UNIQUE, Test, checks_for, checks_of
from domain.imports.departments import NAMES
from domain.imports.problems import Reason
from domain.imports.tables import BY_NAME, DEPARTMENTS, ORDERS, PEOPLE, TABLES, Column, Kind


def kinds_of(column: Column) -> list[Test]:
    return [check.test for check in checks_of(column)]


def test_a_required_whole_number() -> None:
    assert kinds_of(ORDERS.column("line_no")) == [
        Test.EMPTY, Test.NOT_A_NUMBER, Test.OVER, Test.FRACTION, Test.BELOW_ZERO,
    ]  # fmt: skip


def test_returns_may_be_negative_and_money_may_be_unknown() -> None:
    assert kinds_of(ORDERS.column("amount")) == [Test.NOT_A_NUMBER, Test.OVER]


def test_a_choice_is_refused_with_what_is_allowed() -> None:
    (check,) = checks_of(ORDERS.column("channel"))
    assert (check.reason, check.hints) == (Reason.NOT_A_CHOICE, ("reseller", "direct", "dealer", "agent"))


def test_a_month_is_a_first_day() -> None:
    assert kinds_of(Column("month", Kind.MONTH)) == [Test.NOT_A_DAY, Test.NOT_FIRST]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_checked_within_the_bits_of_a_row(table: object) -> None:
    described = BY_NAME[table.name]  # type: ignore[attr-defined]
    checks = checks_for(described, frozenset(column.name for column in described.columns))
    assert len(checks) <= 62
    assert {check.column for check in checks if check.test is Test.EMPTY} == {
        column.name for column in described.columns if column.required
    }


def test_only_what_the_source_has_is_checked() -> None:
    assert {check.column for check in checks_for(PEOPLE, frozenset({"email"}))} == {"email"}


def test_defaults_and_unique_columns_exist() -> None:
    for table, column in (*DEFAULTS, *((t, c) for t, columns in UNIQUE.items() for c in columns)):
        assert BY_NAME[table].column(column)
    assert all(LENGTHS.values())


def test_departments_have_three_names() -> None:
    assert set(NAMES) == set(DEPARTMENTS)
    assert all(all(names) for names in NAMES.values())
