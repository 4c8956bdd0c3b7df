"""The slot ledger: each due run of a schedule is written once, together with the job that will do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.delivery.model import Heartbeat
from domain.rules.model import Slot
from domain.rules.slots import DueSlot, Schedule, due_slots, slot_at
from gateways import queue

# How far back a clock looks that has not run for long. Older runs are forgotten rather than listed.
LOOK_BACK = timedelta(days=35)
WATERMARK = "slots:"

START = "start"
START_LOCK = "job:start"

TOO_OLD = "older_than_max_age"
OVERTAKEN = "newer_slot_instead"


@dataclass(frozen=True, slots=True)
class Filled:
    """What a tick wrote: ids of slots that will run, and how many were skipped."""

    due: tuple[int, ...] = ()
    skipped: int = 0


def lock_of(schedule: str) -> str:
    """Runs of one job in one place never overlap."""
    return f"job:{schedule}"


def claim(
    session: Session,
    slot: DueSlot,
    *,
    state: str = "due",
    note: str | None = None,
    started_at: datetime | None = None,
) -> int | None:
    """Write a slot; its id, or None where somebody has written it before."""
    statement = (
        insert(Slot)
        .values(
            schedule=slot.schedule,
            local_date=slot.local_date,
            local_time=slot.local_time,
            zone=slot.zone,
            due_at=slot.due_at,
            state=state,
            note=note,
            started_at=started_at,
        )
        .on_conflict_do_nothing()
        .returning(Slot.id)
    )
    return session.scalar(statement)


def defer_slot(session: Session, slot_id: int, schedule: str, *, lock: str | None = None) -> None:
    """The job that does the slot's work, in the slot's own transaction."""
    queue.defer(session, queue.RUN_SLOT, lock=lock or lock_of(schedule), queue=queue.JOBS, slot_id=slot_id)


def fill(session: Session, schedules: Sequence[Schedule], *, since: datetime, now: datetime) -> Filled:
    """Write what has become due after `since`; `now` and `since` are of the business clock.

    Of several missed slots of a schedule only the newest runs, and only if it is younger than the
    schedule's `max_age`; the others are written as skipped.
    """
    filled: list[int] = []
    skipped = 0
    for schedule in schedules:
        # Of an interval only the last turn is worth a line, however long nobody looked.
        back = schedule.every or LOOK_BACK
        found = due_slots(schedule, since=max(since, now - back), until=now)
        for slot in found[:-1]:
            skipped += claim(session, slot, state="skipped", note=OVERTAKEN) is not None
        for slot in found[-1:]:
            if now - slot.due_at > schedule.max_age:
                skipped += claim(session, slot, state="skipped", note=TOO_OLD) is not None
            elif (slot_id := claim(session, slot)) is not None:
                defer_slot(session, slot_id, schedule.name)
                filled.append(slot_id)
    return Filled(tuple(filled), skipped)


def filled_until(session: Session, *, now: datetime) -> datetime:
    """Up to when slots have been written; `now` where no clock has run before that.

    A company's first start is a silent baseline. Every business clock (PARTSPLAN_NOW) keeps a mark of its
    own, so that a replay of last year and the present do not disturb each other.
    """
    statement = select(func.max(Heartbeat.at)).where(
        Heartbeat.name.startswith(WATERMARK, autoescape=True), Heartbeat.at <= now
    )
    return session.scalar(statement) or now


def mark_filled(session: Session, origin: datetime | None, *, now: datetime) -> None:
    """Remember that slots are written up to `now`; `origin` is where this business clock started."""
    name = WATERMARK + (origin.isoformat() if origin else "real")
    statement = insert(Heartbeat).values(name=name, at=now)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[Heartbeat.name],
            set_={"at": func.greatest(Heartbeat.at, statement.excluded.at)},
        )
    )


def at_start(session: Session, names: Sequence[str], *, now: datetime) -> None:
    """Run these jobs once, one after the other, because a worker starts; workers that start within the same
    minute share a run. `now` is the real time.
    """
    for name in names:
        slot = slot_at(Schedule(f"{name}:{START}"), now)
        if (slot_id := claim(session, slot)) is not None:
            defer_slot(session, slot_id, slot.schedule, lock=START_LOCK)
