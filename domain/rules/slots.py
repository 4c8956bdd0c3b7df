"""When a schedule is due: pure arithmetic of local times, zones and days.

A slot is a local date and time in a zone. Wherever the clocks go back, the first of the two equal times
counts; where they go forward, a time that does not exist is moved on by the gap. So every day that fits has
exactly one slot per time, whatever the zone does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DayRule = Callable[[date], bool]
ONE_DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
# A rule that fits less than once in this time has no next slot worth naming.
HORIZON = timedelta(days=800)


def every_day(_: date) -> bool:
    """Fits every day."""
    return True


def weekly(*weekdays: int) -> DayRule:
    """Fits these weekdays (Monday 0).

    >>> weekly(MONDAY)(date(2026, 3, 30)), weekly(MONDAY)(date(2026, 3, 31))
    (True, False)
    """
    wanted = frozenset(weekdays)
    return lambda day: day.weekday() in wanted


def monthly(day_of_month: int) -> DayRule:
    """Fits one day of each month, the last day where the month is shorter.

    >>> monthly(31)(date(2026, 4, 30)), monthly(31)(date(2026, 5, 30))
    (True, False)
    """

    def fits(day: date) -> bool:
        is_last = (day + ONE_DAY).day == 1
        return day.day == day_of_month or (is_last and day.day < day_of_month)

    return fits


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job runs in one place.

    `name` is the job's name, with `:place` where the job has several places. `times` are local in `zone`
    (IANA); `days` says which days fit (a calendar's `is_working`, `weekly`, `monthly`). `max_age`: how late
    a missed slot may still be caught up. `every` makes it an interval instead: times, zone and days do not
    count then.
    """

    name: str
    times: tuple[time, ...] = ()
    zone: str = "UTC"
    days: DayRule = every_day
    max_age: timedelta = timedelta(hours=6)
    every: timedelta | None = None

    @property
    def job(self) -> str:
        """The name of the job it runs.

        >>> Schedule("daily_progress:#east").job
        'daily_progress'
        """
        return self.name.partition(":")[0]


@dataclass(frozen=True, slots=True)
class DueSlot:
    """One run: the key (schedule, date, time, zone) and the instant it is due."""

    schedule: str
    local_date: date
    local_time: time
    zone: str
    due_at: datetime


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant of a wall time, in UTC.

    Europe goes forward on 2026-03-29 at 2:00 and back on 2026-10-25 at 3:00:

    >>> instant(date(2026, 3, 29), time(2, 30), "Europe/Prague").isoformat()  # 3:30 by summer time
    '2026-03-29T01:30:00+00:00'
    >>> instant(date(2026, 10, 25), time(2, 30), "Europe/Prague").isoformat()
    '2026-10-25T00:30:00+00:00'
    """
    return datetime.combine(day, at.replace(fold=0), _zone(zone)).astimezone(UTC)


def due_slots(schedule: Schedule, *, since: datetime, until: datetime) -> list[DueSlot]:
    """The slots due after `since` and not after `until`, oldest first."""
    return [slot for slot in _slots_from(schedule, since, until) if since < slot.due_at <= until]


def next_slot(schedule: Schedule, *, after: datetime) -> DueSlot | None:
    """The first slot due after an instant; None where no day within two years fits."""
    if schedule.every is not None:
        return _interval_slot(schedule, after, 1)
    for slot in _slots_from(schedule, after, after + HORIZON):
        if slot.due_at > after:
            return slot
    return None


def run_key(schedule: str, local_date: date, local_time: time, zone: str) -> str:
    """How outbox keys name the run of a slot.

    >>> run_key("daily_progress:#east", date(2019, 11, 15), time(8, 30), "UTC")
    'daily_progress:#east@2019-11-15T08:30:00[UTC]'
    """
    return f"{schedule}@{local_date}T{local_time:%H:%M:%S}[{zone}]"


def slot_at(schedule: Schedule, at: datetime) -> DueSlot:
    """The slot of any instant, for a replay: its wall time to the minute in the schedule's zone."""
    minute = at.replace(second=0, microsecond=0)
    local = minute.astimezone(_zone(schedule.zone))
    return DueSlot(schedule.name, local.date(), local.time(), schedule.zone, minute.astimezone(UTC))


def _slots_from(schedule: Schedule, since: datetime, until: datetime) -> Iterator[DueSlot]:
    """All slots around the window, in order; a day more on each side since the zone may be anywhere."""
    if schedule.every is not None:
        yield from _interval_slots(schedule, since, until)
        return
    day = since.astimezone(UTC).date() - ONE_DAY
    last = until.astimezone(UTC).date() + ONE_DAY
    while day <= last:
        if schedule.days(day):
            found = [
                DueSlot(schedule.name, day, at, schedule.zone, instant(day, at, schedule.zone))
                for at in schedule.times
            ]
            yield from sorted(found, key=lambda slot: slot.due_at)
        day += ONE_DAY


def _interval_slot(schedule: Schedule, at: datetime, ahead: int = 0) -> DueSlot:
    assert schedule.every is not None
    number = (at - EPOCH) // schedule.every + ahead
    due = EPOCH + number * schedule.every
    return DueSlot(schedule.name, due.date(), due.time(), "UTC", due)


def _interval_slots(schedule: Schedule, since: datetime, until: datetime) -> Iterator[DueSlot]:
    slot = _interval_slot(schedule, since)
    while slot.due_at <= until:
        yield slot
        slot = _interval_slot(schedule, slot.due_at, 1)
