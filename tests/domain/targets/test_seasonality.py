"""Seasonal shape: how months fill up, and which months carry a year."""

import doctest
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rules.periods import Period, fiscal_quarter, month, quarter, year
from domain.rules.working_days import Calendar
from domain.targets import seasonality
from domain.targets.rounding import largest_remainder
from domain.targets.seasonality import Course, Curve, MonthlyIndex, curve, daily_totals, monthly_index

CALENDAR = Calendar()
PAST = [month(2019, m) for m in range(1, 7)]
SALES = st.lists(
    st.tuples(st.dates(date(2019, 1, 1), date(2019, 6, 30)), st.decimals(-500, 5000, places=2)), max_size=60
)
YEARS_OF_SALES = st.lists(
    st.tuples(st.dates(date(2016, 5, 1), date(2019, 6, 30)), st.decimals(-500, 5000, places=2)), max_size=60
)


def every_day(first: date, last: date, amount: int = 100) -> list[tuple[date, Decimal]]:
    return [(day, Decimal(amount)) for day in CALENDAR.working_days(first, last)]


def test_doctests() -> None:
    assert doctest.testmod(seasonality).failed == 0


@given(SALES, st.integers(1, 31))
def test_a_curve_rises_from_0_to_1(sales: list[tuple[date, Decimal]], total: int) -> None:
    usual = curve(sales, PAST, CALENDAR)
    shares = [usual.share(elapsed, total) for elapsed in range(total + 1)]
    assert shares[0] == 0 and shares[-1] == 1
    assert all(before <= after for before, after in pairwise(shares))


@given(SALES)
def test_the_order_of_the_sales_does_not_matter(sales: list[tuple[date, Decimal]]) -> None:
    assert curve(sales, PAST, CALENDAR) == curve(reversed(sales), PAST, CALENDAR)


def test_a_month_that_fills_up_late_expects_little_early() -> None:
    sales = [sale for period in PAST for sale in ((period.first, Decimal(10)), (period.last, Decimal(90)))]
    usual = curve(sales, PAST, CALENDAR)
    assert usual.course is Course.SEASONAL
    assert len(usual.cumulative) == 6
    assert usual.share(10, 20) == Decimal("0.1")
    assert usual.share(20, 20) == 1


def test_even_sales_make_an_even_curve() -> None:
    usual = curve(every_day(date(2019, 1, 1), date(2019, 6, 30)), PAST, CALENDAR)
    assert usual.course is Course.SEASONAL
    assert round(usual.share(5, 20), 12) == Decimal("0.25")


def test_two_months_are_too_few_to_see_a_shape() -> None:
    sales = [(period.first, Decimal(100)) for period in PAST[:2]]
    usual = curve(sales, PAST, CALENDAR)
    assert usual.course is Course.LINEAR
    assert usual.share(5, 20) == Decimal("0.25")


def test_a_month_of_returns_is_no_example() -> None:
    sales = [(period.first, Decimal(100)) for period in PAST[:3]]
    assert curve(sales, PAST, CALENDAR).course is Course.SEASONAL
    assert curve([*sales, (date(2019, 3, 4), Decimal(-100))], PAST, CALENDAR).course is Course.LINEAR


def test_returns_within_a_month_do_not_turn_the_curve_back() -> None:
    sales = [
        (date(2019, m, d), Decimal(amount))
        for m in (1, 2, 3)
        for d, amount in ((4, 200), (14, -150), (22, 50))
    ]
    usual = curve(sales, PAST[:3], CALENDAR)
    assert usual.share(20, 21) == 1


def test_a_month_without_working_days_is_no_example() -> None:
    shut = Calendar(closed=frozenset(date(2019, 2, 1) + timedelta(days=i) for i in range(28)))
    sales = [(period.first, Decimal(100)) for period in PAST[:3]]
    assert curve(sales, PAST[:3], shut).course is Course.LINEAR


def test_no_history_at_all() -> None:
    assert curve([], [], CALENDAR) == Curve()
    assert Curve().share(0, 0) == 0


@pytest.mark.parametrize(("elapsed", "total"), [(-1, 20), (21, 20)])
def test_impossible_days_are_refused(elapsed: int, total: int) -> None:
    with pytest.raises(ValueError, match="working days gone"):
        Curve().share(elapsed, total)


def test_weekend_sales_count_on_monday_and_the_last_weekend_on_friday() -> None:
    days = CALENDAR.working_days(date(2019, 11, 25), date(2019, 11, 30))
    sales = [
        (date(2019, 11, 24), Decimal(1)),
        (date(2019, 11, 30), Decimal(2)),
        (date(2019, 11, 27), Decimal(4)),
    ]
    assert daily_totals(sales, days) == [1, 0, 4, 0, 2]
    assert daily_totals(sales, []) == []


@given(SALES)
def test_no_sale_is_lost_between_days(sales: list[tuple[date, Decimal]]) -> None:
    days = CALENDAR.working_days(date(2019, 1, 1), date(2019, 6, 30))
    assert sum(daily_totals(sales, days)) == sum(amount for _, amount in sales)


def test_even_sales_make_every_month_average() -> None:
    index = monthly_index(
        every_day(date(2017, 1, 1), date(2018, 12, 31)), before=date(2019, 1, 15), calendar=CALENDAR
    )
    assert index.years == 2
    assert index.course is Course.SEASONAL
    assert [round(value, 12) for value in index.per_day] == [1] * 12


def test_a_strong_month_weighs_more_and_every_year_counts_alike() -> None:
    sales = every_day(date(2017, 1, 1), date(2018, 12, 31))
    sales += every_day(date(2017, 11, 1), date(2017, 11, 30), 200)
    index = monthly_index(sales, before=date(2019, 1, 1), calendar=CALENDAR)
    first_year = 300 / (100 + Decimal(200 * 22) / 260)
    assert round(index.per_day[10], 9) == round((first_year + 1) / 2, 9)


def test_eleven_months_are_no_year() -> None:
    sales = every_day(date(2018, 2, 1), date(2018, 12, 31))
    index = monthly_index(sales, before=date(2019, 1, 1), calendar=CALENDAR)
    assert index == MonthlyIndex()
    assert index.course is Course.LINEAR


def test_the_month_that_is_still_running_is_left_out() -> None:
    sales = every_day(date(2018, 1, 1), date(2018, 12, 31)) + every_day(
        date(2019, 1, 1), date(2019, 1, 31), 10_000
    )
    index = monthly_index(sales, before=date(2019, 1, 31), calendar=CALENDAR)
    assert round(index.per_day[0], 12) == 1


def test_lunar_new_year_in_january_or_february_is_one_season() -> None:
    sales = every_day(date(2018, 1, 1), date(2018, 12, 31)) + every_day(
        date(2018, 1, 1), date(2018, 1, 31), 500
    )
    apart = monthly_index(sales, before=date(2019, 1, 1), calendar=CALENDAR)
    together = monthly_index(sales, before=date(2019, 1, 1), calendar=CALENDAR, lunar_new_year=True)
    assert apart.per_day[0] > apart.per_day[1]
    assert together.per_day[0] == together.per_day[1]
    assert together.per_day[2:] == apart.per_day[2:]


def test_a_month_always_closed_is_average_should_it_ever_open() -> None:
    shut = Calendar(closed=frozenset(date(2018, 2, 1) + timedelta(days=i) for i in range(28)))
    index = monthly_index(
        every_day(date(2018, 1, 1), date(2018, 12, 31)), before=date(2019, 1, 1), calendar=shut
    )
    assert index.per_day[1] == 1


def test_a_month_of_net_returns_weighs_nothing() -> None:
    sales = every_day(date(2018, 1, 1), date(2018, 12, 31)) + every_day(
        date(2018, 4, 1), date(2018, 4, 30), -300
    )
    index = monthly_index(sales, before=date(2019, 1, 1), calendar=CALENDAR)
    assert index.per_day[3] == 0


def test_no_sales_no_index() -> None:
    assert monthly_index([], before=date(2019, 1, 1), calendar=CALENDAR) == MonthlyIndex()
    nothing = [(date(2018, 1, 1), Decimal(0))]
    assert monthly_index(nothing, before=date(2019, 1, 1), calendar=CALENDAR).years == 0


@given(YEARS_OF_SALES, st.booleans())
def test_a_year_split_by_its_months_is_the_year(sales: list[tuple[date, Decimal]], lunar: bool) -> None:
    index = monthly_index(sales, before=date(2019, 7, 1), calendar=CALENDAR, lunar_new_year=lunar)
    parts = largest_remainder(Decimal(1_000_000), index.weights(year(2019), CALENDAR))
    assert len(parts) == 12
    assert sum(parts) == 1_000_000


@settings(max_examples=40)
@given(
    YEARS_OF_SALES,
    st.sampled_from([quarter(2019, 4), year(2020), fiscal_quarter(2020, 1, 7), month(2020, 2)]),
)
def test_the_share_of_a_period_never_falls(sales: list[tuple[date, Decimal]], period: Period) -> None:
    index = monthly_index(sales, before=date(2019, 7, 1), calendar=CALENDAR)
    days = [period.first + timedelta(days=i) for i in range(-1, (period.last - period.first).days + 2)]
    shares = [index.share(period, day, CALENDAR) for day in days]
    assert shares[0] == 0 and shares[-1] == 1
    assert all(before <= after for before, after in pairwise(shares))


def test_a_strong_december_expects_less_by_november() -> None:
    index = MonthlyIndex((Decimal(1),) * 11 + (Decimal(3),), years=1)
    assert index.share(quarter(2019, 4), date(2019, 11, 30), CALENDAR) == Decimal(44) / (44 + 66)


def test_a_period_whose_months_weigh_nothing() -> None:
    index = MonthlyIndex((Decimal(0),) * 3 + (Decimal(1),) * 9, years=1)
    assert index.share(quarter(2019, 1), date(2019, 3, 30), CALENDAR) == 0
    assert index.share(quarter(2019, 1), date(2019, 3, 31), CALENDAR) == 1
