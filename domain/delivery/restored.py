"""What a database that comes from a backup may not do again: the world has gone on since it was copied."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from domain.delivery.model import OutboxRow
from domain.rules.model import Slot

SKIPPED = "restored"
WORTH = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Doubts:
    """Messages that are looked for in Slack before they are sent, those too old to be sent, runs left out."""

    waiting: int
    too_old: int
    runs: int


def doubt_everything(session: Session, *, now: datetime) -> Doubts:
    """Every open message may have been sent since the copy was made, and every open run been done.

    A message that waits stays waiting, and counts as tried once: delivery looks for it in Slack's history
    first. A run that was due or running is not done again. `now` is the real time.
    """
    open_rows = OutboxRow.state.in_(("pending", "sending"))
    tried = OutboxRow.attempts > OutboxRow.refusals
    waiting = session.scalar(select(func.count()).where(open_rows)) or 0
    since = func.coalesce(OutboxRow.first_at, OutboxRow.created_at)
    too_old = session.scalar(select(func.count()).where(open_rows, since < now - WORTH)) or 0
    session.execute(
        update(OutboxRow)
        .where(open_rows)
        .values(
            first_at=since,
            attempts=case((tried, OutboxRow.attempts), else_=OutboxRow.refusals + 1),
        )
        .execution_options(synchronize_session=False)
    )
    runs = session.scalars(
        update(Slot)
        .where(Slot.state.in_(("due", "running")))
        .values(state="skipped", note=SKIPPED)
        .returning(Slot.id)
        .execution_options(synchronize_session=False)
    ).all()
    return Doubts(waiting, too_old, len(runs))
