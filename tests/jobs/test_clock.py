"""Clocks: any number of them, any length of sleep, each run once."""

import subprocess
import sys
from datetime import UTC, datetime, time, timedelta

import pytest
from slack_sdk import WebClient
from sqlalchemy import Engine, select, text

from domain.delivery.model import Heartbeat
from domain.rules.model import Slot
from domain.rules.slots import Schedule, due_slots
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery.courier import Courier
from jobs.clock import Ticker
from jobs.registry import Job, Registry
from jobs.slots import fill
from jobs.sweep import sweep
from tests.conftest import ROOT
from tests.jobs.clock_process import END, SCHEDULES, START

NOON = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
MORNING = Schedule("digest:#east", (time(8, 30),), "Europe/Prague")


class Time:
    """A business clock in a test's hands."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def ticker(engine: Engine, clock: Time, *jobs: Job) -> Ticker:
    return Ticker(engine, Registry(jobs), Courier(engine, WebClient()), clock=clock)


def digest(*schedules: Schedule) -> Job:
    return Job("digest", lambda _: None, lambda _: schedules)


def queued(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT (args ->> 'slot_id')::int FROM procrastinate_jobs ORDER BY 1"))
        return list(rows.scalars())


def test_four_clocks_do_each_of_a_thousand_runs_once(engine: Engine, database_url: str) -> None:
    clocks = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.clock_process", database_url, str(seed)], cwd=ROOT
        )
        for seed in range(4)
    ]
    assert [clock.wait(timeout=120) for clock in clocks] == [0, 0, 0, 0]
    wanted = {
        (s.schedule, s.local_date, s.local_time)
        for each in SCHEDULES
        for s in due_slots(each, since=START, until=END)
    }
    assert len(wanted) >= 1000
    with read_only(engine) as session:
        slots = session.scalars(select(Slot)).all()
    assert {(s.schedule, s.local_date, s.local_time) for s in slots} == wanted
    assert len(slots) == len(wanted)
    assert queued(engine) == sorted(s.id for s in slots if s.state == "due")


def test_after_26_hours_each_schedule_runs_at_most_once(engine: Engine) -> None:
    clock = Time(NOON)
    hourly = Schedule("digest:#west", tuple(time(hour) for hour in range(24)), "UTC")
    beaten = ticker(engine, clock, digest(MORNING, hourly))
    beaten.tick()
    clock.now += timedelta(hours=26)
    beaten.tick()
    with read_only(engine) as session:
        due = session.scalars(select(Slot.schedule).where(Slot.state == "due")).all()
        skipped = session.scalars(select(Slot.note).where(Slot.state == "skipped")).all()
    # 08:30 in Prague was seven hours ago by then: too late for a digest that is worth six hours.
    assert due == ["digest:#west"]
    assert sorted(skipped) == ["newer_slot_instead"] * 25 + ["older_than_max_age"]


def test_a_company_that_starts_at_noon_does_not_get_the_morning(engine: Engine) -> None:
    clock = Time(NOON)
    ticker(engine, clock, digest(MORNING)).tick()
    assert queued(engine) == []
    clock.now += timedelta(hours=18, minutes=30, seconds=1)
    ticker(engine, clock, digest(MORNING)).tick()
    assert len(queued(engine)) == 1


def test_schedules_that_cannot_be_read_stop_nobody_else_and_are_made_up_for(engine: Engine) -> None:
    clock, broken = Time(NOON), [True]

    def schedules(session: object) -> list[Schedule]:
        if broken[0]:
            raise KeyError("timezone")
        return [Schedule("stumbles", (time(12, 15),), "UTC")]

    both = ticker(
        engine,
        clock,
        Job("stumbles", lambda _: None, schedules),
        digest(Schedule("digest", (time(12, 10),), "UTC")),
    )
    with unit_of_work(engine) as session:
        session.add(Heartbeat(name="slots:real", at=NOON))
    clock.now += timedelta(minutes=30)
    both.fill()
    assert len(queued(engine)) == 1
    broken[0] = False
    clock.now += timedelta(minutes=1)
    both.fill()
    assert len(queued(engine)) == 2


def test_a_crash_between_slot_and_work_leaves_no_slot_without_work(engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt), unit_of_work(engine) as session:
        assert fill(session, [MORNING], since=NOON - timedelta(hours=12), now=NOON).due
        raise KeyboardInterrupt
    with read_only(engine) as session:
        assert session.scalars(select(Slot)).all() == []
    with unit_of_work(engine) as session:
        fill(session, [MORNING], since=NOON - timedelta(hours=12), now=NOON)
        session.execute(text("DELETE FROM procrastinate_jobs"))
    swept = sweep(engine, stalled_after=30)
    assert swept is not None and swept.slots == 1 and len(queued(engine)) == 1
    again = sweep(engine, stalled_after=30)
    assert again is not None and again.slots == 0
