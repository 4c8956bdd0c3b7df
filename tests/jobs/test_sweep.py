"""Work that nobody does any more is found."""

from datetime import timedelta

from sqlalchemy import Engine, text, update

from domain.delivery.model import OutboxRow
from domain.rules.model import Slot
from gateways import queue
from gateways.clock import real_now
from gateways.database.unit_of_work import unit_of_work
from gateways.delivery.outbox import enqueue
from jobs.orphans import Hands
from jobs.sweep import Swept, release_worker, sweep


def say(engine: Engine, channel: str = "#sales") -> int:
    with unit_of_work(engine) as session:
        row = enqueue(session, key=channel, channel=channel, thing="t", payload={"text": "x"}, feature="t")
        assert row is not None
        return row.id


def worker(engine: Engine, *, seconds_ago: float = 0) -> int:
    """A worker with its last sign of life."""
    with unit_of_work(engine) as session:
        found = session.scalar(
            text(
                "INSERT INTO procrastinate_workers (last_heartbeat) "
                "VALUES (now() - make_interval(secs => :ago)) RETURNING id"
            ),
            {"ago": seconds_ago},
        )
        return int(found)


def fetch(engine: Engine, worker_id: int) -> int:
    """The worker takes a job."""
    with unit_of_work(engine) as session:
        found = session.scalar(text("SELECT id FROM procrastinate_fetch_job_v2(NULL, :w)"), {"w": worker_id})
        return int(found)


def statuses(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(
            connection.execute(text("SELECT status::text FROM procrastinate_jobs ORDER BY id")).scalars()
        )


def test_the_job_of_a_dead_worker_is_taken_up_again(engine: Engine) -> None:
    say(engine)
    fetch(engine, worker(engine, seconds_ago=31))
    assert sweep(engine, stalled_after=30) == Swept(stalled=1)
    assert statuses(engine) == ["todo"]


def test_the_job_of_a_living_worker_is_left_alone(engine: Engine) -> None:
    say(engine)
    fetch(engine, worker(engine, seconds_ago=20))
    assert sweep(engine, stalled_after=30) == Swept()
    assert statuses(engine) == ["doing"]


def test_a_worker_that_has_gone_frees_what_it_held(engine: Engine) -> None:
    say(engine)
    gone = worker(engine)
    fetch(engine, gone)
    release_worker(engine, gone)
    assert sweep(engine, stalled_after=30) == Swept(stalled=1)


def test_only_one_process_sweeps_at_a_time(engine: Engine) -> None:
    with engine.connect() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(7046029256)"))
        assert sweep(engine, stalled_after=30) is None
    assert sweep(engine, stalled_after=30) == Swept()


def test_open_messages_without_a_job_get_one_per_channel(engine: Engine) -> None:
    say(engine), say(engine, "#east")
    with unit_of_work(engine) as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'failed'"))
    assert sweep(engine, stalled_after=30) == Swept(channels=2)
    assert sweep(engine, stalled_after=30) == Swept()
    assert statuses(engine) == ["failed", "failed", "todo", "todo"], "failed jobs stay to be seen"


def test_a_message_in_doubt_is_looked_at_again(engine: Engine) -> None:
    said = say(engine)
    with unit_of_work(engine) as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))
        session.execute(update(OutboxRow).where(OutboxRow.id == said).values(state="ambiguous"))
    assert sweep(engine, stalled_after=30) == Swept(doubts=1)
    assert sweep(engine, stalled_after=30) == Swept()


def test_a_run_whose_command_died_is_done_by_the_queue(engine: Engine) -> None:
    now = real_now()
    with unit_of_work(engine) as session:
        for minutes in (1, 11):
            session.add(
                Slot(
                    schedule=f"digest:{minutes}", local_date=now.date(), local_time=now.time(), zone="UTC",
                    due_at=now, state="running", started_at=now - timedelta(minutes=minutes),
                )
            )  # fmt: skip
    assert sweep(engine, stalled_after=30) == Swept(slots=1)


def test_a_job_that_its_living_worker_does_not_have_is_put_back(engine: Engine) -> None:
    """The answer to a fetch was lost with its connection."""
    hands = Hands()
    say(engine), say(engine, "#east")
    hands.worker_id = worker(engine)
    fetch(engine, hands.worker_id)
    held = fetch(engine, hands.worker_id)
    with hands.holding(held):
        assert hands.let_go(engine) == 0, "it may just have ended: look twice"
        assert hands.let_go(engine) == 1
        assert hands.let_go(engine) == 0
    assert statuses(engine) == ["todo", "doing"]


def test_names_of_tasks_never_change() -> None:
    """Jobs in the table of an older release carry them."""
    assert (queue.DELIVER, queue.RECHECK, queue.RUN_SLOT) == ("deliver", "recheck", "run_slot")
