"""Quiet hours over midnight and within a day, and hours of channels: what is kept and what is meant."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people.choices import Times
from domain.rules.company import Company, company_from
from domain.rules.hours import EVERY_DAY, WEEKDAYS, Hours, hours_of, override, schedule_at, weekdays
from domain.rules.quiet import Quiet
from domain.rules.working_days import Calendar

TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
QUIET = st.builds(Quiet, TIMES, TIMES)


@given(QUIET, TIMES)
def test_the_hour_that_is_meant_is_never_quiet(quiet: Quiet, at: time) -> None:
    opened = quiet.opened(at)
    assert not quiet.covers(opened)
    assert opened == at or opened == quiet.end


@given(QUIET, TIMES)
def test_what_is_left_ends_where_it_becomes_quiet(quiet: Quiet, at: time) -> None:
    left = quiet.left(at)
    assert (left is None) == (quiet.is_off or quiet.covers(at))
    if left is not None:
        minutes = (at.hour * 60 + at.minute) + left // timedelta(minutes=1)
        assert time(minutes // 60 % 24, minutes % 60) == quiet.start
        assert timedelta(0) < left <= timedelta(days=1)


HOURS = st.builds(
    Hours,
    TIMES,
    st.sampled_from(["UTC", "Asia/Taipei"]),
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    st.booleans(),
)


@given(HOURS, HOURS.filter(lambda hours: hours.enabled))
def test_what_a_channel_keeps_says_what_was_meant(wanted: Hours, usual: Hours) -> None:
    """And nothing that is as everywhere is kept."""
    company = _with(usual, {})
    kept = override(company, "daily_progress", "#east", wanted)
    again = _with(usual, {"#east": kept} if kept else {})
    assert hours_of(again, "daily_progress", "#east") == wanted
    assert (kept is None) == (wanted == usual)


def _with(usual: Hours, channels: dict[str, object]) -> Company:
    values = {f"schedules.daily_progress.{name}": value for name, value in usual.settings().items()}
    return company_from(values | {"schedules.daily_progress.channels": channels}, Calendar())


def test_days_off_are_left_out_whatever_weekdays_are_chosen() -> None:
    company = Company(
        calendar=Calendar(closed=frozenset({date(2019, 11, 14)}), open=frozenset({date(2019, 11, 16)}))
    )
    hours = Hours(time(8, 30), "UTC", (3, 5))
    schedule = schedule_at(company, "daily_progress:#east", hours, max_age=timedelta(hours=6))
    week = [date(2019, 11, day) for day in range(11, 22)]
    assert [day.day for day in week if schedule.days(day)] == [16, 21], (
        "the worked Saturday, and the next Thursday"
    )


def test_settings_nobody_knows_mean_every_day() -> None:
    assert weekdays(["mon", "someday"]) == (0,) and weekdays([]) == EVERY_DAY == weekdays(None)
    assert len(WEEKDAYS) == 7


@pytest.mark.parametrize(
    ("at", "quiet", "why"),
    [(None, None, None), (time(9), None, None), (time(5, 30), None, "out_of_bounds"),
     (time(21, 30), None, "out_of_bounds"),
     (time(7), None, "quiet"), (time(7), Quiet(time(20), time(6, 30)), None)],
)  # fmt: skip
def test_an_hour_of_ones_own(at: time | None, quiet: Quiet | None, why: str | None) -> None:
    assert Times(at, None, quiet).trouble(Company()) == why
