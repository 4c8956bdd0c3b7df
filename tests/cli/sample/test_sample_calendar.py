"""The calendar in the data is the State Council's, and the draws are fair."""

import doctest
from datetime import date
from decimal import Decimal
from types import ModuleType

import pytest

from cli.sample import rows, workdays
from cli.sample.demand import day_weight
from cli.sample.dice import Dice, running
from cli.sample.workdays import HOLIDAYS, LUNAR_NEW_YEARS, MADE_UP, days, is_workday, next_workday


def test_working_days_agree_with_the_holidays_library() -> None:
    holidays = pytest.importorskip("holidays")
    china = holidays.country_holidays("CN", years=range(2024, 2027))
    if not china.is_weekend(date(2026, 10, 11)) or china.is_working_day(date(2026, 2, 16)):
        pytest.skip("this version does not know 2026 yet")
    differ = [
        day
        for day in days(date(2024, 1, 1), date(2026, 12, 31))
        if is_workday(day) != china.is_working_day(day)
    ]
    assert differ == []


def test_holidays_and_make_up_days_make_sense() -> None:
    assert not HOLIDAYS & MADE_UP
    assert all(day.weekday() >= 5 for day in MADE_UP)
    assert all(day in HOLIDAYS for day in LUNAR_NEW_YEARS)
    assert next_workday(date(2026, 10, 1)) == date(2026, 10, 8)


def test_a_year_of_working_days_is_as_long_as_it_should_be() -> None:
    for year, expected in ((2025, 248), (2026, 248)):
        assert sum(is_workday(day) for day in days(date(year, 1, 1), date(year, 12, 31))) == expected


def test_a_day_weighs_what_it_is() -> None:
    ordinary, saturday, holiday = date(2026, 10, 14), date(2026, 10, 17), date(2026, 10, 2)
    assert day_weight(holiday) < day_weight(saturday) < day_weight(ordinary) < day_weight(date(2026, 10, 30))
    assert day_weight(date(2026, 10, 10)) > day_weight(saturday)  # a Saturday that is made up


@pytest.mark.parametrize("module", [workdays, rows])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_dice_repeat_and_topics_do_not_disturb_each_other() -> None:
    first, again, other = Dice(7, "a"), Dice(7, "a"), Dice(7, "b")
    drawn = [first.below(1000) for _ in range(50)]
    assert drawn == [again.below(1000) for _ in range(50)]
    assert drawn != [other.below(1000) for _ in range(50)]
    assert drawn[:6] == [973, 565, 686, 497, 306, 452]  # on every Python


def test_draws_stay_within_their_limits() -> None:
    dice = Dice(7, "limits")
    assert {dice.between(3, 5) for _ in range(200)} == {3, 4, 5}
    assert all(-10 <= dice.bell(10) <= 10 for _ in range(200))
    assert sorted(dice.shuffled(range(20))) == list(range(20))
    assert {dice.weighted(running((0, 5, 0, 5))) for _ in range(100)} == {1, 3}
    assert not any(dice.chance(0) for _ in range(50)) and all(dice.chance(1000) for _ in range(50))


def test_lognormal_draws_have_their_median() -> None:
    dice = Dice(7, "lognormal")
    drawn = sorted(dice.lognormal(Decimal(100), Decimal("0.5")) for _ in range(2000))
    assert 95 < drawn[1000] < 105
    assert 1.5 < drawn[1680] / drawn[1000] < 1.8  # exp(0.5) = 1.65 at one standard deviation
