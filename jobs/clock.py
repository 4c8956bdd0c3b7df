"""The clock of every worker process: a tick writes what has become due, then looks after what was left
behind.

APScheduler is only what calls the tick: nothing is stored in it, and any number of clocks may run.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.delivery.model import Heartbeat
from gateways.clock import Clock, real_now
from gateways.database.unit_of_work import unit_of_work
from gateways.delivery.courier import Courier
from gateways.readiness import BUSINESS, CLOCK
from jobs.funnel import trouble_of
from jobs.orphans import Hands
from jobs.registry import Job, Registry
from jobs.slots import fill, filled_until, mark_filled
from jobs.sweep import sweep

log = structlog.get_logger("jobs")


class Ticker:
    """One tick. `clock` is the business clock, started at `origin` (None: it is the real one).

    What is due is decided by the business clock; heartbeats, leases and pacing by the real one.
    """

    def __init__(
        self,
        engine: Engine,
        registry: Registry,
        courier: Courier,
        *,
        clock: Clock,
        origin: datetime | None = None,
        stalled_after: float = 30.0,
        hands: Hands | None = None,
    ) -> None:
        self.engine, self.registry, self.courier = engine, registry, courier
        self.hands = hands or Hands()
        self.clock, self.origin, self.stalled_after = clock, origin, stalled_after

    def tick(self) -> None:
        """All of it; a trouble in one part does not keep the others from their work."""
        trouble_of(self.fill, "clock_failed")
        trouble_of(lambda: sweep(self.engine, stalled_after=self.stalled_after), "sweep_failed")
        trouble_of(lambda: self.hands.let_go(self.engine), "orphans_failed")
        trouble_of(self.courier.probe, "probe_failed")

    def fill(self) -> None:
        """Write the slots that have become due, with their jobs, and up to when that is done."""
        now = self.clock()
        with unit_of_work(self.engine) as session:
            since = filled_until(session, now=now)
            results = [self._fill(session, job, since, now) for job in self.registry]
            if all(results):
                mark_filled(session, self.origin, now=now)
            beat(session, CLOCK, real_now())
            beat(session, BUSINESS, now)

    def _fill(self, session: Session, job: Job, since: datetime, now: datetime) -> bool:
        """One job's slots. False where its schedules cannot be read: its time is looked through again
        then."""

        def write() -> None:
            with session.begin_nested():
                filled = fill(session, job.schedules(session), since=since, now=now)
            if filled.due or filled.skipped:
                log.info("slots", job=job.name, due=len(filled.due), skipped=filled.skipped)

        return trouble_of(write, "schedules_failed", job=job.name) is None


def beat(session: Session, name: str, at: datetime) -> None:
    """Say that something is alive."""
    session.execute(
        insert(Heartbeat)
        .values(name=name, at=at)
        .on_conflict_do_update(index_elements=[Heartbeat.name], set_={"at": at})
    )


def start_clock(tick: Callable[[], None], *, seconds: float) -> BackgroundScheduler:
    """Call `tick` now and every so often, never twice at once, in a thread of its own."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(tick, IntervalTrigger(seconds=seconds, timezone=UTC), next_run_time=datetime.now(UTC))
    scheduler.start()
    return scheduler
