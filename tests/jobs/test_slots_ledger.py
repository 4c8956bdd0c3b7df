"""A due run is written once, whoever looks, however late."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from domain.delivery.model import OutboxRow
from domain.rules.model import Slot
from domain.rules.slots import Schedule
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.environment import Environment
from jobs.registry import Job, JobContext, Registry, UnknownJob
from jobs.runs import Runner, SlotFailed, list_jobs, run_slot_now
from jobs.slots import at_start, fill, filled_until, mark_filled

NINE = datetime(2019, 11, 15, 9, 0, tzinfo=UTC)
DAILY = Schedule("daily_progress", (time(8, 30),), "UTC")


def progress(context: JobContext) -> None:
    """Tells two channels."""
    with context.unit_of_work() as session:
        for channel in ("#east", "#west"):
            context.post(
                session,
                key=channel,
                channel=channel,
                thing=f"progress:{context.now.date()}",
                payload={"text": "81.2 %"},
            )


REGISTRY = Registry([Job("daily_progress", progress, lambda _: [DAILY], feature="targets")])


def slots(session: Session) -> list[tuple[str, str, str | None]]:
    rows = session.scalars(select(Slot).order_by(Slot.due_at))
    return [(f"{row.due_at:%d %H:%M}", row.state, row.note) for row in rows]


def test_a_replayed_instant_posts_once(engine: Engine) -> None:
    first = run_slot_now(engine, "daily_progress", NINE, registry=REGISTRY)[0]
    again = run_slot_now(engine, "daily_progress", NINE, registry=REGISTRY)[0]
    assert (first.state, first.note, first.repeated) == ("done", "posted:2", False)
    assert [post.channel for post in first.posts] == ["#east", "#west"]
    assert again.repeated and again.posts == first.posts
    with read_only(engine) as session:
        assert len(session.scalars(select(OutboxRow)).all()) == 2
        jobs = session.execute(text("SELECT lock, args FROM procrastinate_jobs ORDER BY id")).all()
    assert [job.lock for job in jobs] == ["slack:#east", "slack:#west"]


def test_a_run_that_failed_half_way_says_nothing_twice(engine: Engine) -> None:
    tries: list[int] = []

    def stumbles(context: JobContext) -> None:
        progress(context)
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("half way")

    registry = Registry([Job("daily_progress", stumbles, lambda _: [DAILY])])
    with pytest.raises(SlotFailed):
        run_slot_now(engine, "daily_progress", NINE, registry=registry)
    result = run_slot_now(engine, "daily_progress", NINE, registry=registry)[0]
    assert (result.state, len(result.posts)) == ("done", 2)


def test_nobody_knows_the_job(engine: Engine) -> None:
    with pytest.raises(UnknownJob):
        run_slot_now(engine, "daily_pogress", NINE, registry=REGISTRY)


def test_after_26_hours_down_only_the_newest_run_is_caught_up(session: Session) -> None:
    at_ten = Schedule("late", (time(1, 0),), "UTC")
    down_since = NINE - timedelta(hours=26)
    filled = fill(session, [DAILY, at_ten], since=down_since, now=NINE)
    assert (len(filled.due), filled.skipped) == (1, 2)
    assert slots(session) == [
        ("14 08:30", "skipped", "newer_slot_instead"),
        ("15 01:00", "skipped", "older_than_max_age"),
        ("15 08:30", "due", None),
    ]
    again = fill(session, [DAILY, at_ten], since=down_since, now=NINE)
    assert (again.due, again.skipped) == ((), 0)


def test_the_first_start_is_silent_and_replays_do_not_disturb_the_present(session: Session) -> None:
    assert filled_until(session, now=NINE) == NINE
    mark_filled(session, None, now=NINE)
    mark_filled(session, None, now=NINE - timedelta(minutes=1))
    assert filled_until(session, now=NINE + timedelta(hours=1)) == NINE
    years_before = NINE - timedelta(days=700)
    assert filled_until(session, now=years_before) == years_before
    mark_filled(session, years_before, now=years_before)
    assert filled_until(session, now=years_before + timedelta(days=1)) == years_before


def test_the_list_of_jobs_knows_the_next_and_the_last_run(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        fill(session, [DAILY], since=NINE - timedelta(hours=1), now=NINE)
    row = list_jobs(engine, registry=REGISTRY, now=NINE)[0]
    assert row.next_at == datetime(2019, 11, 16, 8, 30, tzinfo=UTC)
    assert (row.last_at, row.last_state) == (datetime(2019, 11, 15, 8, 30, tzinfo=UTC), "due")


def test_workers_that_start_together_share_what_is_done_at_the_start(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        at_start(session, ["match_people", "welcome"], now=NINE)
        at_start(session, ["match_people", "welcome"], now=NINE + timedelta(seconds=59))
        at_start(session, ["match_people"], now=NINE + timedelta(minutes=1))
    with read_only(engine) as session:
        names = session.scalars(select(Slot.schedule).order_by(Slot.id)).all()
        locks = session.execute(text("SELECT lock FROM procrastinate_jobs")).scalars().all()
    assert names == ["match_people:start", "welcome:start", "match_people:start"]
    assert set(locks) == {"job:start"}, "one after the other"


def test_a_run_that_waited_too_long_for_a_worker_is_skipped(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        (slot_id,) = fill(session, [DAILY], since=NINE - timedelta(hours=1), now=NINE).due
    late = Runner(engine, Environment(), lambda: NINE + timedelta(hours=7), REGISTRY)
    late.run(slot_id)
    with read_only(engine) as session:
        assert slots(session) == [("15 08:30", "skipped", "older_than_max_age")]
        assert session.scalars(select(OutboxRow)).all() == []


def test_a_digest_is_worth_saying_for_as_long_as_it_is_worth_running(engine: Engine) -> None:
    """Its clock is the company's: three hours late by it is three hours late by the real one."""
    with unit_of_work(engine) as session:
        (slot_id,) = fill(session, [DAILY], since=NINE - timedelta(hours=1), now=NINE).due
    Runner(engine, Environment(), lambda: NINE + timedelta(hours=2.5), REGISTRY).run(slot_id)
    with read_only(engine) as session:
        row = session.scalars(select(OutboxRow).limit(1)).one()
    assert row.expires_at is not None
    left = row.expires_at - row.created_at
    assert abs(left - timedelta(hours=3)) < timedelta(seconds=5)
    assert abs(datetime.fromisoformat(row.payload["due"]) - row.created_at + timedelta(hours=3)) < timedelta(
        seconds=5
    )
