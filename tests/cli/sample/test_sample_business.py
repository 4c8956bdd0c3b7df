"""The business behaves like one: seasons, weekends, returns, lost customers, slow and fast parts."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from cli.sample.workdays import HOLIDAYS, LUNAR_NEW_YEARS, is_workday
from tests.cli.sample.made import Made, Rows, made_company

TODAY = date(2026, 10, 23)


@pytest.fixture
def made() -> Made:
    """The sample company."""
    return made_company()


def _day(row: dict[str, str], column: str = "ordered_on") -> date:
    return date.fromisoformat(row[column])


def _sum(rows: Iterable[dict[str, str]], column: str = "amount") -> Decimal:
    return sum((Decimal(row[column]) for row in rows), Decimal())


def _between(rows: Rows, first: date, last: date) -> Decimal:
    return _sum(row for row in rows if first <= _day(row) <= last)


def test_orders_cover_two_years_up_to_today(made: Made) -> None:
    days = [_day(row) for row in made["orders"]]
    assert date(2024, 10, 24) <= min(days) <= date(2024, 10, 28)
    assert max(days) == TODAY


def test_most_parts_are_asked_for_at_intervals(made: Made) -> None:
    """ADI = periods / periods with demand > 1.32, by week and by month, of the parts sold at all."""
    weeks: dict[str, set[int]] = defaultdict(set)
    months: dict[str, set[str]] = defaultdict(set)
    for row in made["orders"]:
        if Decimal(row["quantity"]) > 0:
            weeks[row["part_no"]].add((_day(row) - date(2024, 10, 24)).days // 7)
            months[row["part_no"]].add(row["ordered_on"][:7])
    by_week = statistics.mean(105 / len(found) > 1.32 for found in weeks.values())
    by_month = statistics.mean(25 / len(found) > 1.32 for found in months.values())
    assert 0.8 < by_week < 0.97
    assert 0.5 < by_month < 0.8
    assert sum(len(found) > 95 for found in weeks.values()) >= 20  # smooth movers, nearly every week


def test_sales_swell_before_the_lunar_new_year_and_stop_with_it(made: Made) -> None:
    fortnight = _sum(made["orders"]) * 14 / 730
    for new_year in LUNAR_NEW_YEARS[1:]:
        surge = _between(made["orders"], new_year - timedelta(21), new_year - timedelta(8))
        still = _between(made["orders"], new_year - timedelta(2), new_year + timedelta(11))
        assert surge > fortnight * Decimal("1.15")
        assert still < fortnight * Decimal("0.3")


def test_the_second_year_sells_more_than_the_first(made: Made) -> None:
    first = _between(made["orders"], date(2024, 10, 24), date(2025, 10, 23))
    second = _between(made["orders"], date(2025, 10, 24), TODAY)
    assert Decimal("1.04") < second / first < Decimal("1.16")


def test_nearly_nothing_is_sold_on_holidays_and_little_on_weekends(made: Made) -> None:
    lines = Counter(_day(row) for row in made["orders"] if not row["order_no"].startswith("RT"))
    total = sum(lines.values())
    assert sum(count for day, count in lines.items() if day in HOLIDAYS) < total * 0.005
    rest = sum(count for day, count in lines.items() if not is_workday(day) and day not in HOLIDAYS)
    assert 0.01 < rest / total < 0.08


def test_the_end_of_a_month_is_busier_than_its_start(made: Made) -> None:
    start = end = Decimal()
    for row in made["orders"]:
        if date(2025, 1, 1) <= _day(row) <= date(2026, 9, 30):
            start += Decimal(row["amount"]) if _day(row).day <= 10 else 0
            end += Decimal(row["amount"]) if (_day(row) + timedelta(10)).day <= 10 else 0
    assert end > start * Decimal("1.1")


def test_some_comes_back_from_the_customer_who_bought_it(made: Made) -> None:
    back = [row for row in made["orders"] if Decimal(row["quantity"]) < 0]
    bought: dict[tuple[str, str], date] = {}
    for row in made["orders"]:
        if Decimal(row["quantity"]) > 0:
            bought.setdefault((row["customer"], row["part_no"]), _day(row))
    assert 0.005 < len(back) / len(made["orders"]) < 0.03
    for row in back:
        assert row["order_no"].startswith("RT")
        assert Decimal(row["amount"]) < 0 and Decimal(row["cost"]) < 0
        assert bought[row["customer"], row["part_no"]] < _day(row)
        assert is_workday(_day(row))


def test_amounts_are_price_times_quantity_less_a_discount(made: Made) -> None:
    parts = {row["part_no"]: row for row in made["parts"]}
    for row in made["orders"]:
        whole = Decimal(parts[row["part_no"]]["list_price"]) * Decimal(row["quantity"])
        assert Decimal("0.74") < Decimal(row["amount"]) / whole <= Decimal("1.005"), row
    margin = 1 - _sum(made["orders"], "cost") / _sum(made["orders"])
    assert Decimal("0.2") < margin < Decimal("0.4")


def test_direct_sales_have_nobody_and_all_others_the_customers_owner(made: Made) -> None:
    customers = {row["code"]: row for row in made["customers"]}
    seen = set()
    for row in made["orders"]:
        customer = customers[row["customer"]]
        assert (row["person"], row["region"]) == (customer["owner"], customer["region"])
        assert (row["channel"] == "direct") == (row["person"] == "")
        seen.add(row["channel"])
    assert seen == {"reseller", "dealer", "direct"}


def test_some_customers_are_lost_and_some_are_new(made: Made) -> None:
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    for row in made["orders"]:
        first.setdefault(row["customer"], _day(row))
        last[row["customer"]] = max(_day(row), last.get(row["customer"], date.min))
    assert 8 <= sum((TODAY - day).days > 90 for day in last.values()) <= 50
    assert sum(day > date(2025, 1, 31) for day in first.values()) >= 15
    assert len(first) > 380


def test_the_two_key_accounts_of_the_east_are_overdue(made: Made) -> None:
    for name, usual in (("Hengda", 120_000), ("Xinlong", 45_000)):
        (code,) = [row["code"] for row in made["customers"] if row["name"] == f"{name} Machinery Parts"]
        orders: dict[date, Decimal] = defaultdict(Decimal)
        for row in made["orders"]:
            if row["customer"] == code and Decimal(row["quantity"]) > 0:
                orders[_day(row)] += Decimal(row["amount"])
        days = sorted(orders)
        interval = statistics.median((b - a).days for a, b in pairwise(days))
        assert 1.5 < (TODAY - days[-1]).days / interval < 4
        assert abs(statistics.mean(orders.values()) / usual - 1) < Decimal("0.2")


def test_a_few_orders_are_projects(made: Made) -> None:
    orders: dict[str, Decimal] = defaultdict(Decimal)
    for row in made["orders"]:
        orders[row["order_no"]] += Decimal(row["amount"])
    customers = {row["order_no"]: row["customer"] for row in made["orders"]}
    names = {row["code"]: row["name"] for row in made["customers"]}
    big = [no for no, amount in orders.items() if amount > 150_000 and "Hengda" not in names[customers[no]]]
    assert 3 <= len(big) <= 20
    assert all(not no.startswith("SO2610") for no in big)


def test_prices_differ_by_kind_and_leave_a_margin(made: Made) -> None:
    prices: dict[str, list[Decimal]] = defaultdict(list)
    for row in made["parts"]:
        assert 0 < Decimal(row["standard_cost"]) < Decimal(row["list_price"]), row
        prices[row["category"]].append(Decimal(row["list_price"]))
    assert statistics.median(prices["OR"]) < 5 < 30 < statistics.median(prices["OF"]) < 120
    assert 5_000 < statistics.median(prices["HP"]) < 15_000
    assert {row["lifecycle"] for row in made["parts"]} == {
        "new", "active", "phase_out", "superseded", "obsolete"
    }  # fmt: skip


def test_ended_parts_are_not_sold_any_more(made: Made) -> None:
    ended = {row["part_no"] for row in made["parts"] if row["lifecycle"] in ("superseded", "obsolete")}
    assert not [
        row
        for row in made["orders"]
        if row["part_no"] in ended and Decimal(row["quantity"]) > 0 and (TODAY - _day(row)).days < 60
    ]
