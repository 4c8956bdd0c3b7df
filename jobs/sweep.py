"""Finding work that nobody does any more: jobs of dead workers, and rows whose job is gone.

The rows are the truth. Whatever has happened to the queue, an open row without a live job gets a new one.
"""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from procrastinate.sql import queries
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gateways import queue
from gateways.clock import real_now
from gateways.database.unit_of_work import unit_of_work
from gateways.delivery.outbox import deliver_soon
from jobs.slots import defer_slot

log = structlog.get_logger("jobs")
LOCK = text("SELECT pg_try_advisory_xact_lock(7046029256)")
# A replay runs in the process of the command: only after this long is it taken to be dead.
COMMAND_LEASE = timedelta(minutes=10)

_STILL_DEAD = text("""
SELECT id FROM procrastinate_jobs
 WHERE id = :id AND status = 'doing' AND worker_id IS NOT DISTINCT FROM :worker FOR UPDATE SKIP LOCKED
""")
_SILENT_CHANNELS = text("""
SELECT o.channel, min(o.id) AS id FROM outbox o WHERE o.state IN ('pending', 'sending') GROUP BY o.channel
HAVING NOT EXISTS (SELECT FROM procrastinate_jobs j
                    WHERE j.lock = 'slack:' || o.channel AND j.status IN ('todo', 'doing'))
""")
_DOUBTS = text("""
SELECT o.id FROM outbox o WHERE o.state = 'ambiguous'
   AND NOT EXISTS (SELECT FROM procrastinate_jobs j
                    WHERE j.lock IN ('recheck:' || o.id, 'slack:' || o.channel)
                      AND j.status IN ('todo', 'doing'))
""")
_LOST_SLOTS = text("""
SELECT s.id, s.schedule FROM slot s
 WHERE (s.state = 'due' OR (s.state = 'running' AND s.started_at < :left_behind))
   AND NOT EXISTS (SELECT FROM procrastinate_jobs j
                    WHERE j.task_name = 'run_slot' AND j.status IN ('todo', 'doing')
                      AND j.args ->> 'slot_id' = s.id::text)
""")


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was found: jobs of dead workers, channels, doubts and slots without a live job."""

    stalled: int = 0
    channels: int = 0
    doubts: int = 0
    slots: int = 0


def sweep(engine: Engine, *, stalled_after: float) -> Swept | None:
    """Find and start again what has been left behind; None where another process is sweeping.

    `stalled_after`: seconds without a sign of life after which a worker is taken to be dead; at least three
    times the time-out of a call to Slack.
    """
    with unit_of_work(engine) as session:
        if not session.scalar(LOCK):
            return None
        swept = Swept(
            stalled=_retry_stalled(session, stalled_after),
            channels=_deliver_again(session),
            doubts=_look_again(session),
            slots=_run_again(session),
        )
    if swept != Swept():
        log.warning("work_left_behind", **{name: getattr(swept, name) for name in Swept.__slots__})
    return swept


def release_worker(engine: Engine, worker_id: int) -> None:
    """This process's worker has ended without saying so: what it held is free at once."""
    with unit_of_work(engine) as session:
        session.execute(text("SELECT procrastinate_unregister_worker_v1(:id)"), {"id": worker_id})


def _retry_stalled(session: Session, stalled_after: float) -> int:
    """Jobs of dead workers go back into the queue.

    The library's retry looks at the status only: the row is locked and its worker looked at once more, so
    that a job that a living worker has taken meanwhile is left alone.
    """
    found = (
        session.connection()
        .exec_driver_sql(
            queries["select_stalled_jobs_by_heartbeat"],
            {"seconds_since_heartbeat": stalled_after, "queue": None, "task_name": None},
        )
        .all()
    )
    return sum(retry(session, job.id, job.worker_id) for job in found)


def retry(session: Session, job_id: int, worker_id: int | None) -> bool:
    """Put a job back into the queue unless it is done, or in the hands of another worker by now."""
    if session.scalar(_STILL_DEAD, {"id": job_id, "worker": worker_id}) is None:
        return False
    session.connection().exec_driver_sql(
        queries["retry_job"],
        {
            "job_id": job_id,
            "retry_at": real_now(),
            "new_priority": None,
            "new_queue_name": None,
            "new_lock": None,
        },
    )
    return True


def _deliver_again(session: Session) -> int:
    rows = session.execute(_SILENT_CHANNELS).all()
    for row in rows:
        deliver_soon(session, row.channel, row.id)
    return len(rows)


def _look_again(session: Session) -> int:
    rows = session.execute(_DOUBTS).all()
    for row in rows:
        queue.ensure(session, queue.RECHECK, lock=f"recheck:{row.id}", queue=queue.DELIVERY, outbox_id=row.id)
    return len(rows)


def _run_again(session: Session) -> int:
    rows = session.execute(_LOST_SLOTS, {"left_behind": real_now() - COMMAND_LEASE}).all()
    for row in rows:
        defer_slot(session, row.id, row.schedule)
    return len(rows)
