"""Targets are round, add up, and this month is a mixture worth talking about."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from cli.sample.demand import target
from cli.sample.people import TERRITORIES
from cli.sample.workdays import months
from tests.cli.sample.made import Made, made_company

Seat = tuple[str, str]


@pytest.fixture
def made() -> Made:
    """The sample company."""
    return made_company()


def _attained(made: Made, month: str = "2026-10") -> dict[Seat, Decimal]:
    """Sold of target per person and region, in per cent."""
    sold: dict[Seat, Decimal] = defaultdict(Decimal)
    for row in made["orders"]:
        if row["ordered_on"].startswith(month):
            sold[row["person"], row["region"]] += Decimal(row["amount"])
    return {
        (row["person"], row["region"]): sold[row["person"], row["region"]] * 100 / Decimal(row["amount"])
        for row in made["targets"]
        if row["month"].startswith(month)
    }


def test_targets_run_from_january_2025_to_december_2026(made: Made) -> None:
    found = sorted({row["month"] for row in made["targets"]})
    assert len(found) == 24
    assert (found[0], found[-1]) == ("2025-01-01", "2026-12-01")


def test_targets_are_round(made: Made) -> None:
    for row in made["targets"]:
        assert Decimal(row["amount"]) % (10_000 if Decimal(row["amount"]) >= 150_000 else 5_000) == 0
        assert Decimal(row["amount"]) > 0


def test_this_months_targets_add_up_to_round_sums(made: Made) -> None:
    regions: dict[str, Decimal] = defaultdict(Decimal)
    for row in made["targets"]:
        if row["month"] == "2026-10-01":
            regions[row["region"]] += Decimal(row["amount"])
    assert regions == {
        "North": 2_200_000,
        "East": 3_000_000,
        "South": 2_400_000,
        "Central": 1_500_000,
        "Southwest": 1_100_000,
        "Northwest": 800_000,
    }
    assert sum(regions.values()) == made.summary.company.target == 11_000_000
    assert all(pace.target == regions[pace.region] for pace in made.summary.regions)


def test_who_sells_in_two_regions_has_a_target_in_each(made: Made) -> None:
    per_person: dict[str, set[str]] = defaultdict(set)
    for row in made["targets"]:
        per_person[row["person"]].add(row["region"])
    regions = {row["code"]: set(row["regions"].split(";")) for row in made["people"] if "rep" in row["roles"]}
    assert per_person.pop("") == {"North", "East", "South"}  # the regions' own remainders
    assert per_person == regions


def test_a_new_colleague_has_targets_from_the_month_after_joining(made: Made) -> None:
    assert min(row["month"] for row in made["targets"] if row["person"] == "E038") == "2025-07-01"
    assert min(row["ordered_on"] for row in made["orders"] if row["person"] == "E038") >= "2025-06-02"


def test_the_lunar_new_year_lowers_the_months_target() -> None:
    by_month = {month: target(TERRITORIES[0], month) for month in months(date(2026, 1, 1), date(2026, 12, 1))}
    assert by_month[min(by_month, key=lambda month: by_month[month])] < 520_000
    assert min(by_month, key=lambda month: by_month[month]).month == 2


@pytest.mark.parametrize(
    ("region", "points"),
    [("East", -4), ("North", 3), ("South", 1), ("Central", -2), ("Southwest", 5), ("Northwest", -7)],
)
def test_regions_stand_where_the_story_wants_them(made: Made, region: str, points: int) -> None:
    """Points ahead of time on 23 October: 13 of 18 working days gone, 72.2 %."""
    (pace,) = [pace for pace in made.summary.regions if pace.region == region]
    time = Decimal(1300) / 18
    assert abs(pace.attained - time - points) < Decimal("0.8")


def test_the_company_is_near_plan(made: Made) -> None:
    assert abs(made.summary.company.attained - Decimal(1300) / 18) < 1
    total = sum(Decimal(row["amount"]) for row in made["orders"] if row["ordered_on"] >= "2026-10-01")
    assert Decimal(made.summary.company.sold) / 100 == total


def test_some_are_ahead_and_some_behind(made: Made) -> None:
    attained = {seat: value for seat, value in _attained(made).items() if seat[0]}
    assert len(attained) == 24
    time = Decimal(1300) / 18
    assert sum(value > time + 2 for value in attained.values()) >= 7
    assert sum(value < time - 2 for value in attained.values()) >= 7
    assert min(attained.values()) < 55
    assert sum(value > 100 for value in attained.values()) == 1


def test_li_hua_in_the_east_is_short_of_a_key_account(made: Made) -> None:
    li_hua = next(row for row in made["people"] if row["name"] == "Li Hua")
    assert Decimal(58) < _attained(made)[li_hua["code"], "East"] < Decimal(64)
    (goal,) = [
        row["amount"]
        for row in made["targets"]
        if row["person"] == li_hua["code"] and row["month"] == "2026-10-01"
    ]
    assert goal == "800000.00"


def test_past_months_were_met_more_or_less(made: Made) -> None:
    sold: dict[str, Decimal] = defaultdict(Decimal)
    goals: dict[str, Decimal] = defaultdict(Decimal)
    for row in made["orders"]:
        sold[row["ordered_on"][:7]] += Decimal(row["amount"])
    for row in made["targets"]:
        goals[row["month"][:7]] += Decimal(row["amount"])
    ratios = [sold[month] / goals[month] for month in goals if month < "2026-10"]
    assert all(Decimal("0.85") < ratio < Decimal("1.2") for ratio in ratios)
    seats = _attained(made, "2026-06").values()
    assert min(seats) < 95 < 105 < max(seats)
