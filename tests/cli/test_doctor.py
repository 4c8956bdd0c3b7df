"""The doctor finds what is wrong, says what to do, and says nothing where all is well."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from cli.doctor import examine
from cli.main import run_cli
from domain.events.operations import append
from domain.models import CalendarDay, Person, Setting
from domain.monitoring.findings import Finding, Level, fine, worst
from domain.names import Locale
from domain.rules.company import Company, load_company
from gateways.clock import real_now
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.database.versions import known_versions, newest_known
from gateways.doctor import database, workspace
from gateways.doctor.blocks import samples
from gateways.doctor.calendar import calendar, makes_up
from gateways.doctor.machine import disk, font, home
from gateways.doctor.tokens import tokens
from gateways.environment import Environment, environment
from templates.formats import Reader
from templates.operations.doctor import layout
from templates.operations.doctor.sample import OUTCOMES, every
from tests.wire import Wire, wire

NOW = datetime(2019, 11, 15, 12, tzinfo=UTC)


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    """A company whose worker ran a moment ago."""
    with wire(engine) as connected:
        alive(engine)
        with unit_of_work(engine) as session:
            session.add(Setting(key="channels.operations", value="#general", changed_at=NOW))
            session.add(Setting(key="company.country", value="US", changed_at=NOW))
            append(session, at=NOW, actor="cli", surface="cli", subject_type="x", subject_id="1", verb="set")
        yield connected


def alive(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO heartbeat VALUES ('clock', now()), ('clock_business', '2019-11-15T12:00Z')")
        )
        connection.execute(text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())"))
        connection.execute(
            text("INSERT INTO import_batch (table_name, source, checksum, counts, imported_at) "
                 "VALUES ('orders', 'x', 'x', '{}', '2019-11-15T06:00Z')")
        )  # fmt: skip


def found(on: Wire, tmp: Path, *, online: bool = False, **changes: str) -> dict[str, list[Finding]]:
    """Findings by check."""
    url = on.engine.url.render_as_string(hide_password=False)
    secrets = {name: SecretStr(value) for name, value in changes.items()}
    env = on.environment.model_copy(update={"database_url": url, "home": tmp, **secrets})
    by_check: dict[str, list[Finding]] = {}
    for finding in examine(env, NOW, online=online)[0]:
        by_check.setdefault(finding.check, []).append(finding)
    return by_check


def keys(findings: dict[str, list[Finding]]) -> set[str]:
    """What is not in order."""
    return {finding.key for each in findings.values() for finding in each if finding.level is not Level.OK}


def test_where_all_is_well_nothing_is_to_be_done(on: Wire, tmp_path: Path) -> None:
    findings = found(on, tmp_path)
    assert keys(findings) - {"font_missing", "calendar_worked", "disk_little"} == set()
    assert {"slack", "scopes", "clock_skew", "channels", "database", "zones", "schedules", "history"} <= set(
        findings
    )
    runs = findings["schedules"][0].facts["runs"]
    assert isinstance(runs, tuple) and len(runs) == 5 and runs[0] == "11-16 03:30 match_people"


@pytest.mark.parametrize(
    ("bot", "app", "secret", "wrong"),
    [
        ("xapp-1-A-1-a", "xoxb-1-2-a", "", {"bot_token_swapped", "app_token_swapped"}),
        ("", "", "", {"bot_token_missing", "signing_secret_missing"}),
        ("xoxp-1", "whatever", "", {"bot_token_wrong", "app_token_wrong"}),
        ("xoxb-1-2-a", "", "xoxb-1-2-a", {"signing_secret_swapped"}),
        ("xoxb-1-2-a", "xapp-1-A-1-a", "", set()),
        ("xoxb-1-2-a", "", "8f742231b10e8888abcd99yyyzzz85a5", set()),
    ],
)
def test_tokens_in_the_wrong_place_are_named(bot: str, app: str, secret: str, wrong: set[str]) -> None:
    env = Environment(SLACK_BOT_TOKEN=SecretStr(bot), SLACK_APP_TOKEN=SecretStr(app),
                      SLACK_SIGNING_SECRET=SecretStr(secret))  # fmt: skip
    assert {finding.key for finding in tokens(env) if finding.level is not Level.OK} == wrong


def test_a_token_that_slack_refuses_stops_the_other_questions(on: Wire, tmp_path: Path) -> None:
    findings = found(on, tmp_path, slack_bot_token="xoxb-1-2-wrong")
    assert findings["slack"][0].facts["code"] == "invalid_auth" and "scopes" not in findings


def test_channels_are_looked_for_one_by_one(on: Wire, tmp_path: Path) -> None:
    on.workspace.archive("east")
    (app,) = on.workspace.state.apps.values()
    on.workspace.remove("west", app.bot_user_id)
    with unit_of_work(on.engine) as session:
        session.add(Setting(key="channels.finance", value="#nowhere", changed_at=NOW))
    channels = found(on, tmp_path)["channels"]
    assert {(f.outcome, f.facts["channel"], f.level) for f in channels} == {
        ("archived", "#east", Level.ERROR), ("not_joined", "#west", Level.WARN), ("not_found", "#nowhere", Level.ERROR),
    }  # fmt: skip
    assert channels[0].facts["setting"] in ("channels.regions.East", "channels.finance")


def test_scopes_are_held_against_the_manifest() -> None:
    assert {f.key for f in workspace.granted("chat:write, commands", ("chat:write", "commands"))} == {
        "scopes_ok"
    }
    missing, more = workspace.granted("chat:write,admin", ("chat:write", "commands"))
    assert (missing.facts["names"], more.facts["names"]) == (("commands",), ("admin",))
    assert missing.level is Level.ERROR and more.level is Level.WARN
    assert workspace.granted(None, ())[0].key == "scopes_unknown"


@pytest.mark.parametrize(
    ("seconds", "outcome"), [(1, "ok"), (-29, "ok"), (60, "off"), (-60, "off"), (299, "refused")]
)
def test_a_clock_that_is_off_is_told_before_slack_refuses_us(seconds: int, outcome: str) -> None:
    there = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
    finding = workspace.skew("Tue, 24 Nov 2026 12:00:00 GMT", there + timedelta(seconds=seconds))
    assert finding.outcome == outcome
    assert workspace.skew("nonsense", there).outcome == workspace.skew(None, there).outcome == "unknown"


def test_socket_mode_is_tried(engine: Engine, tmp_path: Path) -> None:
    with wire(engine, socket_mode=True) as on:
        assert found(on, tmp_path)["socket"][0].outcome == "ok"
        assert (
            found(on, tmp_path, slack_app_token="xapp-1-A-1-no")["socket"][0].facts["code"] == "invalid_auth"
        )


def test_delivery_clock_runs_people_and_zones(on: Wire, tmp_path: Path) -> None:
    with on.engine.begin() as connection:
        for statement in (
            "UPDATE heartbeat SET at = now() - interval '5 minutes' WHERE name = 'clock'",
            "INSERT INTO gate VALUES ('*', now(), 'token_revoked', now()), ('#east', now(), 'is_archived', now())",
            "INSERT INTO outbox (key, channel, thing, payload, feature, state, reason, created_at) VALUES "
            "('a', '#x', 'a', '{}', 'targets', 'dead', 'gave_up', now()),"
            "('b', '#x', 'b', '{}', 'targets', 'ambiguous', NULL, now()),"
            "('c', '#x', 'c', '{}', 'targets', 'pending', NULL, now() - interval '6 minutes')",
            "INSERT INTO slot (schedule, local_date, local_time, zone, due_at, state) VALUES "
            "('digest', '2019-11-15', '11:00', 'UTC', '2019-11-15T11:00Z', 'due'),"
            "('weekly', '2019-11-15', '11:00', 'UTC', '2019-11-15T11:00Z', 'failed')",
            "UPDATE person SET slack_user_id = NULL WHERE code IN ('alice', 'bob')",
            "UPDATE person SET timezone = 'Mars/Olympus' WHERE code = 'alice'",
            "INSERT INTO setting VALUES ('operations.stale_after_hours', '2', 1, NULL, now())",
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status) "
            "VALUES ('jobs', 'run_slot', 0, '{}', 'failed')",
            "DELETE FROM setting WHERE key = 'channels.operations'",
        ):
            connection.execute(text(statement))
    findings = found(on, tmp_path)
    assert keys(findings) >= {
        "clock_silent", "delivery_token", "delivery_closed", "delivery_dead", "delivery_in_doubt", "delivery_late",
        "runs_late", "runs_failed", "runs_given_up", "people_unmatched", "zones_unknown", "data_stale",
        "operations_missing",
    }  # fmt: skip
    assert findings["people"][0].facts == {"count": 2, "everybody": 8}


def test_history_that_was_touched_is_found(on: Wire, tmp_path: Path) -> None:
    with on.engine.begin() as connection:
        connection.execute(text("ALTER TABLE event DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE event SET actor = 'mallory'"))
    assert "history_broken" in keys(found(on, tmp_path))


def test_a_database_of_another_version_or_none_at_all(on: Wire, database_server: str, tmp_path: Path) -> None:
    assert found(on, tmp_path)["database"][0].facts["version"] == newest_known()
    for version, outcome in (("0002", "behind"), ("9999", "ahead")):
        with on.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": version})
        assert found(on, tmp_path)["database"][0].outcome == outcome
    with on.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    assert found(on, tmp_path)["database"][0].outcome == "empty"
    away = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none", pool_size=1)
    assert database.reachable(away).outcome == "away"


def test_a_broken_table_is_one_finding_and_not_the_end(on: Wire, tmp_path: Path) -> None:
    with on.engine.begin() as connection:
        connection.execute(text("DROP TABLE import_batch"))
    findings = found(on, tmp_path)
    assert findings["check"][0].outcome == "unreadable" and "history" in findings


def test_a_company_zone_nobody_knows_is_told_before_anything_trips_over_it(on: Wire, tmp_path: Path) -> None:
    with on.engine.begin() as connection:
        connection.execute(
            text("UPDATE setting SET value = '\"Mars/Olympus\"' WHERE key = 'company.timezone'")
        )
    assert "zones_unknown" in keys(found(on, tmp_path))


def test_the_versions_are_those_of_the_migrations() -> None:
    from gateways.database.migrate import newest_version

    assert newest_known() == newest_version() and known_versions()["0002"] == "0001"


# ---- calendar ----


def judged(session: Session, country: str, today: date) -> list[Finding]:
    session.merge(Setting(key="company.country", value=country, changed_at=NOW))
    session.flush()
    return calendar(session, load_company(session), today=today)


def test_holidays_of_the_next_ninety_days(session: Session) -> None:
    assert calendar(session, Company(), today=date(2026, 11, 24))[0].key == "calendar_nothing"
    session.add(CalendarDay(day=date(2026, 12, 25), is_working=False, label="Christmas"))
    session.flush()
    assert calendar(session, load_company(session), today=date(2026, 11, 24))[0].key == "calendar_own"
    assert judged(session, "QQ", date(2026, 11, 24))[0].key == "calendar_no_country"
    worked = judged(session, "US", date(2026, 11, 24))
    days = worked[0].facts["days"]
    assert worked[0].key == "calendar_worked" and isinstance(days, tuple)
    assert days[0].startswith("2026-11-26") and not any(day.startswith("2026-12-25") for day in days)


def test_days_worked_in_exchange_that_nobody_has_published_yet(session: Session) -> None:
    import holidays

    told = max(holidays.country_holidays("CN").special_public_holidays)
    assert makes_up("CN", told) and not makes_up("US", told)
    autumn = date(told, 11, 24)
    assert [f.facts.get("year") for f in judged(session, "CN", autumn) if f.outcome == "unpublished"] == [
        str(told + 1)
    ]
    session.add(
        CalendarDay(day=date(told + 1, 2, 7), is_working=True, label="instead of the Spring Festival")
    )
    session.flush()
    assert [f.outcome for f in judged(session, "CN", autumn) if f.outcome == "unpublished"] == []
    assert [f.outcome for f in judged(session, "CN", date(told, 5, 1)) if f.outcome == "unpublished"] == []


# ---- machine ----


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    assert home(tmp_path / "not" / "yet").outcome == "ok"
    assert home(Path("/proc/nothing")).outcome == "not_writable"
    assert disk(tmp_path).check == "disk"


def test_a_font_with_chinese_in_it(tmp_path: Path) -> None:
    assert font([tmp_path, tmp_path / "none"]).outcome == "missing"
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "NotoSansCJK-Regular.ttc").touch()
    assert font([tmp_path]).facts == {"name": "NotoSansCJK-Regular.ttc"}


# ---- words ----


def test_every_finding_has_its_sentence_and_everything_wrong_its_fix() -> None:
    for locale in Locale:
        reader = Reader(locale, date(2026, 11, 24))
        for level in Level:
            for line in layout.lines(every(level), reader=reader):
                assert line.says and bool(line.fix) is (level is not Level.OK), line.finding.key
    assert worst([]) is Level.OK and worst([fine("x")]) is Level.OK


def test_every_outcome_the_code_can_find_is_worded(request: pytest.FixtureRequest) -> None:
    """The tables of the samples are all that `fine`, `warning` and `failure` are called with."""
    import re

    root = request.config.rootpath
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (*(root / "gateways/doctor").glob("*.py"), root / "cli/doctor.py")
    )
    called = set(re.findall(r"(?:warning|failure)\(\s*\"(\w+)\",\s*\"(\w+)\"", code))
    worded = {
        (check, outcome)
        for level in (Level.WARN, Level.ERROR)
        for line in OUTCOMES[level].replace(";", "\n").splitlines() if line.strip()
        for check, *outcomes in [line.split()] for outcome in outcomes
    }  # fmt: skip
    assert called <= worded, called - worded


# ---- the commands ----


def test_online_shows_slack_every_message(on: Wire, tmp_path: Path) -> None:
    finding = found(on, tmp_path, online=True)["blocks"][0]
    assert finding.outcome == "ok" and finding.facts["count"] == len(list(samples()))
    calls = on.workspace.calls("blocks.validate")
    assert len(calls) == len(list(samples()))
    on.workspace.fault("error", "blocks.validate", error="fatal_error", skip=3)
    assert found(on, tmp_path, online=True)["blocks"][0].facts == {"code": "fatal_error", "count": 3}


def _run(on: Wire, tmp: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    values = {
        "DATABASE_URL": on.engine.url.render_as_string(hide_password=False),
        "PARTSPLAN_HOME": str(tmp),
        "PARTSPLAN_NOW": NOW.isoformat(),
        "SLACK_BOT_TOKEN": on.environment.slack_bot_token.get_secret_value(),
        "SLACK_SIGNING_SECRET": on.environment.slack_signing_secret.get_secret_value(),
        "SLACK_APP_TOKEN": "",
        "SLACK_API_URL": on.environment.slack_api_url,
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    environment.cache_clear()
    try:
        run_cli(["doctor", *arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        environment.cache_clear()
    return 0


def test_the_command_for_people_and_for_scripts(
    on: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(on, tmp_path, monkeypatch) == 0
    said = capsys.readouterr().out
    assert "✓ Slack knows us as" in said and ("PartsPlan works" in said or "PartsPlan is well" in said)
    on.workspace.archive("east")
    assert _run(on, tmp_path, monkeypatch, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    wrong = next(f for f in told["findings"] if f["outcome"] == "archived")
    assert told["level"] == "error"
    assert wrong["fix"] == "Restore it in Slack, or set another channel."
    assert on.environment.slack_bot_token.get_secret_value() not in json.dumps(told)
    assert _run(on, tmp_path, monkeypatch, "--language", "zh-TW") == 1
    assert "✗ #east（channels.regions.East）已封存。" in capsys.readouterr().out
    assert _run(on, tmp_path, monkeypatch, "--language", "tlh") == 2


def test_in_slack_an_admin_asks_and_others_may_not(on: Wire) -> None:
    with unit_of_work(on.engine) as session:
        session.query(Person).filter(Person.code == "bob").update({"slack_user_id": None})
    told = on.person("adam").types("/parts doctor", "#sales")
    shown = on.person("adam").last("#sales").text_content
    assert told.ok and "People not found in Slack: 1 of 8." in shown and "partsplan doctor" in shown
    asked = on.person("wei").types("/parts 診斷", "#sales")
    assert asked.ok and "found in Slack" not in on.person("wei").last("#sales").text_content
    assert "doctor" not in _help(on, "wei") and "/parts doctor" in _help(on, "adam")


def _help(on: Wire, who: str) -> str:
    on.person(who).types("/parts help", "#sales")
    return on.person(who).last("#sales").text_content


def test_the_checks_change_nothing(on: Wire, tmp_path: Path) -> None:
    def everything() -> dict[str, object]:
        with read_only(on.engine) as session:
            names = session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
            return {name: session.execute(text(f"SELECT * FROM {name} ORDER BY 1")).all() for name in names}

    before = everything()
    found(on, tmp_path)
    assert everything() == before
    assert real_now() and replace(fine("x"), outcome="y").key == "x_y"
