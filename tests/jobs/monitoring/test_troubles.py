"""Troubles in the operations channel: told once, edited as they change, and to their end."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select, text

from domain.delivery.model import OutboxRow
from domain.events.operations import append
from domain.imports.model import ImportBatch
from domain.models import Setting
from domain.monitoring.model import TroubleRow
from domain.monitoring.troubles import Kind, Sign, State, Step, absent, begun, comes_back, seen
from domain.rules.model import Slot
from gateways.clock import real_now
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.environment import Environment
from jobs.all import REGISTRY
from jobs.monitoring.tasks import NAME
from jobs.runs import run_slot_now
from tests.gateways.delivery.desk import Desk, open_desk
from tests.jobs.test_clock import Time, ticker

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Watch:
    """Looks at the installation whenever the test says so."""

    def __init__(self, engine: Engine, now: datetime = NOON) -> None:
        self.engine, self.now = engine, now

    def look(self, times: int = 1, *, every: timedelta = MINUTE) -> None:
        for _ in range(times):
            self.now += every
            with time_machine.travel(self.now, tick=False):
                run_slot_now(self.engine, NAME, self.now, registry=REGISTRY, environment=Environment())

    def wait(self, long: timedelta) -> None:
        """Nothing happens for so long, as if somebody had looked every minute."""
        self.now += long
        self.sql(f"UPDATE heartbeat SET at = '{self.now.isoformat()}' WHERE name = '{NAME}'")

    def said(self) -> list[str]:
        with read_only(self.engine) as session:
            rows = session.scalars(
                select(OutboxRow).where(OutboxRow.channel == "#ops").order_by(OutboxRow.id)
            ).all()
        return [str(row.payload["text"]) for row in rows]

    def things(self) -> list[str]:
        with read_only(self.engine) as session:
            return list(
                session.scalars(
                    select(OutboxRow.thing).where(OutboxRow.channel == "#ops").order_by(OutboxRow.id)
                )
            )

    def states(self) -> dict[str, str]:
        with read_only(self.engine) as session:
            return {row.kind: row.state for row in session.scalars(select(TroubleRow))}

    def sql(self, statement: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement))


@pytest.fixture
def watch(engine: Engine) -> Watch:
    with unit_of_work(engine) as session:
        for key, value in {"channels.operations": "#ops", "company.locale": "en"}.items():
            session.add(Setting(key=key, value=value, changed_at=NOON))
    return Watch(engine)


def closes(watch: Watch, channel: str = "#east", code: str = "is_archived") -> None:
    watch.sql(f"INSERT INTO gate VALUES ('{channel}', now(), '{code}', now())")


def opens(watch: Watch) -> None:
    watch.sql("UPDATE gate SET paused = NULL")


def test_a_quiet_installation_says_nothing(watch: Watch) -> None:
    watch.look(5)
    assert watch.said() == [] and watch.states() == {}


def test_a_trouble_is_one_message_to_its_end(watch: Watch) -> None:
    closes(watch)
    watch.look()
    assert watch.said() == []  # once may be chance
    watch.look()
    assert "#east takes no messages: is_archived." in watch.said()[0]
    watch.look(20)
    assert len(watch.said()) == 1
    opens(watch)
    watch.look(2)
    assert (
        watch.said()[1]
        == "Resolved: A channel takes no messages. Resolved 24 Nov 12:24; it began 24 Nov 12:01."
    )
    assert len(set(watch.things())) == 1
    watch.look(10)
    assert len(watch.said()) == 2 and watch.states() == {"channel_closed": "closed"}


def test_a_trouble_that_flaps_a_hundred_times_is_two_messages_and_edits(watch: Watch) -> None:
    closes(watch)
    for _ in range(100):
        opens(watch)
        watch.look()
        watch.sql("UPDATE gate SET paused = 'is_archived'")
        watch.look()
    assert watch.said() == []  # never twice in a row
    for _ in range(5):
        watch.look(3)
        opens(watch)
        watch.look(3)
        watch.sql("UPDATE gate SET paused = 'is_archived'")
    assert len(set(watch.things())) == 1  # one message, edited
    assert "Time 5 within a day." in watch.said()[-2]


def test_what_lasts_is_told_again_after_a_day_and_the_old_message_points_on(watch: Watch) -> None:
    closes(watch)
    watch.look(2)
    watch.wait(timedelta(hours=23))
    watch.look(2)
    assert len(watch.said()) == 1
    watch.wait(timedelta(hours=1))
    watch.look(2)
    said, things = watch.said(), watch.things()
    assert "It goes on; a newer message below says how it stands." in said
    assert len(set(things)) == 2 and "takes no messages" in said[-1]
    opens(watch)
    watch.look(2)
    assert "Resolved" in watch.said()[-1] and watch.things()[-1] == things[-1]


def test_the_same_minute_again_says_nothing_twice(watch: Watch) -> None:
    closes(watch)
    watch.look(2)
    watch.now -= MINUTE
    watch.look()
    assert len(watch.said()) == 1


def test_facts_that_change_are_edited_at_most_every_five_minutes(watch: Watch) -> None:
    dead = "INSERT INTO outbox (key, channel, thing, payload, feature, state, reason, created_at) VALUES "
    for number in range(12):
        watch.sql(
            f"{dead} ('d{number}', '#x', 'd', '{{}}', 'targets', 'dead', 'gave_up', '{NOON.isoformat()}')"
        )
        watch.look()
    assert len(watch.said()) == 3
    assert watch.said()[-1].startswith("Not delivered in the last two days: 12 (gave_up × 12).")
    watch.wait(timedelta(hours=49))
    watch.look(2)
    assert watch.states()["dead_letters"] == "closed"


@pytest.mark.parametrize(
    ("statement", "kind", "words"),
    [
        ("INSERT INTO gate VALUES ('*', now(), 'token_revoked', now())", Kind.TOKEN, "Slack says token_revoked."),
        ("UPDATE alembic_version SET version_num = '0001'", Kind.DATABASE_VERSION, "The database is at 0001"),
        ("INSERT INTO outbox (key, channel, thing, payload, feature, state, created_at) VALUES "
         "('a', '#x', 'a', '{}', 'targets', 'ambiguous', now())", Kind.IN_DOUBT, "nothing was sent again: 1."),
        ("INSERT INTO slot (schedule, local_date, local_time, zone, due_at, state) VALUES "
         "('digest:#east', '2026-11-24', '11:50', 'UTC', '2026-11-24T11:50Z', 'due')", Kind.SLOT_LATE,
         "digest was due 24 Nov 11:50"),
        ("INSERT INTO slot (schedule, local_date, local_time, zone, due_at, state, note) VALUES "
         "('digest:#east', '2026-11-24', '11:50', 'UTC', '2026-11-24T11:50Z', 'failed', 'KeyError')",
         Kind.SLOT_FAILED, "failed three times: KeyError"),
    ],
)  # fmt: skip
def test_every_trouble_is_noticed(watch: Watch, statement: str, kind: Kind, words: str) -> None:
    watch.sql(statement)
    watch.look(2)
    assert watch.states() == {kind: "open"}
    assert words in watch.said()[0]


def test_a_run_that_succeeds_ends_the_trouble_of_its_schedule(watch: Watch) -> None:
    insert = "INSERT INTO slot (schedule, local_date, local_time, zone, due_at, state) VALUES "
    watch.sql(f"{insert} ('digest', '2026-11-24', '11:50', 'UTC', '2026-11-24T11:50Z', 'failed')")
    watch.look(2)
    watch.sql(f"{insert} ('digest', '2026-11-24', '11:55', 'UTC', '2026-11-24T11:55Z', 'done')")
    watch.look(2)
    assert watch.states() == {"slot_failed": "closed"}


def test_data_that_stay_away_and_workers_that_are_missing_where_the_company_has_said_so(watch: Watch) -> None:
    with unit_of_work(watch.engine) as session:
        session.add(ImportBatch(table_name="orders", source="x", checksum="x", counts={}, imported_at=NOON))
    watch.wait(timedelta(hours=60))
    watch.look(2)
    assert watch.states() == {}
    with unit_of_work(watch.engine) as session:
        session.add(Setting(key="operations.stale_after_hours", value=36, changed_at=NOON))
        session.add(Setting(key="operations.workers", value=2, changed_at=NOON))
    watch.look(2)
    assert watch.states() | {"outage": "closed"} == {
        "data_stale": "open",
        "workers": "open",
        "outage": "closed",
    }
    assert any("Alive: 0; there should be 2." in said for said in watch.said())


def test_an_outage_is_told_once_it_is_over(watch: Watch) -> None:
    watch.look()
    watch.look(every=timedelta(minutes=40))
    watch.look(3)
    assert len(watch.said()) == 1
    assert "PartsPlan stood still. Over since 24 Nov 12:41; it began 24 Nov 12:01." in watch.said()[0]


def test_a_look_that_only_waited_for_its_turn_is_no_outage(watch: Watch) -> None:
    watch.look()
    with unit_of_work(watch.engine) as session:
        at = watch.now + timedelta(minutes=20)
        session.add(
            Slot(schedule="long", local_date=at.date(), local_time=at.time(), zone="UTC", due_at=NOON, state="done",
                 finished_at=at)
        )  # fmt: skip
    watch.look(every=timedelta(minutes=40))
    assert watch.said() == []


def test_with_no_operations_channel_it_is_remembered_and_told_later(watch: Watch) -> None:
    watch.sql("DELETE FROM setting WHERE key = 'channels.operations'")
    closes(watch)
    watch.look(3)
    assert watch.said() == [] and watch.states() == {"channel_closed": "open"}
    watch.sql("INSERT INTO setting VALUES ('channels.operations', '\"#ops\"', 1, NULL, now())")
    opens(watch)
    watch.look(2)
    assert len(watch.said()) == 1 and "Resolved" in watch.said()[0]


def test_two_who_look_at_once_say_it_once(watch: Watch) -> None:
    closes(watch)
    watch.look()
    with watch.engine.begin() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(7046029257)"))
        watch.look()
    assert watch.said() == [] and watch.states() == {"channel_closed": "suspected"}


def test_a_line_a_minute_is_not_kept_for_ever(watch: Watch) -> None:
    watch.look(3)
    watch.look(every=timedelta(days=3))
    with read_only(watch.engine) as session:
        assert len(session.scalars(select(Slot.id).where(Slot.schedule == NAME)).all()) == 1


def test_a_clock_that_slept_for_a_week_writes_one_line_for_every_minute(engine: Engine) -> None:
    clock = Time(NOON)
    job = REGISTRY.find(NAME)
    slept = ticker(engine, clock, job)
    slept.fill()
    clock.now += timedelta(days=7)
    slept.fill()
    with read_only(engine) as session:
        assert len(session.scalars(select(Slot.id)).all()) == 1


def test_in_slack_it_is_one_message_that_changes(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.add(Setting(key="channels.operations", value="#sales", changed_at=NOON))
    with open_desk(engine) as at:
        watch = Watch(engine, real_now())
        closes(watch, "#gone")
        watch.look(2)
        deliver(at)
        assert ["takes no messages" in words for words in at.shown()] == [True]
        opens(watch)
        watch.look(2)
        deliver(at)
        ended = [words.startswith("Resolved: A channel takes no messages.") for words in at.shown()]
        assert ended == [True]


def deliver(at: Desk) -> None:
    with read_only(at.engine) as session:
        newest = session.scalar(select(OutboxRow.id).order_by(OutboxRow.id.desc()).limit(1))
    assert newest is not None
    at.deliver(newest)


def test_the_last_hash_of_history_is_posted_daily(watch: Watch) -> None:
    with unit_of_work(watch.engine) as session:
        for number in range(3):
            last = append(session, at=NOON, actor="system", surface="job", subject_type="x", subject_id=str(number),
                          verb="set")  # fmt: skip
    run_slot_now(watch.engine, "history_head", NOON, registry=REGISTRY, environment=Environment())
    run_slot_now(watch.engine, "history_head", NOON, registry=REGISTRY, environment=Environment())
    expected = f"History of changes: no entry was touched. It ends at {last.seq}:{last.hash}."
    assert watch.said() == [expected]
    watch.sql("ALTER TABLE event DISABLE TRIGGER ALL")
    watch.sql("UPDATE event SET actor = 'mallory' WHERE subject_id = '1'")
    run_slot_now(watch.engine, "history_head", NOON + MINUTE, registry=REGISTRY, environment=Environment())
    assert watch.said()[1].startswith("History of changes was touched at ")


def test_the_rules_by_themselves() -> None:
    sign = Sign(Kind.TOKEN, facts={"code": "x"})
    first, step = begun(sign, now=NOON)
    assert (first.state, step) == (State.SUSPECTED, Step.NONE)
    assert absent(first, now=NOON) == (None, Step.NONE)
    second, step = seen(first, sign, now=NOON + MINUTE)
    assert (second.state, step, second.began) == (State.OPEN, Step.POST, NOON)
    over, step = absent(absent(second, now=NOON + 2 * MINUTE)[0] or second, now=NOON + 3 * MINUTE)
    assert over is not None and (over.state, step) == (State.CLOSED, Step.EDIT)
    assert comes_back(over, now=NOON + timedelta(hours=5))
    assert not comes_back(over, now=NOON + timedelta(hours=25))
