"""Purchase orders keep to lead times more or less, and the stock is what they and the sales leave."""

import statistics
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cli.sample.workdays import is_workday
from tests.cli.sample.made import Made, made_company

TODAY = date(2026, 10, 23)


@pytest.fixture
def made() -> Made:
    """The sample company."""
    return made_company()


def _days(row: dict[str, str], start: str, end: str) -> int:
    return (date.fromisoformat(row[end]) - date.fromisoformat(row[start])).days


def test_the_dates_of_a_purchase_follow_each_other(made: Made) -> None:
    for row in made["purchase_orders"]:
        assert is_workday(date.fromisoformat(row["ordered_on"]))
        assert _days(row, "ordered_on", "due_on") > 0
        for column in ("confirmed_on", "received_on"):
            assert not row[column] or row["ordered_on"] < row[column] <= TODAY.isoformat(), row


def test_what_is_due_follows_the_quoted_lead_time(made: Made) -> None:
    quoted = {(row["supplier"], row["part_no"]): row for row in made["supplier_parts"]}
    for row in made["purchase_orders"]:
        terms = quoted[row["supplier"], row["part_no"]]
        late = _days(row, "ordered_on", "due_on") - int(terms["quoted_lead_days"])
        assert 0 <= late <= 10  # a due date is a working day
        assert Decimal(row["quantity"]) >= Decimal(terms["moq"])
        assert Decimal(row["quantity"]) % Decimal(terms["pack_multiple"]) == 0
        assert (row["unit_cost"], row["currency"]) == (terms["price"], terms["currency"])


def test_every_fate_of_a_purchase_is_there(made: Made) -> None:
    rows = made["purchase_orders"]
    received = [row for row in rows if row["received_on"]]
    late = [row for row in received if row["received_on"] > row["due_on"]]
    short = [row for row in received if Decimal(row["received"]) < Decimal(row["quantity"])]
    refused = [row for row in received if Decimal(row["rejected"]) > 0]
    still_open = [row for row in rows if not row["received_on"]]
    assert 0.08 < len(late) / len(received) < 0.3
    assert 0.03 < len(short) / len(received) < 0.1
    assert 0.01 < len(refused) / len(received) < 0.07
    assert 30 <= len(still_open) <= 200
    assert any(row["due_on"] < TODAY.isoformat() for row in still_open)
    assert any(not row["confirmed_on"] for row in still_open)
    assert all(Decimal(row["received"]) == 0 for row in still_open)
    assert all(Decimal(row["rejected"]) <= Decimal(row["received"]) for row in rows)
    assert any(int(row["line_no"]) > 1 for row in rows)


def test_suppliers_differ_in_how_well_they_keep_their_word(made: Made) -> None:
    on_time: dict[str, list[bool]] = defaultdict(list)
    for row in made["purchase_orders"]:
        if row["received_on"]:
            on_time[row["supplier"]].append(row["received_on"] <= row["due_on"])
    rates = [statistics.mean(found) for found in on_time.values() if len(found) >= 20]
    assert len(rates) > 20
    assert min(rates) < 0.8 < 0.9 < max(rates)


def test_every_part_has_a_supplier_and_some_have_three(made: Made) -> None:
    offers: dict[str, int] = defaultdict(int)
    for row in made["supplier_parts"]:
        offers[row["part_no"]] += 1
        assert Decimal(row["moq"]) % Decimal(row["pack_multiple"]) == 0
        assert Decimal(row["price"]) > 0
    assert set(offers) == {row["part_no"] for row in made["parts"]}
    assert {1, 2, 3} == set(offers.values())
    assert {row["currency"] for row in made["supplier_parts"]} == {"CNY", "USD", "EUR", "JPY"}


def test_stock_turns_as_a_parts_dealers_does(made: Made) -> None:
    cost = {row["part_no"]: Decimal(row["standard_cost"]) for row in made["parts"]}
    value = sum(Decimal(row["on_hand"]) * cost[row["part_no"]] for row in made["stock"])
    year = (TODAY - timedelta(365)).isoformat()
    sold = sum(Decimal(row["cost"]) for row in made["orders"] if row["ordered_on"] > year)
    assert Decimal("1.8") < sold / value < 5
    assert all(Decimal(row["reserved"]) <= Decimal(row["on_hand"]) for row in made["stock"])
    assert {row["as_of"] for row in made["stock"]} == {TODAY.isoformat()}


def _free(made: Made) -> dict[str, Decimal]:
    free: dict[str, Decimal] = defaultdict(Decimal)
    for row in made["stock"]:
        free[row["part_no"]] += Decimal(row["on_hand"]) - Decimal(row["reserved"])
    return free


def test_a_few_parts_are_running_out(made: Made) -> None:
    since = (TODAY - timedelta(91)).isoformat()
    sold: dict[str, Decimal] = defaultdict(Decimal)
    for row in made["orders"]:
        if row["ordered_on"] > since:
            sold[row["part_no"]] += Decimal(row["quantity"])
    free = _free(made)
    out = [part for part, quantity in sold.items() if quantity >= 20 and free[part] / (quantity / 91) < 10]
    assert 3 <= len(out) <= 40


def test_the_brake_pad_of_the_messages_has_its_story(made: Made) -> None:
    """18 free, about 6 a day, nine days to the nearest delivery, nothing on its way, packs of 12."""
    since = (TODAY - timedelta(91)).isoformat()
    rows = [row for row in made["orders"] if row["part_no"] == "BP-0012" and row["ordered_on"] > since]
    assert 5 < sum(Decimal(row["quantity"]) for row in rows) / 91 < 8
    assert _free(made)["BP-0012"] == 18
    terms = [row for row in made["supplier_parts"] if row["part_no"] == "BP-0012"]
    fastest = min(terms, key=lambda row: int(row["quoted_lead_days"]))
    assert (fastest["quoted_lead_days"], fastest["pack_multiple"]) == ("9", "12")
    bought = [row for row in made["purchase_orders"] if row["part_no"] == "BP-0012"]
    assert bought and all(row["received_on"] for row in bought)
