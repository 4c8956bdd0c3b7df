"""Company settings as TOML reads them: flattened to dotted names, and everything wrong with them at once."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from rapidfuzz import process

from domain.imports.checks import CURRENCY_PATTERN
from domain.imports.problems import Problem, Reason
from domain.imports.tables import CHANNELS
from domain.names import negotiate
from domain.rules.company import CHANNEL_NAME, PURPOSES
from domain.rules.hours import WEEKDAYS

# Sections kept as they are, for the features that know them.
_WHOLE = ("channel_settings",)


@dataclass(frozen=True, slots=True)
class Days:
    """Days that differ from the weekend rule, with a label each. `country` (ISO 3166) adds its public
    holidays.
    """

    holidays: Mapping[date, str] = field(default_factory=dict)
    workdays: Mapping[date, str] = field(default_factory=dict)
    country: str = ""

    @property
    def years(self) -> frozenset[int]:
        """The years these days speak for."""
        return frozenset(day.year for day in (*self.holidays, *self.workdays))


@dataclass(frozen=True, slots=True)
class Settings:
    """A settings file: values by dotted name (`company.name`, `schedules.daily_progress.at`), and its
    calendar.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    days: Days | None = None


def read_settings(document: Mapping[str, Any], file: str) -> tuple[Settings, list[Problem]]:
    """Flatten a TOML document. `channels.regions` stays one value, region name to channel."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for section, content in document.items():
        if section in _WHOLE:
            values[section] = content
        elif not isinstance(content, dict):
            problems.append(_unknown(file, section, _KNOWN))
        elif section != "calendar":
            values |= dict(_flat(section, content))
    days = None
    if isinstance(document.get("calendar"), dict):
        days, wrong = _days(document["calendar"], file)
        values |= {f"calendar.{k}": v for k, v in document["calendar"].items() if k in ("weekend", "country")}
        problems += wrong
    problems += [problem for key, value in values.items() for problem in _judge(file, key, value)]
    return Settings(values, days), problems


def _flat(section: str, content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        key = f"{section}.{name}"
        if isinstance(value, dict) and key != "channels.regions":
            yield from ((f"{key}.{option}", _json(inner)) for option, inner in value.items())
        else:
            yield key, _json(value)


def _json(value: Any) -> Any:
    """TOML knows dates and times, JSON does not."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _unknown(file: str, key: str, known: tuple[str, ...]) -> Problem:
    near = tuple(name for name, *_ in process.extract(key, known, limit=3))
    return Problem(file, Reason.UNKNOWN_COLUMN, column=key, hints=near)


def _zone(value: Any) -> bool:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, TypeError, OSError):
        return False
    return True


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= 200


def _channel(value: Any) -> bool:
    return isinstance(value, str) and CHANNEL_NAME.fullmatch(value) is not None


def _like(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _weekend(value: Any) -> bool:
    return isinstance(value, list) and set(value) < set(range(7))


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 10_000


_hour = _like(r"([01]\d|2[0-3]):[0-5]\d")


def _up_to(most: int) -> Callable[[Any], bool]:
    def accepts(value: Any) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most

    return accepts


def _weekdays(value: Any) -> bool:
    return value == "working" or (isinstance(value, list) and bool(value) and set(value) <= set(WEEKDAYS))


# What each setting must be, and what to say where it is not.
_RULES: dict[str, tuple[Callable[[Any], bool], tuple[str, ...]]] = {
    "company.name": (_text, ()),
    "company.currency": (_like(CURRENCY_PATTERN), ("USD", "EUR", "CNY")),
    "company.timezone": (_zone, ("UTC", "Asia/Shanghai", "America/New_York")),
    "company.locale": (
        lambda v: isinstance(v, str) and negotiate(v) is not None,
        ("en", "zh-Hant", "zh-Hans"),
    ),
    "company.country": (_like("[A-Z]{2}"), ("CN", "TW", "US")),
    "company.fiscal_year_start": (
        lambda v: isinstance(v, int) and not isinstance(v, bool) and 1 <= v <= 12,
        ("1", "12"),
    ),
    "targets.channels": (lambda v: isinstance(v, list) and set(v) <= set(CHANNELS), CHANNELS),
    "channels.regions": (lambda v: isinstance(v, dict) and all(map(_channel, v.values())), ("#northwest",)),
    "calendar.weekend": (_weekend, ("5", "6")),
    "calendar.country": (_like("[A-Z]{2}"), ("CN", "TW", "US")),
    "operations.stale_after_hours": (_count, ("36",)),
    "operations.workers": (_count, ("1", "2")),
    **{f"channels.{purpose}": (_channel, (f"#{purpose}",)) for purpose in PURPOSES},
    "quiet.from": (_hour, ("19:00",)),
    "quiet.to": (_hour, ("08:00",)),
    "thresholds.tolerance_points": (_up_to(20), ("2",)),
    "thresholds.behind_percent": (_up_to(100), ("90",)),
    "thresholds.far_behind_percent": (_up_to(100), ("80",)),
}
# What a schedule may say, for the company and for one channel.
_SCHEDULE: dict[str, tuple[Callable[[Any], bool], tuple[str, ...]]] = {
    "at": (_hour, ("08:30",)),
    "timezone": (_zone, ("UTC", "Asia/Shanghai", "America/New_York")),
    "days": (_weekdays, ("working", *WEEKDAYS)),
    "enabled": (lambda v: isinstance(v, bool), ("true", "false")),
}
_KNOWN = tuple(_RULES)
_CALENDAR = ("weekend", "country", "complete")
_CLOSED_SECTIONS = ("company.", "channels.", "targets.", "calendar.", "operations.", "quiet.", "thresholds.")


def _judge(file: str, key: str, value: Any) -> list[Problem]:
    section, _, option = key.rpartition(".")
    if section.startswith("schedules.") and option == "channels" and isinstance(value, dict):
        return [
            problem
            for channel, own in value.items()
            for name, inner in (own.items() if isinstance(own, dict) else (("", own),))
            for problem in _judge(file, f"{key}.{channel}.{name}", inner)
        ]
    if section.startswith("schedules.") and option in _SCHEDULE:
        rule: Any = _SCHEDULE[option]
    elif key in _RULES:
        rule = _RULES[key]
    elif key.startswith(_CLOSED_SECTIONS):
        return [_unknown(file, key, _KNOWN)]
    else:
        return []
    accepts, hints = rule
    if accepts(value):
        return []
    return [Problem(file, Reason.NOT_A_CHOICE, column=key, value=str(value)[:100], hints=hints)]


def _days(calendar: Mapping[str, Any], file: str) -> tuple[Days, list[Problem]]:
    problems: list[Problem] = []
    found: dict[str, dict[date, str]] = {"holidays": {}, "workdays": {}}
    for name, content in calendar.items():
        if name in found:
            found[name] = _dated(content, name, file, problems)
        elif name not in _CALENDAR:
            problems.append(_unknown(file, f"calendar.{name}", ("holidays", "workdays", *_CALENDAR)))
    for day in sorted(found["holidays"].keys() & found["workdays"].keys()):
        problems.append(Problem(file, Reason.REPEATED_KEY, column="calendar.workdays", value=day.isoformat()))
    # A list that is whole gets nothing added from a country's public holidays.
    country = "" if calendar.get("complete") is True else str(calendar.get("country", ""))
    return Days(found["holidays"], found["workdays"], country), problems


def _dated(content: Any, name: str, file: str, problems: list[Problem]) -> dict[date, str]:
    """A list of days, or a table of day to label."""
    labels = (
        content
        if isinstance(content, dict)
        else dict.fromkeys(content if isinstance(content, list) else [], "")
    )
    days: dict[date, str] = {}
    for written, label in labels.items():
        try:
            days[date.fromisoformat(str(written))] = str(label)
        except ValueError:
            problems.append(
                Problem(
                    file,
                    Reason.NOT_A_DATE,
                    column=f"calendar.{name}",
                    value=str(written),
                    hints=("YYYY-MM-DD",),
                )
            )
    return days
