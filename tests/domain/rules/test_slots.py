"""Every day that fits has one slot per time, whatever its zone does (T3)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rules.slots import (
    FRIDAY,
    MONDAY,
    Schedule,
    due_slots,
    every_day,
    instant,
    monthly,
    next_slot,
    slot_at,
    weekly,
)

ZONES = (
    "Europe/Prague",
    "America/New_York",
    "Africa/Cairo",
    "America/Santiago",
    "Australia/Lord_Howe",
    "UTC",
)
QUARTERS = tuple(time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45))
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DAYS = (LAST - FIRST).days + 1


@pytest.mark.parametrize("zone", ZONES)
def test_three_years_of_96_times_a_day_have_no_gap_and_no_double(zone: str) -> None:
    schedule = Schedule("daily", QUARTERS, zone)
    start = datetime(2023, 12, 30, tzinfo=UTC)
    end = datetime(2027, 1, 3, tzinfo=UTC)
    seen: dict[tuple[date, time], int] = {}
    at, step = start, timedelta(days=61, hours=5, minutes=7)
    while at < end:
        for slot in due_slots(schedule, since=at, until=min(at + step, end)):
            key = (slot.local_date, slot.local_time)
            seen[key] = seen.get(key, 0) + 1
        at += step
    wanted = {(FIRST + timedelta(days=n), at) for n in range(DAYS) for at in QUARTERS}
    within = {key: count for key, count in seen.items() if FIRST <= key[0] <= LAST}
    assert wanted - within.keys() == set()
    assert set(seen.values()) == {1}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("rule", "runs"), [(weekly(MONDAY), 157), (monthly(1), 36), (monthly(31), 36), (weekly(FRIDAY), 156)]
)
def test_weekly_and_monthly_runs_are_all_there(zone: str, rule: object, runs: int) -> None:
    schedule = Schedule("w", (time(0, 15), time(2, 30)), zone, days=rule)  # type: ignore[arg-type]
    found = due_slots(
        schedule, since=datetime(2023, 12, 30, tzinfo=UTC), until=datetime(2027, 1, 3, tzinfo=UTC)
    )
    inside = [slot for slot in found if FIRST <= slot.local_date <= LAST]
    assert len(inside) == runs * 2 == len({(s.local_date, s.local_time) for s in inside})


@given(
    zone=st.sampled_from(ZONES),
    at=st.times(),
    start=st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 1), timezones=st.just(UTC)),
    steps=st.lists(st.integers(1, 200_000), min_size=1, max_size=40),
)
@settings(max_examples=150, deadline=None)
def test_ticks_of_any_length_see_each_slot_once(
    zone: str, at: time, start: datetime, steps: list[int]
) -> None:
    schedule = Schedule("daily", (at.replace(tzinfo=None, fold=0),), zone)
    ends = [start]
    for step in steps:
        ends.append(ends[-1] + timedelta(seconds=step))
    pieces = [slot for a, b in pairwise(ends) for slot in due_slots(schedule, since=a, until=b)]
    assert pieces == due_slots(schedule, since=start, until=ends[-1])
    days = [slot.local_date for slot in pieces]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))] if days else True


def test_a_time_that_does_not_exist_is_moved_on_by_the_gap() -> None:
    assert instant(date(2026, 3, 29), time(2, 30), "Europe/Prague") == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    # Cairo goes forward at midnight: 00:15 of that day is 01:15.
    assert instant(date(2026, 4, 24), time(0, 15), "Africa/Cairo") == datetime(
        2026, 4, 23, 22, 15, tzinfo=UTC
    )


def test_of_two_equal_times_the_first_counts() -> None:
    assert instant(date(2026, 10, 25), time(2, 30), "Europe/Prague") == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_the_next_slot_is_after_the_given_instant() -> None:
    fridays = Schedule("w", (time(18, 0),), "Europe/Prague", days=weekly(FRIDAY))
    found = next_slot(fridays, after=datetime(2026, 3, 27, 17, 0, tzinfo=UTC))
    assert found is not None and found.due_at == datetime(2026, 4, 3, 16, 0, tzinfo=UTC)
    assert next_slot(Schedule("never", (time(1),), days=lambda _: False), after=found.due_at) is None


def test_intervals_are_counted_from_the_epoch() -> None:
    schedule = Schedule("alerts", every=timedelta(minutes=20))
    since = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    found = due_slots(schedule, since=since, until=since + timedelta(hours=1))
    assert [f"{slot.local_time:%H:%M}" for slot in found] == ["09:20", "09:40", "10:00"]
    after = next_slot(schedule, after=found[0].due_at)
    assert after is not None and after.due_at == found[1].due_at


def test_a_replayed_instant_is_a_slot_of_its_own() -> None:
    at = datetime(2019, 11, 15, 8, 0, 31, tzinfo=UTC)
    slot = slot_at(Schedule("daily", (time(8, 30),), "Europe/Prague", days=every_day), at)
    assert (slot.local_date, slot.local_time) == (date(2019, 11, 15), time(9, 0))
    assert slot.due_at == datetime(2019, 11, 15, 8, 0, tzinfo=UTC)
