"""Working days: weekends, holidays, make-up workdays."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules import working_days
from domain.rules.working_days import Calendar

DAYS = st.dates(date(2019, 1, 1), date(2021, 12, 31))
WEEKENDS = st.frozensets(st.integers(0, 6), max_size=6)
PLAIN = Calendar()
NEW_YEAR_2020 = Calendar(
    closed=frozenset(date(2020, 1, 23) + timedelta(days=i) for i in range(7)),
    open=frozenset({date(2020, 2, 15)}),
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    closed = draw(st.frozensets(DAYS, max_size=30))
    return Calendar(draw(WEEKENDS), closed, draw(st.frozensets(DAYS, max_size=30)) - closed)


def test_doctests() -> None:
    assert doctest.testmod(working_days).failed == 0


@given(calendars(), DAYS, st.integers(-10, 800))
def test_counting_equals_looking_at_every_day(calendar: Calendar, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    looked_at = [first + timedelta(days=i) for i in range(length + 1)]
    working = [day for day in looked_at if calendar.is_working(day)]
    assert calendar.working_days(first, last) == working
    assert calendar.count(first, last) == len(working)


@given(calendars(), DAYS, st.integers(1, 60))
def test_adding_n_days_passes_n_working_days(calendar: Calendar, day: date, n: int) -> None:
    end, begin = calendar.add(day, n), calendar.add(day, -n)
    assert calendar.is_working(end) and calendar.is_working(begin)
    assert calendar.count(day + timedelta(days=1), end) == n
    assert calendar.count(begin, day - timedelta(days=1)) == n


@given(calendars(), DAYS)
def test_the_next_and_the_previous_are_neighbours(calendar: Calendar, day: date) -> None:
    after, before = calendar.next_working(day), calendar.previous_working(day)
    assert before < day < after
    assert calendar.count(before, after) == 2 + calendar.is_working(day)
    assert calendar.on_or_after(day) == (day if calendar.is_working(day) else after) == calendar.add(day, 0)


def test_a_make_up_saturday_is_a_working_day() -> None:
    assert NEW_YEAR_2020.is_working(date(2020, 2, 15))
    assert NEW_YEAR_2020.count(date(2020, 2, 10), date(2020, 2, 16)) == 6


def test_the_lunar_new_year_is_stepped_over() -> None:
    assert NEW_YEAR_2020.next_working(date(2020, 1, 22)) == date(2020, 1, 30)
    assert NEW_YEAR_2020.previous_working(date(2020, 1, 30)) == date(2020, 1, 22)
    assert NEW_YEAR_2020.count(date(2020, 1, 23), date(2020, 1, 29)) == 0


def test_a_holiday_on_a_weekend_takes_nothing_away() -> None:
    sunday = Calendar(closed=frozenset({date(2019, 11, 3)}))
    assert sunday.count(date(2019, 11, 1), date(2019, 11, 30)) == PLAIN.count(
        date(2019, 11, 1), date(2019, 11, 30)
    )


def test_a_weekend_of_friday_and_saturday() -> None:
    gulf = Calendar(weekend=frozenset({4, 5}))
    assert gulf.is_working(date(2019, 11, 3))
    assert not gulf.is_working(date(2019, 11, 1))


def test_leap_years() -> None:
    assert PLAIN.count(date(2020, 2, 1), date(2020, 2, 29)) == 20
    assert PLAIN.count(date(2020, 1, 1), date(2020, 12, 31)) == 262
    assert PLAIN.count(date(2019, 1, 1), date(2019, 12, 31)) == 261


def test_a_month_without_working_days() -> None:
    shut = Calendar(closed=frozenset(date(2019, 8, 1) + timedelta(days=i) for i in range(31)))
    assert shut.count(date(2019, 8, 1), date(2019, 8, 31)) == 0
    assert shut.next_working(date(2019, 8, 1)) == date(2019, 9, 2)


def test_nothing_lies_between_an_end_and_an_earlier_start() -> None:
    assert PLAIN.count(date(2019, 11, 5), date(2019, 11, 4)) == 0
    assert PLAIN.working_days(date(2019, 11, 5), date(2019, 11, 4)) == []


def test_a_day_cannot_be_closed_and_open() -> None:
    with pytest.raises(ValueError, match="2020-02-15"):
        Calendar(closed=frozenset({date(2020, 2, 15)}), open=frozenset({date(2020, 2, 15)}))


@pytest.mark.parametrize("weekend", [range(7), [7], [-1]])
def test_an_impossible_weekend_is_refused(weekend: range | list[int]) -> None:
    with pytest.raises(ValueError, match="weekend"):
        Calendar(weekend=frozenset(weekend))


def test_equal_calendars_are_equal() -> None:
    assert Calendar(closed=frozenset({date(2019, 1, 1)})) == Calendar(closed=frozenset({date(2019, 1, 1)}))
    assert hash(Calendar()) == hash(PLAIN)
