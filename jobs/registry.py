"""What a job is, and what it gets when it runs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from domain.rules.slots import Schedule, run_key
from gateways.clock import Clock, real_now
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery.outbox import enqueue
from gateways.environment import Environment

log = structlog.get_logger("jobs")


@dataclass(frozen=True, slots=True)
class SlotRun:
    """The slot a job runs for. `due_at` is the instant to report as of, by the company's clock."""

    id: int
    schedule: str
    local_date: date
    local_time: time
    zone: str
    due_at: datetime
    replay: bool = False

    @property
    def key(self) -> str:
        """The slot's name in outbox keys: the same run never says the same thing twice."""
        return run_key(self.schedule, self.local_date, self.local_time, self.zone)

    @property
    def place(self) -> str | None:
        """What follows the job's name in the schedule's (`daily_progress:#east`), None where nothing does."""
        return self.schedule.partition(":")[2] or None


@dataclass(slots=True)
class JobContext:
    """Everything a job may need; one per run.

    A job opens `unit_of_work()` itself, as often as it likes: each is one transaction. What it posts is
    written by `post` in the transaction of what it reports. A run that was killed is run again from the
    start, and posts nothing twice, since its keys belong to the slot.
    """

    engine: Engine
    environment: Environment
    clock: Clock  # the business clock
    slot: SlotRun
    job: "Job"
    note: str | None = None  # a code for `partsplan jobs`, in place of the number of posts
    posted: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The instant to report as of: when the run was due, not when it happens to run."""
        return self.slot.due_at

    def local_now(self, zone: str) -> datetime:
        """The time of the business clock by a zone's clocks: a run may be late."""
        return self.clock().astimezone(ZoneInfo(zone))

    @property
    def log(self) -> Any:
        """A logger that names the run."""
        return log.bind(job=self.job.name, slot=self.slot.id)

    def unit_of_work(self) -> AbstractContextManager[Session]:
        """One transaction, committed when the block ends well."""
        return unit_of_work(self.engine)

    def read_only(self) -> AbstractContextManager[Session]:
        """A session that changes nothing."""
        return read_only(self.engine)

    def post(
        self,
        session: Session,
        *,
        key: str,
        channel: str,
        thing: str,
        payload: dict[str, Any],
        lives: timedelta | None = None,
    ) -> bool:
        """Say something in Slack; False where this slot has said it already.

        `key` need only be unique within the run. `lives`: how long after the run was due it is worth
        saying, the job's `max_age` where None.
        """
        full_key = f"{self.slot.key}/{key}"
        due = self._really_due()
        row = enqueue(
            session,
            key=full_key,
            channel=channel,
            thing=thing,
            # Delivery tells from it how late the message was; nobody waits for a replay.
            payload=payload if self.slot.replay else {**payload, "due": due.isoformat()},
            feature=self.job.feature or self.job.name,
            expires_at=due + (lives or self.job.max_age),
        )
        if row is not None:
            self.posted.append(full_key)
        return row is not None

    def _really_due(self) -> datetime:
        """When the run was due by the real clock, whatever the business clock says; now for a replay."""
        return real_now() if self.slot.replay else real_now() - (self.clock() - self.slot.due_at)


Run = Callable[[JobContext], None]
Schedules = Callable[[Session], Sequence[Schedule]]


def never(_: Session) -> Sequence[Schedule]:
    """The schedules of a job that runs only when it is asked to."""
    return ()


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the table of jobs.

    `name` never changes: slots and queued jobs carry it. `schedules` says, from the settings as they are,
    where and when it runs. `description_key` names its sentence in templates. `max_age`: how late it may
    still be caught up, and how long its posts are worth delivering. `feature` counts its posts; the name
    where empty.
    """

    name: str
    run: Run
    schedules: Schedules = never
    description_key: str = ""
    max_age: timedelta = timedelta(hours=6)
    feature: str = ""
    at_start: bool = False


@dataclass(unsafe_hash=True)
class UnknownJob(Exception):
    """No job has this name."""

    name: str


class Registry:
    """The jobs by name."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        """Raises ValueError where two jobs have the same name."""
        self._jobs = {job.name: job for job in jobs}
        if len(self._jobs) != len(jobs):
            raise ValueError("two jobs have the same name")

    def __iter__(self) -> Iterator[Job]:
        """The jobs in the table's order."""
        return iter(self._jobs.values())

    def find(self, name: str) -> Job:
        """The job of a name or of a schedule's name. Raises UnknownJob."""
        try:
            return self._jobs[name.partition(":")[0]]
        except KeyError:
            raise UnknownJob(name) from None
