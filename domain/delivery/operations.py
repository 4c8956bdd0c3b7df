"""Writing down what has to be told, in the transaction of what it tells."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.delivery.model import OutboxRow


def post(
    session: Session,
    *,
    key: str,
    channel: str,
    thing: str,
    payload: dict[str, Any],
    feature: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> OutboxRow | None:
    """Put a message into the outbox; None where the key is there already (nothing is written then).

    `channel` is a Slack id (`C…`, `D…`, `U…`) or a name with its `#`. `payload` holds `text` and `blocks`,
    and may say `edit: false` (post anew instead of editing the thing's message) or `thread_of: thing`
    (reply in the thread of that thing's message). `now` and `expires_at` are real instants, not those of
    the business clock: delivery compares them with the real time. Raises ValueError where an instant has no
    zone or the text is missing.
    """
    if now.tzinfo is None or (expires_at is not None and expires_at.tzinfo is None):
        raise ValueError("an instant needs a zone")
    if not payload.get("text"):
        raise ValueError("a message needs a text: screen readers read nothing else")
    statement = (
        insert(OutboxRow)
        .values(
            key=key,
            channel=channel,
            thing=thing,
            payload=payload,
            feature=feature,
            created_at=now,
            expires_at=expires_at,
        )
        .on_conflict_do_nothing(index_elements=[OutboxRow.key])
        .returning(OutboxRow)
    )
    return session.scalar(statement)


def send_again(session: Session, outbox_id: int) -> bool:
    """A person has looked: the message is not there. False where its outcome is not in doubt (any more).

    The row is as if it had never been tried, so nothing is looked up before it is posted.
    """
    return _settle_by_hand(session, outbox_id, state="pending", first_at=None, attempts=OutboxRow.refusals)


def is_there(session: Session, outbox_id: int, *, now: datetime) -> bool:
    """A person has looked: the message is there. False where its outcome is not in doubt (any more)."""
    return _settle_by_hand(session, outbox_id, state="sent", sent_at=now, reason="seen_by_a_person")


def drop_pending(session: Session, *, thing: str, channel: str, reason: str) -> int:
    """Take back what has not been tried yet about a thing; how many rows that was."""
    statement = (
        update(OutboxRow)
        .where(OutboxRow.thing == thing, OutboxRow.channel == channel, OutboxRow.state == "pending")
        .values(state="dropped", reason=reason)
        .returning(OutboxRow.id)
    )
    return len(session.scalars(statement).all())


def _settle_by_hand(session: Session, outbox_id: int, **values: Any) -> bool:
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id == outbox_id, OutboxRow.state == "ambiguous")
        .values(**values)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(statement) is not None


def is_known(session: Session, key: str) -> bool:
    """Whether something was put into the outbox under this key."""
    return session.scalar(select(OutboxRow.id).where(OutboxRow.key == key)) is not None


def was_told(session: Session, thing: str, channel: str) -> bool:
    """Whether a message about the thing has been sent to the channel, or will be."""
    told = select(OutboxRow.id).where(
        OutboxRow.thing == thing,
        OutboxRow.channel == channel,
        OutboxRow.state.not_in(("dead", "dropped")),
    )
    return session.scalar(told.limit(1)) is not None
