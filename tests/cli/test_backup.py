"""The drill: a copy under load, brought back, is whole, consistent and posts nothing twice."""

import json
import os
import stat
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, func, select, text
from sqlalchemy.engine import make_url

from cli.backup import bring_back, settle
from cli.main import run_cli
from domain.delivery.model import OutboxRow
from domain.events.model import Event
from domain.events.operations import append, broken_links
from domain.rules.model import Setting, Slot
from gateways.clock import real_now
from gateways.database import dump
from gateways.database.dump import DumpRefused
from gateways.database.engine import make_engine
from gateways.database.migrate import current_version, newest_version
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.environment import Environment, environment
from jobs.slots import filled_until
from tests.company import make_company
from tests.gateways.delivery.desk import open_desk

_numbers = count()


def quiet(*_: object) -> None:
    """Nobody watches."""


@pytest.fixture
def elsewhere(database_server: str) -> Iterator[str]:
    """URL of another database, without any table."""
    name = f"restored_{os.getpid()}_{next(_numbers)}"
    admin = create_engine(database_server, isolation_level="AUTOCOMMIT", pool_size=1)
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(database_server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def empty(elsewhere: str) -> Iterator[Engine]:
    made = make_engine(elsewhere, pool_size=2)
    yield made
    made.dispose()


def remember(engine: Engine, number: int) -> None:
    """A setting and its event, in one transaction, as every change is."""
    with unit_of_work(engine) as session:
        now = real_now()
        session.merge(Setting(key=f"load.{number}", value=number, changed_at=now))
        append(
            session,
            at=now,
            actor="cli",
            surface="cli",
            subject_type="setting",
            subject_id=f"load.{number}",
            verb="set",
        )


def test_a_copy_under_load_is_consistent_and_comes_back_whole(
    engine: Engine, database_url: str, empty: Engine, elsewhere: str, tmp_path: Path
) -> None:
    with unit_of_work(engine) as session:
        make_company(session)
        session.execute(
            text("INSERT INTO computation (key, formula, formula_version, inputs, result, at) "
                 "SELECT 'k' || n, 'f', 1, '{}', jsonb_build_object('v', repeat('x', 200)), now() "
                 "FROM generate_series(1, 50000) n")
        )  # fmt: skip
    stop, written = threading.Event(), [0]

    def work() -> None:
        for number in count():
            if stop.is_set():
                return
            remember(engine, number)
            written[0] = number + 1

    worker = threading.Thread(target=work)
    worker.start()
    while written[0] < 20:
        time.sleep(0.005)
    began = time.monotonic()
    made = dump.dump(engine, database_url, tmp_path / "copy.dump", quiet)
    during = written[0]
    stop.set()
    worker.join()
    expected, found, broken = bring_back(
        empty, elsewhere, tmp_path / "copy.dump", force=False, progress=quiet
    )
    took = time.monotonic() - began
    assert during > 20  # the load went on while the copy was made
    assert expected == made and found.counts == made.counts and broken == []
    assert made.counts["computation"] == 50_000
    with read_only(empty) as session:
        settings = session.scalar(select(func.count()).where(Setting.key.startswith("load.")))
        events = session.scalar(select(func.count()).where(Event.subject_id.startswith("load.")))
        assert settings == events  # both of a transaction, or neither
        assert list(broken_links(session)) == []
    assert current_version(empty) == newest_version()
    assert took < 60


def test_only_the_owner_may_read_a_copy_and_a_failed_one_leaves_nothing(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy.dump"
    dump.dump(engine, database_url, file, quiet)
    for made in (file, dump.beside(file)):
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
    before = file.read_bytes()
    with pytest.raises(DumpRefused, match="pg_dump failed"):
        dump.dump(engine, make_url(database_url).set(database="nowhere").render_as_string(), file, quiet)
    assert file.read_bytes() == before and len(list(tmp_path.iterdir())) == 2


def test_what_stands_in_the_way_is_not_replaced_unless_asked(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy.dump"
    remember(engine, 1)
    dump.dump(engine, database_url, file, quiet)
    remember(engine, 2)
    with pytest.raises(DumpRefused, match="--force replaces everything"):
        bring_back(engine, database_url, file, force=False, progress=quiet)
    with engine.connect() as other:
        other.execute(text("SELECT 1"))
        second = make_engine(database_url, pool_size=1)
        with pytest.raises(DumpRefused, match="stop the bot and the workers first"):
            bring_back(second, database_url, file, force=True, progress=quiet)
        second.dispose()
    for _ in range(2):  # a database that was replaced can be copied and replaced again
        _, found, broken = bring_back(engine, database_url, file, force=True, progress=quiet)
        assert broken == [] and found.counts["setting"] == 1
        engine.dispose()
        dump.dump(engine, database_url, file, quiet)


def test_a_copy_of_a_newer_version_a_damaged_one_and_something_else_are_refused(
    engine: Engine, database_url: str, empty: Engine, elsewhere: str, tmp_path: Path
) -> None:
    newer, damaged, text_file = tmp_path / "newer", tmp_path / "damaged", tmp_path / "text"
    dump.dump(engine, database_url, damaged, quiet)
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    text_file.write_text("no dump")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    dump.dump(engine, database_url, newer, quiet)
    refused = {newer: "is of version 9999", damaged: "damaged", text_file: "no backup of PartsPlan"}
    for file, why in (refused | {tmp_path / "missing": "no such file"}).items():
        with pytest.raises(DumpRefused, match=why):
            bring_back(empty, elsewhere, file, force=False, progress=quiet)
    with empty.connect() as connection:
        assert dump.tables(connection) == []


def test_a_copy_that_breaks_on_the_way_changes_nothing(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy"
    remember(engine, 1)
    dump.dump(engine, database_url, file, quiet)
    content = bytearray(file.read_bytes())
    content[len(content) // 2 :] = b""
    file.write_bytes(content)
    dump.beside(file).unlink()
    with pytest.raises(DumpRefused):
        bring_back(engine, database_url, file, force=True, progress=quiet)
    with read_only(engine) as session:
        assert session.get_one(Setting, "load.1").value == 1


def test_what_was_sent_after_the_copy_is_not_sent_again(engine: Engine, tmp_path: Path) -> None:
    """The copy is from before delivery; Slack remembers what the restored database does not."""
    with open_desk(engine) as at:
        url = engine.url.render_as_string(hide_password=False)
        first = at.say("before the copy")
        at.deliver(first)
        waiting, never = at.say("sent after the copy"), at.say("never sent", "#east")
        with unit_of_work(engine) as session:
            session.add(
                Slot(schedule="digest:#sales", local_date=datetime.now(UTC).date(), local_time=real_now().time(),
                     zone="UTC", due_at=real_now() - timedelta(minutes=1), state="due")
            )  # fmt: skip
        dump.dump(engine, url, tmp_path / "copy", quiet)
        at.deliver(waiting)
        assert at.shown() == ["before the copy", "sent after the copy"]
        _, found, _ = bring_back(engine, url, tmp_path / "copy", force=True, progress=quiet)
        doubts = settle(engine, Environment(), tmp_path / "copy", found)
        assert (doubts.waiting, doubts.too_old, doubts.runs) == (2, 0, 1)
        assert at.row(waiting).state == "pending"
        at.deliver(waiting)
        at.deliver(never)
        assert at.shown() == ["before the copy", "sent after the copy"]
        assert at.shown("east") == ["never sent"]
        assert at.row(waiting).state == at.row(never).state == "sent"
    with read_only(engine) as session:
        assert real_now() - filled_until(session, now=real_now()) < timedelta(minutes=1)
        assert session.scalar(select(Slot.note)) == "restored"
        assert session.scalar(select(Event.verb).order_by(Event.seq.desc()).limit(1)) == "restored"


def test_messages_in_the_middle_of_being_sent_keep_their_doubt(engine: Engine) -> None:
    now = real_now()
    with unit_of_work(engine) as session:
        session.add_all(
            OutboxRow(key=key, channel="#sales", thing=key, payload={"text": key}, feature="targets", state=state,
                      attempts=attempts, refusals=refusals, created_at=now - age, first_at=None)
            for key, state, attempts, refusals, age in (
                ("tried", "sending", 3, 2, timedelta(minutes=1)),
                ("refused", "pending", 2, 2, timedelta(minutes=2)),
                ("old", "pending", 0, 0, timedelta(days=2)),
            )
        )  # fmt: skip
    doubts = settle(engine, Environment(), Path("x"), dump.Manifest("", "", "", {}))
    assert (doubts.waiting, doubts.too_old) == (3, 1)
    with read_only(engine) as session:
        rows = {row.key: row for row in session.scalars(select(OutboxRow))}
    assert [rows[key].attempts - rows[key].refusals for key in ("tried", "refused", "old")] == [1, 1, 1]
    assert rows["refused"].first_at == now - timedelta(minutes=2)


def test_the_commands(
    engine: Engine, database_url: str, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    remember(engine, 1)
    file = str(tmp_path / "copy.dump")
    assert _run(["backup", file], database_url, monkeypatch) == 0
    assert "history ends at " in capsys.readouterr().out
    assert _run(["restore", file, "--json"], elsewhere, monkeypatch) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["differs"] == {} and told["broken"] == [] and told["checked"] is True
    assert _run(["restore", file], elsewhere, monkeypatch) == 1
    assert "--force replaces everything" in capsys.readouterr().err
    assert _run(["restore", file, "--force"], elsewhere, monkeypatch) == 0
    assert "is not posted again" in capsys.readouterr().out


def _run(arguments: list[str], url: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("DATABASE_URL", url)
    environment.cache_clear()
    try:
        run_cli(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        environment.cache_clear()
    return 0
