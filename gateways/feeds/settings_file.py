"""`settings.toml` of a source or a mapping, with the public holidays of its country."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import holidays as calendars

from domain.imports.problems import Problem, Reason
from domain.imports.settings import Days, Settings, read_settings

FILE = "settings.toml"
# Sales are compared with years before, and planned for the next.
_YEARS_BACK, _YEARS_AHEAD = 4, 1


def settings_files(*folders: Path) -> list[Path]:
    """The settings files of the folders, each once; a later one wins."""
    found = [folder / FILE for folder in folders if (folder / FILE).is_file()]
    return list({path.resolve(): path for path in found}.values())


def load(paths: Sequence[Path], now: datetime) -> tuple[Settings, list[Problem]]:
    """What the files say together, and everything wrong with them."""
    values: dict[str, Any] = {}
    days: Days | None = None
    problems: list[Problem] = []
    for path in paths:
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            problems.append(Problem(path.name, Reason.MAPPING_FAILED, hints=(str(wrong)[:200],)))
            continue
        read, found = read_settings(document, path.name)
        problems += found
        values |= read.values
        days = read.days or days
    if days is not None and days.country and not problems:
        years = range(now.year - _YEARS_BACK, now.year + _YEARS_AHEAD + 1)
        if days.country not in calendars.list_supported_countries():
            near = ("CN", "TW", "US")
            problems.append(Problem(FILE, Reason.NOT_A_CHOICE, 0, "calendar.country", days.country, near))
        else:
            days = with_country(days, years)
    return Settings(values, days), problems


def with_country(days: Days, years: range) -> Days:
    """The days with the country's holidays and the days worked in exchange; what is listed by hand wins."""
    public = calendars.country_holidays(days.country, years=years)
    worked = {day: "" for day in public.weekend_workdays if day.year in years}
    if "workday" in public.supported_categories:
        worked |= dict(calendars.country_holidays(days.country, years=years, categories="workday"))
    closed = {d: label for d, label in public.items() if d not in days.workdays and d not in worked}
    opened = {d: label for d, label in worked.items() if d not in days.holidays}
    return replace(days, holidays=closed | dict(days.holidays), workdays=opened | dict(days.workdays))
