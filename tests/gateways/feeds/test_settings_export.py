"""Settings written to a file come back exactly: an import of an export changes nothing."""

import os
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from domain.rules.company import PURPOSES, load_company
from domain.rules.hours import WEEKDAYS
from domain.rules.operations import apply_calendar, apply_settings
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.feeds.importing import import_settings
from gateways.feeds.settings_export import settings_toml
from gateways.feeds.settings_toml import written
from tests.company import make_company
from tests.conftest import ROOT

NOW = datetime(2019, 11, 15, 12, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = (
    TEXTS | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
)
TABLES = st.recursive(
    st.dictionaries(TEXTS, VALUES | st.lists(VALUES, max_size=3), max_size=4),
    lambda inner: st.dictionaries(TEXTS, inner | VALUES, max_size=3),
    max_leaves=12,
)


@given(TABLES)
def test_python_reads_what_we_write(document: dict[str, Any]) -> None:
    assert tomllib.loads(written(document)) == document


def test_what_toml_has_no_word_for_is_refused() -> None:
    for nothing in (None, float("nan"), object()):
        with pytest.raises(ValueError, match="is no setting"):
            written({"a": nothing})


# PostgreSQL stores every character but one.
STORED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
CHANNELS = st.from_regex(r"#[a-z0-9-]{1,12}", fullmatch=True)
HOURS = st.builds(lambda h, m: f"{h:02}:{m:02}", st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
ZONES = st.sampled_from(["UTC", "Asia/Taipei", "Europe/Prague"])
DAYS = st.just("working") | st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True)
PLACE = st.fixed_dictionaries(
    {}, optional={"at": HOURS, "timezone": ZONES, "days": DAYS, "enabled": st.booleans()}
)
SETTINGS = st.fixed_dictionaries(
    {"company.name": st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc"]), min_size=1, max_size=12)},
    optional={
        "company.locale": st.sampled_from(["en", "zh_Hant", "zh-Hans"]),
        "company.fiscal_year_start": st.integers(1, 12),
        "targets.channels": st.just(["reseller", "direct"]),
        "channels.regions": st.dictionaries(STORED, CHANNELS, max_size=4),
        "channel_settings": st.dictionaries(CHANNELS, st.just({"locale": "zh_Hant"}), max_size=2),
        "schedules.daily_progress.at": HOURS,
        "schedules.daily_progress.timezone": ZONES,
        "schedules.daily_progress.days": DAYS,
        "schedules.daily_progress.enabled": st.booleans(),
        "schedules.daily_progress.channels": st.dictionaries(CHANNELS, PLACE, max_size=3),
        "quiet.from": HOURS,
        "quiet.to": HOURS,
        "thresholds.tolerance_points": st.integers(0, 20) | st.decimals(0, 20, places=1).map(float),
        "calendar.weekend": st.just([6]),
        "calendar.country": st.sampled_from(["CN", "TW", "US"]),
        **{f"channels.{purpose}": CHANNELS for purpose in PURPOSES},
    },
)
CALENDAR = st.dictionaries(
    st.integers(0, 900).map(lambda n: date(2018, 6, 1) + timedelta(days=n)),
    st.tuples(st.booleans(), STORED),
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(values=SETTINGS, days=CALENDAR)
def test_an_import_of_an_export_changes_nothing(
    engine: Engine, tmp_path: Path, values: dict[str, Any], days: dict[date, tuple[bool, str]]
) -> None:
    with unit_of_work(engine) as session:
        session.execute(text("DELETE FROM setting"))
        session.execute(text("DELETE FROM work_calendar"))
        apply_settings(session, values, actor="cli", now=NOW)
        by_kind = [
            {d: label for d, (works, label) in days.items() if works is kind} for kind in (False, True)
        ]
        apply_calendar(session, holidays=by_kind[0], workdays=by_kind[1], actor="cli", now=NOW)
    with read_only(engine) as session:
        before, file = load_company(session), tmp_path / "settings.toml"
        file.write_text(settings_toml(session), encoding="utf-8", newline="\n")
        first = file.read_bytes()
    report = import_settings(engine, file, clock=lambda: NOW)
    assert report.problems == () and report.settings == ()
    with unit_of_work(engine) as session:
        session.execute(text("DELETE FROM setting"))
        session.execute(text("DELETE FROM work_calendar"))
    assert import_settings(engine, file, clock=lambda: NOW).problems == ()
    with read_only(engine) as session:
        assert load_company(session) == before
        assert settings_toml(session).encode() == first


def test_the_command_writes_it(engine: Engine, database_url: str, tmp_path: Path) -> None:
    with unit_of_work(engine) as session:
        make_company(session)
    environment = {**os.environ, "DATABASE_URL": database_url, "PARTSPLAN_HOME": str(tmp_path)}

    def partsplan(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    file = tmp_path / "settings.toml"
    assert partsplan("export", str(file)).returncode == 0
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    assert found["channels"]["regions"] == {"East": "#east", "West": "#west"}
    assert partsplan("export", "-").stdout == file.read_text(encoding="utf-8")
    again = partsplan("import", str(file), "--json")
    assert again.returncode == 0 and '"settings": []' in again.stdout
    assert partsplan("export", str(tmp_path / "settings.csv")).returncode == 2
