"""What of delivery a person should know: what is stuck, in doubt, dead, and where nothing can be said."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from domain.delivery.model import Gate, OutboxRow, SlackChannel

WORKSPACE = "*"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that did not arrive, or may not have. `reason` is Slack's code or one of ours."""

    id: int
    channel: str
    thing: str
    feature: str
    reason: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ClosedChannel:
    """A channel that does not take our messages; `*`: none does, the token is refused."""

    channel: str
    reason: str
    waiting: int


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """Delivery as of now. `oldest`: since when the oldest open message waits."""

    waiting: int
    oldest: datetime | None
    in_doubt: tuple[Letter, ...]
    dead: tuple[Letter, ...]
    closed: tuple[ClosedChannel, ...]


def delivery_state(session: Session, *, now: datetime, days: int = 1, most: int = 50) -> DeliveryState:
    """The state, with the dead letters of the last `days` and at most `most` letters of a kind; `now` is
    real."""
    open_ = OutboxRow.state.in_(("pending", "sending"))
    waiting, oldest = session.execute(select(func.count(), func.min(OutboxRow.created_at)).where(open_)).one()
    recent = (OutboxRow.state == "dead", OutboxRow.created_at > now - timedelta(days=days))
    return DeliveryState(
        waiting=waiting,
        oldest=oldest,
        in_doubt=_letters(session, most, OutboxRow.state == "ambiguous"),
        dead=_letters(session, most, *recent),
        closed=_closed(session),
    )


def known_channel(session: Session, name: str) -> str:
    """Slack's id of a channel as last seen; empty where it was not."""
    return session.scalar(select(SlackChannel.slack_id).where(SlackChannel.name == name)) or ""


def last_sent(session: Session, thing_begins: str) -> datetime | None:
    """When the newest message about something was sent (real time); None where none was."""
    sent = select(func.max(OutboxRow.sent_at)).where(
        OutboxRow.thing.startswith(thing_begins, autoescape=True), OutboxRow.state == "sent"
    )
    return session.scalar(sent)


def _letters(session: Session, most: int, *conditions: ColumnElement[bool]) -> tuple[Letter, ...]:
    rows = session.scalars(select(OutboxRow).where(*conditions).order_by(OutboxRow.id.desc()).limit(most))
    return tuple(Letter(r.id, r.channel, r.thing, r.feature, r.reason, r.created_at) for r in rows)


def _closed(session: Session) -> tuple[ClosedChannel, ...]:
    waiting = (
        select(func.count())
        .where(OutboxRow.channel == Gate.channel, OutboxRow.state == "pending")
        .scalar_subquery()
    )
    rows = session.execute(
        select(Gate.channel, Gate.paused, waiting).where(Gate.paused.is_not(None)).order_by(Gate.channel)
    )
    return tuple(ClosedChannel(name, str(reason), count) for name, reason, count in rows)
