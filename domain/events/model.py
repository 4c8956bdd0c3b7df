"""The history of every change, chained by hashes so that a later edit shows."""

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Base, Instant, Json


class Event(Base):
    """One change: who (by pseudonym), on whose behalf, what, before and after."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject_type", "subject_id", "seq"),)

    seq: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[Instant]
    actor: Mapped[str]
    on_behalf_of: Mapped[str | None]
    surface: Mapped[str]  # slack, cli, job
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    verb: Mapped[str]
    before: Mapped[Json | None]
    after: Mapped[Json | None]
    request_id: Mapped[str | None]
    prev_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class EventHead(Base):
    """Where history ends: one row, moved forward with every event. See `domain/events/anchor.py`."""

    __tablename__ = "event_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]
