"""Putting a message into the outbox together with the job that will bring it to Slack."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.delivery.model import OutboxRow
from domain.delivery.operations import post
from gateways import queue
from gateways.clock import real_now


def lock_of(channel: str) -> str:
    """The lock under which everything for a channel is delivered, one at a time."""
    return f"slack:{channel}"


def enqueue(
    session: Session,
    *,
    key: str,
    channel: str,
    thing: str,
    payload: dict[str, Any],
    feature: str,
    now: datetime | None = None,
    expires_at: datetime | None = None,
) -> OutboxRow | None:
    """Say something in Slack once this transaction has committed; None where the key was used before.

    `now` is the real time, also where the business clock stands elsewhere; leave it out. `expires_at` (real
    time too): not worth saying any more after that. See `domain.delivery.operations.post` for the payload.
    """
    row = post(
        session,
        key=key,
        channel=channel,
        thing=thing,
        payload=payload,
        feature=feature,
        now=now or real_now(),
        expires_at=expires_at,
    )
    if row is not None:
        deliver_soon(session, channel, row.id)
    return row


def deliver_soon(session: Session, channel: str, outbox_id: int) -> None:
    """Make sure that a job for the channel runs after this transaction; it takes the channel's oldest row."""
    queue.ensure(session, queue.DELIVER, lock=lock_of(channel), queue=queue.DELIVERY, outbox_id=outbox_id)
