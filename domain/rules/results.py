"""What became of the last run of a schedule, for the people who set it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.delivery.model import Gate, OutboxRow
from domain.rules.model import Slot
from domain.rules.slots import run_key
from domain.rules.views import LastResult, Outcome


def last_result(session: Session, schedule: str, *, now: datetime) -> LastResult:
    """Of a schedule by its whole name; `now` is the business instant."""
    slot = session.scalars(
        select(Slot)
        .where(Slot.schedule == schedule, Slot.due_at <= now)
        .order_by(Slot.due_at.desc(), Slot.id.desc())
        .limit(1)
    ).one_or_none()
    if slot is None:
        return LastResult(Outcome.NEVER)
    if slot.state != "done":
        states = {"skipped": Outcome.SKIPPED, "failed": Outcome.FAILED}
        return LastResult(states.get(slot.state, Outcome.RUNNING), slot.due_at, slot.note or "")
    return _of_posts(session, slot)


def _of_posts(session: Session, slot: Slot) -> LastResult:
    prefix = f"{run_key(slot.schedule, slot.local_date, slot.local_time, slot.zone)}/"
    rows = session.execute(
        select(OutboxRow.state, OutboxRow.reason, Gate.paused)
        .outerjoin(Gate, Gate.channel == OutboxRow.channel)
        .where(func.left(OutboxRow.key, len(prefix)) == prefix)
        .order_by(OutboxRow.id)
    ).all()
    if not rows:
        return LastResult(Outcome.NOTHING, slot.due_at)
    for row in rows:
        if row.state == "sent":
            continue
        if row.paused or row.state in ("dead", "dropped"):
            return LastResult(Outcome.REFUSED, slot.due_at, row.paused or row.reason or "", len(rows))
        return LastResult(Outcome.WAITING, slot.due_at, row.reason or "", len(rows))
    return LastResult(Outcome.POSTED, slot.due_at, "", len(rows))
