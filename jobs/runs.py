"""Running a job for its slot: by the queue, or at once for any instant."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, func, select, update
from sqlalchemy.orm import Session

from domain.delivery.model import OutboxRow
from domain.rules.model import Slot
from domain.rules.slots import DueSlot, Schedule, next_slot, slot_at
from gateways.clock import Clock, business_clock, real_now
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.environment import Environment
from jobs.funnel import trouble_of
from jobs.registry import Job, JobContext, Registry, SlotRun, UnknownJob
from jobs.slots import START, TOO_OLD, claim

UNKNOWN_JOB = "unknown_job"


@dataclass(frozen=True, slots=True)
class Posted:
    """A message a run has put into the outbox, with the state it is in now."""

    id: int
    channel: str
    thing: str
    state: str


@dataclass(frozen=True, slots=True)
class RunResult:
    """A slot after its run. `posts` is everything ever posted for it; `repeated`: it had run before."""

    slot: SlotRun
    state: str
    note: str | None
    posts: tuple[Posted, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class JobRow:
    """A line of `partsplan jobs`."""

    name: str
    description_key: str
    schedules: tuple[Schedule, ...]
    next_at: datetime | None
    last_at: datetime | None
    last_state: str | None
    last_note: str | None


class SlotFailed(Exception):
    """A run raised; the slot waits for another try or has failed for good."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs slots with what all runs share."""

    engine: Engine
    environment: Environment
    clock: Clock
    registry: Registry

    def run(self, slot_id: int, *, last_try: bool = True, replay: bool = False) -> None:
        """Run the slot unless it is done. Raises SlotFailed where the job raised.

        With `last_try` a trouble makes the slot `failed`, otherwise it is due again.
        """
        slot = self._start(slot_id)
        if slot is None:
            return
        try:
            job = self.registry.find(slot.schedule)
        except UnknownJob:
            # A newer release knows it, or an older one did: the slot stays in the ledger for people to see.
            self._finish(slot_id, "failed", UNKNOWN_JOB)
            return
        if not replay and slot.place != START and self.clock() - slot.due_at > job.max_age:
            # It has waited for a worker for too long: nobody wants yesterday's digest today.
            self._finish(slot_id, "skipped", TOO_OLD)
            return
        context = JobContext(self.engine, self.environment, self.clock, replace(slot, replay=replay), job)
        trouble = trouble_of(lambda: job.run(context), "job_failed", job=job.name, slot=slot_id)
        if trouble is None:
            self._finish(slot_id, "done", context.note or f"posted:{len(context.posted)}")
            return
        self._finish(slot_id, "failed" if last_try else "due", f"error:{type(trouble).__name__}")
        raise SlotFailed(job.name) from trouble

    def _start(self, slot_id: int) -> SlotRun | None:
        """Claim the slot. One that is running was left behind: the queue never runs a job twice at once."""
        statement = (
            update(Slot)
            .where(Slot.id == slot_id, Slot.state.in_(("due", "running")))
            .values(state="running", started_at=real_now())
            .returning(Slot)
        )
        with unit_of_work(self.engine) as session:
            found = session.scalar(statement)
            return None if found is None else as_run(found)

    def _finish(self, slot_id: int, state: str, note: str) -> None:
        finished = None if state == "due" else real_now()
        statement = (
            update(Slot)
            .where(Slot.id == slot_id, Slot.state == "running")
            .values(state=state, note=note, finished_at=finished)
        )
        with unit_of_work(self.engine) as session:
            session.execute(statement)


def as_run(slot: Slot) -> SlotRun:
    """The slot as a job sees it."""
    return SlotRun(slot.id, slot.schedule, slot.local_date, slot.local_time, slot.zone, slot.due_at)


def run_slot_now(
    engine: Engine,
    job_name: str,
    at: datetime,
    *,
    registry: Registry,
    environment: Environment | None = None,
) -> list[RunResult]:
    """Do what a job does at an instant, in every place it runs, here and now.

    `job_name` may name one place (`daily_progress:#east`). The instant's wall time in the place's zone is
    the slot: the same instant again runs nothing and gives back what was posted then. A run that failed is
    run again. Raises UnknownJob, ValueError where `at` has no zone, SlotFailed.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    job = registry.find(job_name)
    settings = environment or Environment()
    runner = Runner(engine, settings, business_clock(at), registry)
    with read_only(engine) as session:
        schedules = _places(session, job, job_name)
    return [_replay(runner, schedule, at) for schedule in schedules]


def _places(session: Session, job: Job, job_name: str) -> list[Schedule]:
    """The job's schedules, by place; a job that has none runs once, in UTC."""
    every = {schedule.name: schedule for schedule in job.schedules(session)}
    if job_name != job.name:
        return [every.get(job_name, Schedule(job_name))]
    return list(every.values()) or [Schedule(job_name)]


def _replay(runner: Runner, schedule: Schedule, at: datetime) -> RunResult:
    wanted = slot_at(schedule, at)
    with unit_of_work(runner.engine) as session:
        # Claimed as running: no clock may hand it to the queue meanwhile.
        made = claim(session, wanted, state="running", started_at=real_now())
        if made is None:
            session.execute(update(Slot).where(*_is(wanted), Slot.state == "failed").values(state="due"))
    with read_only(runner.engine) as session:
        before = session.scalars(select(Slot).where(*_is(wanted))).one()
    runs = made is not None or before.state == "due"
    if runs:
        runner.run(before.id, replay=True)
    return _result(runner.engine, before.id, repeated=not runs)


def _is(slot: DueSlot) -> tuple[ColumnElement[bool], ...]:
    """The conditions that find a slot by its key."""
    return (
        Slot.schedule == slot.schedule,
        Slot.local_date == slot.local_date,
        Slot.local_time == slot.local_time,
        Slot.zone == slot.zone,
    )


def _result(engine: Engine, slot_id: int, *, repeated: bool) -> RunResult:
    with read_only(engine) as session:
        slot = session.get_one(Slot, slot_id)
        run = as_run(slot)
        return RunResult(run, slot.state, slot.note, posts_of(session, run), repeated)


def posts_of(session: Session, run: SlotRun) -> tuple[Posted, ...]:
    """Everything a slot's run has put into the outbox, oldest first."""
    prefix = f"{run.key}/"
    rows = session.execute(
        select(OutboxRow.id, OutboxRow.channel, OutboxRow.thing, OutboxRow.state)
        .where(func.left(OutboxRow.key, len(prefix)) == prefix)
        .order_by(OutboxRow.id)
    )
    return tuple(Posted(row.id, row.channel, row.thing, row.state) for row in rows)


def list_jobs(engine: Engine, *, registry: Registry, now: datetime | None = None) -> list[JobRow]:
    """Every job with its next run after `now` (business clock) and the last one up to then."""
    at = now or real_now()
    with read_only(engine) as session:
        return [_row(session, job, at) for job in registry]


def _row(session: Session, job: Job, now: datetime) -> JobRow:
    schedules = tuple(job.schedules(session))
    coming = [slot.due_at for s in schedules if (slot := next_slot(s, after=now)) is not None]
    last = session.scalars(
        select(Slot)
        .where(func.split_part(Slot.schedule, ":", 1) == job.name, Slot.due_at <= now)
        .order_by(Slot.due_at.desc(), Slot.id.desc())
        .limit(1)
    ).one_or_none()
    return JobRow(
        name=job.name,
        description_key=job.description_key,
        schedules=schedules,
        next_at=min(coming, default=None),
        last_at=last.due_at if last else None,
        last_state=last.state if last else None,
        last_note=last.note if last else None,
    )


def retry_delay(tries: int) -> timedelta | None:
    """How long a failed run waits before try `tries` + 1; None after the third try.

    >>> [retry_delay(n) for n in (1, 2, 3)]
    [datetime.timedelta(seconds=30), datetime.timedelta(seconds=120), None]
    """
    return {1: timedelta(seconds=30), 2: timedelta(seconds=120)}.get(tries)
