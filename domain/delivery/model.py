"""What has to reach Slack, and what came from it."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Base, Instant, Json


class OutboxRow(Base):
    """One message to send, committed with what it reports.

    `key` makes it unique per recipient and occasion; `thing` names what the message is about: the first
    row of a thing in a channel posts its parent message, later ones edit it in place.
    `channel` is a Slack id (`C…`, `D…`), a person's Slack id (`U…`, a direct message) or a name (`#sales`).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        # Every look for the next message of a channel goes through it, however many were ever sent.
        Index(
            "ix_outbox_open",
            "channel",
            "id",
            postgresql_where=text("state IN ('pending', 'sending', 'ambiguous')"),
        ),
        Index("ix_outbox_thing", "thing", "channel"),
        Index(
            "ix_outbox_troubled",
            "state",
            "created_at",
            postgresql_where=text("state IN ('dead', 'ambiguous')"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    thing: Mapped[str]
    payload: Mapped[Json]  # text, blocks
    feature: Mapped[str]
    state: Mapped[str] = mapped_column(
        server_default="pending"
    )  # pending sending sent ambiguous dead dropped
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    refusals: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant | None]
    first_at: Mapped[Instant | None]
    sent_at: Mapped[Instant | None]
    slack_channel: Mapped[str | None]
    slack_ts: Mapped[str | None]
    reason: Mapped[str | None]


class PostedMessage(Base):
    """The parent message of a thing in a channel, so that it can be edited."""

    __tablename__ = "posted_message"

    thing: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)  # as in the outbox row
    slack_channel: Mapped[str]
    slack_ts: Mapped[str]
    posted_at: Mapped[Instant]


class Gate(Base):
    """The pace of a channel: not before `next_at`; `paused` holds the reason while it is closed.

    `told_at`: while paused, since when; while open, the turn in the workspace's pace it was given ahead.
    The row `*` is the workspace itself (a revoked token pauses everything); `method:…` a method with a limit
    of its own.
    """

    __tablename__ = "gate"

    channel: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[Instant]
    paused: Mapped[str | None]
    told_at: Mapped[Instant | None]


class SlackChannel(Base):
    """A channel's id by its name, as Slack last told us."""

    __tablename__ = "slack_channel"

    name: Mapped[str] = mapped_column(primary_key=True)  # with its #
    slack_id: Mapped[str] = mapped_column(unique=True)
    seen_at: Mapped[Instant]


class InboxRow(Base):
    """A Slack request that changed something; its unique key makes a repeated one harmless."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_received_at", "received_at"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    route: Mapped[str]
    received_at: Mapped[Instant]
    answer: Mapped[Any | None] = mapped_column(JSONB)


class Heartbeat(Base):
    """When a part of the system was last alive: `clock`, `worker`, `delivery`."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[Instant]


class HeldMessage(Base):
    """A message for a person that came at a bad hour: of a thing only the newest is kept."""

    __tablename__ = "held_message"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    thing: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[Json]
    held_at: Mapped[Instant]  # business clock
