"""A settings file: flattened, judged whole, applied where it differs."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from domain.imports.problems import Reason
from domain.imports.report import Change
from domain.imports.settings import Days, read_settings
from domain.rules.company import load_company
from domain.rules.model import Setting
from domain.rules.operations import apply_calendar, apply_settings
from gateways.feeds.importing import import_settings
from gateways.feeds.settings_file import with_country
from tests.gateways.feeds.made import rows

NOW = datetime(2026, 10, 23, 12, tzinfo=UTC)
GOOD = """
[company]
name = "Parts & Co"
currency = "CNY"
timezone = "Asia/Shanghai"
locale = "zh-Hans"
fiscal_year_start = 7

[targets]
channels = ["reseller"]

[channels]
sales = "#sales"
[channels.regions]
"United Kingdom" = "#united-kingdom"

[schedules.daily_progress]
at = 08:30:00

[calendar]
holidays = ["2026-10-01", 2026-10-02]
[calendar.workdays]
"2026-10-10" = "made up"
"""
BAD = """
title = "stray"
[company]
name = ""
currency = "Dollars"
timezone = "Nowhere"
locale = "xx"
fiscal_year_start = 0
curency = "USD"
[targets]
channels = ["web"]
[channels]
sales = "sales"
salse = "#sales"
regions = {East = "East Team"}
[schedules.daily_progress]
at = "25:00"
[calendar]
holidays = ["2026-02-30", "2026-10-01"]
workdays = ["2026-10-01"]
weekend = [0, 1, 2, 3, 4, 5, 6]
hollidays = []
"""


def test_a_good_file_is_flattened() -> None:
    settings, problems = read_settings(tomllib.loads(GOOD), "settings.toml")
    assert problems == []
    assert settings.values["channels.regions"] == {"United Kingdom": "#united-kingdom"}
    assert settings.values["schedules.daily_progress.at"] == "08:30"
    assert settings.days is not None
    assert list(settings.days.holidays) == [date(2026, 10, 1), date(2026, 10, 2)]
    assert settings.days.workdays == {date(2026, 10, 10): "made up"}


def test_everything_wrong_is_said_at_once() -> None:
    _, problems = read_settings(tomllib.loads(BAD), "settings.toml")
    assert {(p.column, p.reason) for p in problems} == {
        ("title", Reason.UNKNOWN_COLUMN),
        ("company.name", Reason.NOT_A_CHOICE),
        ("company.currency", Reason.NOT_A_CHOICE),
        ("company.timezone", Reason.NOT_A_CHOICE),
        ("company.locale", Reason.NOT_A_CHOICE),
        ("company.fiscal_year_start", Reason.NOT_A_CHOICE),
        ("company.curency", Reason.UNKNOWN_COLUMN),
        ("targets.channels", Reason.NOT_A_CHOICE),
        ("channels.sales", Reason.NOT_A_CHOICE),
        ("channels.salse", Reason.UNKNOWN_COLUMN),
        ("channels.regions", Reason.NOT_A_CHOICE),
        ("schedules.daily_progress.at", Reason.NOT_A_CHOICE),
        ("calendar.holidays", Reason.NOT_A_DATE),
        ("calendar.workdays", Reason.REPEATED_KEY),
        ("calendar.weekend", Reason.NOT_A_CHOICE),
        ("calendar.hollidays", Reason.UNKNOWN_COLUMN),
    }
    assert next(p for p in problems if p.column == "company.curency").hints[0] == "company.currency"


def test_settings_change_where_they_differ(session: Session) -> None:
    first = apply_settings(session, {"company.name": "A", "company.currency": "USD"}, actor="cli", now=NOW)
    assert first == [Change("company.currency", None, "USD"), Change("company.name", None, "A")]
    second = apply_settings(session, {"company.name": "B", "company.currency": "USD"}, actor="cli", now=NOW)
    assert second == [Change("company.name", "A", "B")]
    assert session.get_one(Setting, "company.name").version == 2
    assert apply_settings(session, {"company.name": "B"}, actor="cli", now=NOW) == []


def test_a_calendar_speaks_for_the_years_it_names(session: Session) -> None:
    old, new = {date(2025, 1, 1): "", date(2026, 1, 1): ""}, {date(2026, 1, 2): "New Year"}
    apply_calendar(session, holidays=old, workdays={}, actor="cli", now=NOW)
    changes = apply_calendar(session, holidays=new, workdays={date(2026, 1, 3): ""}, actor="cli", now=NOW)
    assert [change.key for change in changes] == ["calendar.2026"]
    calendar = load_company(session).calendar
    assert calendar.closed == {date(2025, 1, 1), date(2026, 1, 2)}
    assert calendar.open == {date(2026, 1, 3)}
    assert apply_calendar(session, holidays=new, workdays={date(2026, 1, 3): ""}, actor="cli", now=NOW) == []


def test_a_settings_file_alone(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert import_settings(engine, path, clock=lambda: NOW, dry_run=True).settings
    assert rows(engine, "SELECT count(*) FROM setting") == [(0,)]
    report = import_settings(engine, path, clock=lambda: NOW)
    assert len(report.settings) == 10 and report.written
    assert rows(engine, "SELECT day::text, is_working, label FROM work_calendar ORDER BY 1") == [
        ("2026-10-01", False, None),
        ("2026-10-02", False, None),
        ("2026-10-10", True, "made up"),
    ]
    assert not import_settings(engine, path, clock=lambda: NOW).written


@pytest.mark.parametrize("content", ["[company\n", '[calendar]\ncountry = "QQ"\n'])
def test_a_settings_file_that_is_refused(engine: Engine, tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(content, encoding="utf-8")
    assert import_settings(engine, path, clock=lambda: NOW).refused
    assert rows(engine, "SELECT count(*) FROM setting") == [(0,)]


def test_a_country_brings_its_holidays_and_the_days_worked_instead() -> None:
    days = with_country(Days({}, {}, "CN"), range(2026, 2027))
    assert date(2026, 10, 1) in days.holidays
    assert date(2026, 10, 10) in days.workdays
    by_hand = with_country(Days({date(2026, 10, 10): "closed after all"}, {}, "CN"), range(2026, 2027))
    assert date(2026, 10, 10) in by_hand.holidays and date(2026, 10, 10) not in by_hand.workdays
