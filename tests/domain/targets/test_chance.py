"""The chance of reaching a target, apart from how well it is calibrated."""

import doctest
import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.targets import chance
from domain.targets.chance import (
    DailyHistory,
    chance_of_reaching,
    comparable_stretch,
    expected_day,
    growth_factor,
)

MONEY = st.decimals(-10_000_000, 10_000_000, places=2)
PRICE = st.decimals("0.01", 10_000_000, places=2)
HISTORY = st.builds(
    DailyHistory, st.integers(20, 500), st.floats(-1e6, 1e6), st.floats(0, 1e12, allow_subnormal=False)
)
COMPARABLES = st.lists(st.none() | st.floats(-1e6, 1e6), max_size=2)
STEADY = DailyHistory(250, Decimal(1000), Decimal(250_000))


def test_doctests() -> None:
    assert doctest.testmod(chance).failed == 0


@given(PRICE, MONEY, st.integers(0, 260), HISTORY, COMPARABLES)
def test_it_is_a_probability(
    target: Decimal, sold: Decimal, days: int, history: DailyHistory, comparables: list[float | None]
) -> None:
    answer = chance_of_reaching(target, sold, days, history, comparables)
    assert answer is not None
    assert 0 <= answer <= 1


@given(PRICE, MONEY, PRICE, st.integers(0, 260), HISTORY)
def test_selling_more_never_lowers_it(
    target: Decimal, sold: Decimal, more: Decimal, days: int, history: DailyHistory
) -> None:
    before = chance_of_reaching(target, sold, days, history)
    after = chance_of_reaching(target, sold + more, days, history)
    assert before is not None and after is not None
    assert after >= before


@given(PRICE, MONEY, PRICE, st.integers(0, 260), HISTORY)
def test_a_higher_target_never_raises_it(
    target: Decimal, sold: Decimal, more: Decimal, days: int, history: DailyHistory
) -> None:
    before = chance_of_reaching(target, sold, days, history)
    after = chance_of_reaching(target + more, sold, days, history)
    assert before is not None and after is not None
    assert after <= before


@given(PRICE, MONEY, st.none() | HISTORY)
def test_with_no_day_left_it_is_settled(target: Decimal, sold: Decimal, history: DailyHistory | None) -> None:
    assert chance_of_reaching(target, sold, 0, history) == (1.0 if sold >= target else 0.0)


def test_too_short_a_history_is_not_known() -> None:
    nineteen = DailyHistory(19, 1000.0, 1.0)
    assert chance_of_reaching(Decimal(100), Decimal(0), 5, nineteen) is None
    assert chance_of_reaching(Decimal(100), Decimal(0), 5, None) is None
    assert chance_of_reaching(Decimal(100), Decimal(0), 5, DailyHistory(20, 1000.0, 1.0)) == 1.0


def test_reached_is_reached_even_for_a_newcomer() -> None:
    assert chance_of_reaching(Decimal(100), Decimal(100), 5, None) == 1.0
    assert chance_of_reaching(Decimal(100), Decimal(100), 5, STEADY) == 1.0


def test_returns_may_undo_a_target_that_was_reached() -> None:
    returning = DailyHistory(60, -50.0, 400.0)
    answer = chance_of_reaching(Decimal(100), Decimal(110), 5, returning)
    assert answer is not None
    assert answer < 0.01


@pytest.mark.parametrize("target", [None, Decimal(0), Decimal(-5)])
def test_without_a_target_there_is_no_chance_of_it(target: Decimal | None) -> None:
    assert chance_of_reaching(target, Decimal(10), 5, STEADY) is None
    assert chance_of_reaching(target, Decimal(10), 0, STEADY) is None


def test_negative_days_are_refused() -> None:
    with pytest.raises(ValueError, match="-1 working days"):
        chance_of_reaching(Decimal(1), Decimal(0), -1, STEADY)


def test_perfectly_regular_sales_leave_no_doubt() -> None:
    regular = DailyHistory.of([Decimal(100)] * 30)
    assert chance_of_reaching(Decimal(1000), Decimal(0), 10, regular) == 1.0
    assert chance_of_reaching(Decimal(1001), Decimal(0), 10, regular) == 0.0


def test_somebody_who_never_sold_has_none() -> None:
    assert chance_of_reaching(Decimal(1), Decimal(0), 10, DailyHistory.of([Decimal(0)] * 30)) == 0.0


def test_a_short_history_is_less_sure_than_a_long_one() -> None:
    short = chance_of_reaching(Decimal(12_000), Decimal(0), 10, DailyHistory(20, 1000.0, 250_000.0))
    long = chance_of_reaching(Decimal(12_000), Decimal(0), 10, DailyHistory(500, 1000.0, 250_000.0))
    assert short is not None and long is not None
    assert 0.5 > short > long


def test_known_seasons_count_as_much_as_the_recent_days() -> None:
    assert expected_day(STEADY) == 1000
    assert expected_day(STEADY, [Decimal(400), None]) == 700
    assert expected_day(STEADY, [400.0, Decimal(1600)]) == 1000


def test_an_empty_history() -> None:
    assert DailyHistory.of([]) == DailyHistory(0, 0.0, 0.0)
    assert DailyHistory.of([Decimal(7)]) == DailyHistory(1, 7.0, 0.0)


@pytest.mark.parametrize(
    ("through", "last", "months", "stretch"),
    [
        (date(2019, 11, 15), date(2019, 11, 30), 12, (date(2018, 11, 16), date(2018, 11, 30))),
        (date(2019, 11, 15), date(2019, 11, 30), 3, (date(2019, 8, 16), date(2019, 8, 31))),
        (date(2020, 2, 29), date(2020, 2, 29), 12, (date(2019, 2, 28), date(2019, 2, 28))),
        (date(2020, 5, 29), date(2020, 5, 31), 3, (date(2020, 2, 29), date(2020, 2, 29))),
        (date(2020, 2, 14), date(2020, 3, 31), 3, (date(2019, 11, 15), date(2019, 12, 31))),
    ],
)
def test_comparable_stretch(through: date, last: date, months: int, stretch: tuple[date, date]) -> None:
    assert comparable_stretch(through, last, months) == stretch


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 30), st.sampled_from([3, 12]))
def test_a_comparable_stretch_is_never_backwards(first: date, ahead: int, months: int) -> None:
    next_month = first.replace(day=28).toordinal() + 4
    last = date.fromordinal(date.fromordinal(next_month).replace(day=1).toordinal() - 1)
    through = date.fromordinal(min(first.toordinal() + ahead, last.toordinal()))
    begin, end = comparable_stretch(through, last, months)
    assert begin <= end < first


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_growth_is_kept_within_reason(sold: Decimal, year_before: Decimal) -> None:
    assert 0.5 <= growth_factor(sold, year_before) <= 2.0


def test_it_is_quick() -> None:
    """500 days of history in well under the 0.3 ms of processor time allowed (the best of many tries)."""
    totals = [float(i % 97) for i in range(500)]
    tries = []
    for _ in range(50):
        begun = time.process_time()
        chance_of_reaching(Decimal(5000), Decimal(1000), 12, DailyHistory.of(totals), [40.0, 50.0])
        tries.append(time.process_time() - begun)
    assert min(tries) < 0.0003
