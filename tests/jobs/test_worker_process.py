"""A worker stops when asked, survives its database, and what it leaves is taken over."""

import signal
import threading
import time
from datetime import UTC, datetime
from datetime import time as clock_time

import pytest
from sqlalchemy import Engine, func, select, text

from domain.delivery.model import OutboxRow
from domain.rules.model import Setting, Slot
from domain.rules.slots import Schedule, slot_at
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery.outbox import enqueue
from gateways.environment import Environment
from jobs.registry import Job, JobContext, Registry
from jobs.slots import claim, defer_slot
from jobs.worker import WorkerSettings, run_worker
from tests.chaos.delivery import QUICK, say_many, unsent
from tests.chaos.scratch import workers
from tests.jobs.slack_outside import Outside, slack, wait_for


def run_soon(engine: Engine, name: str) -> int:
    with unit_of_work(engine) as session:
        slot_id = claim(session, slot_at(Schedule(name), datetime.now(UTC)))
        assert slot_id is not None
        defer_slot(session, slot_id, name)
        return slot_id


def state_of(engine: Engine, slot_id: int) -> str:
    with read_only(engine) as session:
        return session.get_one(Slot, slot_id).state


def begun(engine: Engine) -> int:
    with read_only(engine) as session:
        return session.scalar(select(func.count()).where(Setting.key.startswith("began:"))) or 0


def test_told_to_stop_it_finishes_what_it_does(engine: Engine, database_url: str) -> None:
    with slack(1) as outside, workers(database_url, outside, 1, **QUICK) as (worker,):
        slot_id = run_soon(engine, "sleeps:1")
        assert wait_for(lambda: begun(engine) == 1, seconds=20)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=10) == 0
        assert state_of(engine, slot_id) == "done"


def test_what_does_not_end_in_time_is_taken_over(engine: Engine, database_url: str) -> None:
    hasty = {**QUICK, "graceful": 0.3, "last": 0.5}
    with slack(1) as outside, workers(database_url, outside, 1, **hasty) as (first,):
        slot_id = run_soon(engine, "sleeps:2.5")
        assert wait_for(lambda: begun(engine) == 1, seconds=20)
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=5) == 0
        assert state_of(engine, slot_id) == "running"
        with workers(database_url, outside, 1, **QUICK):
            assert wait_for(lambda: state_of(engine, slot_id) == "done", seconds=20)
            assert begun(engine) == 2


def break_connections(engine: Engine) -> None:
    """What a restart of the database does to everybody."""
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


def test_connections_that_break_lose_nothing(engine: Engine, database_url: str) -> None:
    with slack(3) as outside, workers(database_url, outside, 1, **QUICK):
        say_many(engine, outside, 60)
        for _ in range(4):
            time.sleep(0.4)
            break_connections(engine)
        assert wait_for(lambda: unsent(engine) == 0, seconds=25)
        shown = [words for texts in outside.shown().values() for words in texts]
        assert len(shown) == len(set(shown)) == 60


class InThread:
    """A worker in a thread, as a demo or a test has it."""

    def __init__(self, url: str, outside: Outside, registry: Registry, now: datetime) -> None:
        self.stop = threading.Event()
        environment = Environment(
            SLACK_BOT_TOKEN=outside.token, SLACK_API_URL=outside.api_url, PARTSPLAN_NOW=now.isoformat()
        )
        settings = WorkerSettings(poll=0.05, tick=0.2)
        self.thread = threading.Thread(
            target=run_worker,
            args=(environment, url),
            kwargs={"stop": self.stop, "registry": registry, "settings": settings},
        )
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join(timeout=15)
        assert not self.thread.is_alive()


@pytest.mark.filterwarnings("error")
def test_the_clock_of_the_company_decides_what_is_due(engine: Engine, database_url: str) -> None:
    """The business clock stands a second before 08:30 of a day in 2019; delivery goes by the real one."""

    def tell(context: JobContext) -> None:
        with context.unit_of_work() as session:
            channel = "C-none" if context.slot.place is None else context.slot.place
            context.post(session, key="k", channel=channel, thing="t", payload={"text": "good morning"})

    with slack(1) as outside:
        schedule = Schedule("digest:#c0", (clock_time(8, 30),), "America/New_York")
        registry = Registry((Job("digest", tell, lambda _: [schedule]),))
        worker = InThread(
            database_url, outside, registry, datetime(2019, 11, 15, 13, 29, 59, 500_000, tzinfo=UTC)
        )
        try:
            assert wait_for(lambda: ["good morning"] in outside.shown().values(), seconds=15)
        finally:
            worker.end()
    with read_only(engine) as session:
        slot = session.scalars(select(Slot)).one()
        row = session.scalars(select(OutboxRow)).one()
    assert (slot.state, slot.note, str(slot.local_date)) == ("done", "posted:1", "2019-11-15")
    assert row.created_at.year >= 2026
    assert abs((row.created_at - datetime.fromisoformat(row.payload["due"])).total_seconds()) < 5


def test_a_job_that_stumbles_is_tried_again_later(engine: Engine, database_url: str) -> None:
    def stumbles(context: JobContext) -> None:
        raise ValueError("not today")

    with slack(1) as outside:
        worker = InThread(
            database_url,
            outside,
            Registry((Job("stumbles", stumbles),)),
            datetime(2019, 11, 15, tzinfo=UTC),
        )
        try:
            slot_id = run_soon(engine, "stumbles")
            unknown = run_soon(engine, "nobody_knows_it")
            assert wait_for(lambda: state_of(engine, unknown) == "failed", seconds=15)
            assert wait_for(lambda: note_of(engine, slot_id) == "error:ValueError", seconds=15)
        finally:
            worker.end()
    assert (state_of(engine, slot_id), note_of(engine, unknown)) == ("due", "unknown_job")
    with engine.connect() as connection:
        wait = connection.scalar(
            text("SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs")
        )
    assert wait is not None and 20 < wait <= 30


def note_of(engine: Engine, slot_id: int) -> str | None:
    with read_only(engine) as session:
        return session.get_one(Slot, slot_id).note


def test_a_message_that_breaks_our_code_is_buried_and_lets_others_go(
    engine: Engine, database_url: str
) -> None:
    with slack(1) as outside:
        channel = next(c.id for c in outside.workspace.state.channels.values() if c.kind == "public")
        with unit_of_work(engine) as session:
            for key, payload in (("broken", {"text": "x", "blocks": 7}), ("fine", {"text": "fine"})):
                enqueue(session, key=key, channel=channel, thing=key, payload=payload, feature="t")
        worker = InThread(database_url, outside, Registry(()), datetime(2019, 11, 15, tzinfo=UTC))
        try:
            assert wait_for(lambda: outside.shown()[channel] == ["fine"], seconds=15)
        finally:
            worker.end()
    with read_only(engine) as session:
        row = session.scalars(select(OutboxRow).where(OutboxRow.key == "broken")).one()
    assert (row.state, row.reason) == ("dead", "error:TypeError")
