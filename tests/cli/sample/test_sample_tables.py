"""Every row is one the import would accept: kinds, required cells, choices, keys, references."""

import re
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from domain.imports.tables import BY_NAME, TABLES, Column, Kind, Table
from tests.cli.sample.made import Made, made_company


@pytest.fixture
def made() -> Made:
    """The sample company."""
    return made_company()


def _is_day(value: str) -> bool:
    return date.fromisoformat(value).isoformat() == value


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(pattern, value) is not None


SHAPES: dict[Kind, Callable[[str], bool]] = {
    Kind.CODE: _matches(r"[A-Za-z0-9-]+"),
    Kind.TEXT: lambda value: value == value.strip() and value.isprintable(),
    Kind.EMAIL: _matches(r"[a-z.-]+@[a-z-]+\.example"),
    Kind.INTEGER: _matches(r"\d+"),
    Kind.QUANTITY: _matches(r"-?\d{1,14}"),
    Kind.MONEY: _matches(r"-?\d{1,14}\.\d{2}"),
    Kind.DATE: _is_day,
    Kind.MONTH: lambda value: _is_day(value) and value.endswith("-01"),
    Kind.CURRENCY: _matches(r"[A-Z]{3}"),
    Kind.LOCALE: lambda value: value in ("en", "zh-Hant", "zh-Hans"),
    Kind.TIMEZONE: lambda value: ZoneInfo(value).key == value,
    Kind.CHOICE: lambda value: bool(value),
    Kind.LIST: _matches(r"[A-Za-z_]+(;[A-Za-z_]+)*"),
}


def _values(column: Column, cell: str) -> list[str]:
    return cell.split(";") if column.kind is Kind.LIST else [cell]


def _wrong(column: Column, cell: str, known: dict[str, set[str]]) -> bool:
    if not cell:
        return column.required
    values = _values(column, cell)
    return (
        not SHAPES[column.kind](cell)
        or (cell.startswith("-") and not column.negative)
        or any(column.choices and value not in column.choices for value in values)
        or any(column.references and value not in known[column.references] for value in values)
    )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_cell_is_what_its_column_says(made: Made, table: Table) -> None:
    known = {name: {row[BY_NAME[name].key[0]] for row in made[name]} for name in BY_NAME}
    wrong = [
        (number, column.name, row[column.name])
        for number, row in enumerate(made[table.name], start=2)
        for column in table.columns
        if _wrong(column, row[column.name], known)
    ]
    assert wrong == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_are_unique_and_rows_sorted_by_them(made: Made, table: Table) -> None:
    keys = [
        tuple(int(row[name]) if name == "line_no" else row[name] for name in table.key)
        for row in made[table.name]
    ]
    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys)


def test_the_company_has_the_size_it_should(made: Made) -> None:
    counts = {name: len(made[name]) for name in BY_NAME}
    assert counts == dict(made.summary.rows)
    assert (counts["regions"], counts["people"], counts["parts"], counts["customers"]) == (6, 40, 900, 400)
    assert (counts["suppliers"], counts["warehouses"], counts["stock"]) == (45, 2, 1800)
    assert 40_000 <= counts["orders"] <= 60_000
    assert 1_600 <= counts["purchase_orders"] <= 2_300


def test_every_department_and_role_is_filled(made: Made) -> None:
    people = BY_NAME["people"]
    roles = [role for row in made["people"] for role in row["roles"].split(";")]
    assert set(roles) == set(people.column("roles").choices)
    assert {row["department"] for row in made["people"]} == set(people.column("department").choices)
    assert roles.count("rep") == 22
    leads = [row["regions"] for row in made["people"] if "region_lead" in row["roles"]]
    assert sorted(leads) == sorted(row["code"] for row in made["regions"])
    assert {row["locale"] for row in made["people"]} == {"en", "zh-Hant", "zh-Hans"}


def test_two_reps_serve_two_regions_and_everybody_reports_to_the_general_manager(made: Made) -> None:
    people = {row["code"]: row for row in made["people"]}
    assert sum(row["regions"].count(";") == 1 for row in people.values() if "rep" in row["roles"]) == 2
    assert all(row["regions"] for row in people.values() if "rep" in row["roles"])
    top = [code for code, row in people.items() if not row["manager"]]
    assert [people[code]["roles"] for code in top] == ["executive"]
    for code in people:
        steps = 0
        while people[code]["manager"]:
            code, steps = people[code]["manager"], steps + 1
            assert steps < 5


def test_email_addresses_and_names_are_peoples_own(made: Made) -> None:
    for column in ("email", "name", "name_zh_hant", "name_zh_hans"):
        assert len({row[column] for row in made["people"]}) == 40
    assert {row["email"].partition("@")[2] for row in made["people"]} == {"hengtong-parts.example"}
