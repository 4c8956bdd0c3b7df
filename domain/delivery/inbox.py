"""Requests that change something are remembered, so that a repeated delivery changes nothing again."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.delivery.model import InboxRow


def first_time(session: Session, key: str, *, route: str, now: datetime) -> bool:
    """Whether this request is new. The key is written in the transaction of the work it guards."""
    statement = (
        insert(InboxRow)
        .values(key=key, route=route, received_at=now)
        .on_conflict_do_nothing()
        .returning(InboxRow.key)
    )
    return session.scalar(statement) is not None
