"""When something scheduled comes to a place: the company's hours, changed for one channel where it has its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from domain.rules.company import Company
from domain.rules.slots import DayRule, Schedule

DEFAULT_AT = "08:30"
# As settings write the days of the week, Monday first.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = tuple(range(7))


@dataclass(frozen=True, slots=True)
class Hours:
    """An hour in a zone, on those weekdays (Monday 0) that are working days; `enabled` False: never."""

    at: time
    timezone: str
    days: tuple[int, ...] = EVERY_DAY
    enabled: bool = True

    @property
    def is_every_working_day(self) -> bool:
        """Whether no weekday is left out."""
        return self.days == EVERY_DAY

    def settings(self) -> dict[str, Any]:
        """As settings write it."""
        days: Any = "working" if self.is_every_working_day else [WEEKDAYS[day] for day in self.days]
        return {"at": f"{self.at:%H:%M}", "timezone": self.timezone, "days": days, "enabled": self.enabled}


def hours_of(company: Company, schedule: str, channel: str = "") -> Hours:
    """The hours of a schedule in a channel; "": the company's own."""
    settings = company.schedules.get(schedule, {})
    own = settings.get("channels", {}).get(channel, {}) if channel else {}
    merged = {**settings, **own}
    return Hours(
        at=time.fromisoformat(merged.get("at", DEFAULT_AT)),
        timezone=merged.get("timezone") or company.timezone,
        days=weekdays(merged.get("days", "working")),
        enabled=settings.get("enabled", True) is not False and own.get("enabled", True) is not False,
    )


def weekdays(written: Any) -> tuple[int, ...]:
    """The weekdays of a setting; what says nothing we know means every one.

    >>> weekdays(["mon", "fri"]), weekdays("working")
    ((0, 4), (0, 1, 2, 3, 4, 5, 6))
    """
    if not isinstance(written, list):
        return EVERY_DAY
    return tuple(sorted({WEEKDAYS.index(day) for day in written if day in WEEKDAYS})) or EVERY_DAY


def override(company: Company, schedule: str, channel: str, wanted: Hours) -> dict[str, Any] | None:
    """What a channel keeps of its own: only what differs from the company's hours; None: nothing does.

    Options of the channel that are not hours stay as they are.
    """
    usual = hours_of(company, schedule).settings()
    present = company.schedules.get(schedule, {}).get("channels", {}).get(channel, {})
    kept = {name: value for name, value in present.items() if name not in usual}
    kept |= {name: value for name, value in wanted.settings().items() if value != usual[name]}
    return kept or None


def schedule_at(company: Company, name: str, hours: Hours, *times: time, max_age: timedelta) -> Schedule:
    """The hours as a schedule of the clock, on working days alone; an hour in the company's quiet hours waits
    for their end. `times` stand for the hours' own where several places share the schedule.
    """
    opened = tuple(sorted(set(times))) or (company.quiet.opened(hours.at),)
    return Schedule(name, times=opened, zone=hours.timezone, days=day_rule(company, hours), max_age=max_age)


def day_rule(company: Company, hours: Hours) -> DayRule:
    """Which days fit: the working days of the company among the weekdays."""
    wanted = frozenset(hours.days)
    return lambda day: day.weekday() in wanted and company.calendar.is_working(day)


def as_settings(hours: Hours, schedule: str) -> Mapping[str, Any]:
    """The company's own hours as settings by dotted name."""
    return {f"schedules.{schedule}.{name}": value for name, value in hours.settings().items()}
