"""Months, quarters and years, calendar and fiscal."""

import doctest
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules import period_words, periods
from domain.rules.periods import (
    Period,
    PeriodKind,
    fiscal_quarter,
    fiscal_year,
    month,
    parse_period,
    period_at,
    quarter,
    shift_months,
    year,
)

KINDS = st.sampled_from(PeriodKind)
DAYS = st.dates(date(1991, 1, 1), date(2099, 12, 31))
STARTS = st.integers(1, 12)
ANY_PERIOD = st.builds(lambda kind, day, start: period_at(kind, day, start_month=start), KINDS, DAYS, STARTS)


def test_doctests() -> None:
    assert doctest.testmod(periods).failed == 0
    assert doctest.testmod(period_words).failed == 0


@given(KINDS, DAYS, STARTS)
def test_every_day_lies_in_its_period(kind: PeriodKind, day: date, start: int) -> None:
    found = period_at(kind, day, start_month=start)
    assert found.contains(day)
    assert found.kind is kind
    assert not found.closed_by(day)


@given(ANY_PERIOD)
def test_periods_follow_each_other_without_a_gap(period: Period) -> None:
    assert period.previous().last + timedelta(days=1) == period.first
    assert period.following().first == period.last + timedelta(days=1)
    assert period.previous().following() == period
    assert period_at(period.kind, period.first, start_month=period.start_month) == period
    assert period_at(period.kind, period.last, start_month=period.start_month) == period


@given(ANY_PERIOD)
def test_a_year_before_is_as_many_periods_before(period: Period) -> None:
    per_year = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 1}[period.kind]
    assert period.year_before() == period.shifted(-per_year)
    assert period.year_before().number == period.number
    assert shift_months(period.first, -12) == period.year_before().first


@given(ANY_PERIOD)
def test_its_months_make_it_up(period: Period) -> None:
    months = period.months()
    assert len(months) == {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[period.kind]
    assert (months[0].first, months[-1].last) == (period.first, period.last)
    assert all(before.following() == after for before, after in pairwise(months))
    assert not any(part.fiscal for part in months)


@given(ANY_PERIOD, DAYS)
def test_its_code_is_read_back(period: Period, today: date) -> None:
    start = period.start_month
    assert parse_period(period.code, today=today, fiscal_year_start=start) == period


@given(st.integers(1991, 2100), st.integers(2, 12))
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(y: int, start: int) -> None:
    assert fiscal_year(y, start).last.year == y
    assert fiscal_year(y, start).first == date(y - 1, start, 1)


@given(st.integers(1990, 2100), st.integers(1, 4))
def test_a_fiscal_year_from_january_is_the_calendars(y: int, q: int) -> None:
    assert fiscal_year(y, 1) == year(y)
    assert fiscal_quarter(y, q, 1) == quarter(y, q)
    assert not fiscal_year(y, 1).fiscal


@pytest.mark.parametrize(
    ("period", "code", "first", "last"),
    [
        (month(2020, 2), "2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        (month(2019, 12), "2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        (quarter(2019, 3), "2019-Q3", date(2019, 7, 1), date(2019, 9, 30)),
        (quarter(2020, 1), "2020-Q1", date(2020, 1, 1), date(2020, 3, 31)),
        (year(2019), "2019", date(2019, 1, 1), date(2019, 12, 31)),
        (fiscal_year(2020, 7), "FY2020", date(2019, 7, 1), date(2020, 6, 30)),
        (fiscal_year(2020, 12), "FY2020", date(2019, 12, 1), date(2020, 11, 30)),
        (fiscal_year(2021, 3), "FY2021", date(2020, 3, 1), date(2021, 2, 28)),
        (fiscal_quarter(2020, 1, 7), "FY2020-Q1", date(2019, 7, 1), date(2019, 9, 30)),
        (fiscal_quarter(2020, 3, 7), "FY2020-Q3", date(2020, 1, 1), date(2020, 3, 31)),
        (fiscal_quarter(2020, 4, 3), "FY2020-Q4", date(2019, 12, 1), date(2020, 2, 29)),
    ],
)
def test_dates_and_codes(period: Period, code: str, first: date, last: date) -> None:
    assert (period.code, period.first, period.last) == (code, first, last)


def test_a_leap_february_one_year_before() -> None:
    assert month(2020, 2).year_before().last == date(2019, 2, 28)
    assert month(2021, 2).year_before().last == date(2020, 2, 29)
    assert shift_months(date(2020, 2, 29), -12) == date(2019, 2, 28)
    assert shift_months(date(2019, 3, 31), -1) == date(2019, 2, 28)


def test_a_period_is_closed_the_day_after_its_last() -> None:
    november = month(2019, 11)
    assert not november.closed_by(date(2019, 11, 30))
    assert november.closed_by(date(2019, 12, 1))
    assert not november.closed_by(date(2019, 10, 1))


def test_before_january_comes_december() -> None:
    assert month(2020, 1).previous() == month(2019, 12)
    assert quarter(2020, 1).previous() == quarter(2019, 4)
    assert fiscal_quarter(2020, 1, 7).previous() == fiscal_quarter(2019, 4, 7)
    assert fiscal_year(2020, 7).previous() == fiscal_year(2019, 7)


@pytest.mark.parametrize(
    ("kind", "number", "start"),
    [
        (PeriodKind.MONTH, 0, 1),
        (PeriodKind.MONTH, 13, 1),
        (PeriodKind.MONTH, 1, 7),
        (PeriodKind.QUARTER, 5, 1),
        (PeriodKind.QUARTER, 0, 7),
        (PeriodKind.YEAR, 2, 1),
        (PeriodKind.YEAR, 1, 13),
        (PeriodKind.YEAR, 1, 0),
    ],
)
def test_what_does_not_exist_is_refused(kind: PeriodKind, number: int, start: int) -> None:
    with pytest.raises(ValueError, match=str(kind)):
        Period(kind, 2019, number, start)
