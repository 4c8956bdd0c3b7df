"""Gates: when a channel may be written to next, and whether at all.

While a gate is open, `told_at` is a turn in the workspace's pace that the channel was given ahead; while it
is paused, when that was found. The row `*` is the workspace: its `next_at` is how far ahead the workspace's
messages are spent, and while it is paused (a revoked token) `told_at` is when the token was last tried. A
channel that is paused is tried again every quarter of an hour, by one message, in case nobody tells us that
it is open again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.delivery.model import Gate, SlackChannel
from gateways.delivery.pacing import allowed_at, spend

WORKSPACE = "*"
EDITING = "method:chat.update"
LISTING = "method:conversations.list"
PROBE_CHANNEL = timedelta(minutes=15)
PROBE_WORKSPACE = timedelta(seconds=60)
PAUSED_WAIT = timedelta(seconds=60)


def locked(session: Session, names: Sequence[str], *, now: datetime) -> dict[str, Gate]:
    """The gates of these names, locked until the transaction ends, made where missing.

    Always in the order of their names: two transactions cannot wait for each other.
    """
    wanted = sorted(names)
    query = (
        select(Gate).where(Gate.channel.in_(wanted)).order_by(Gate.channel).with_for_update()
    )  # fmt: skip
    found = {gate.channel: gate for gate in session.scalars(query)}
    if len(found) < len(wanted):
        missing = [{"channel": name, "next_at": now} for name in wanted if name not in found]
        session.execute(insert(Gate).values(missing).on_conflict_do_nothing())
        found = {gate.channel: gate for gate in session.scalars(query)}
    return found


def hold(session: Session, channel: str, until: datetime) -> None:
    """Nothing to this channel before `until`; a later instant set before stays."""
    session.execute(update(Gate).where(Gate.channel == channel, Gate.next_at < until).values(next_at=until))


def pause(session: Session, channel: str, code: str, *, now: datetime) -> bool:
    """Close a gate; False where it was closed already (its next try is put off then)."""
    statement = (
        update(Gate)
        .where(Gate.channel == channel, Gate.paused.is_(None))
        .values(paused=code, told_at=now)
        .returning(Gate.channel)
    )
    closed = session.scalar(statement) is not None
    if channel != WORKSPACE:
        session.execute(update(Gate).where(Gate.channel == channel).values(next_at=now + PROBE_CHANNEL))
    return closed


def unpause(session: Session, channel: str, *, now: datetime) -> bool:
    """Open a gate, by the channel's name or by its Slack id; False where it was open.

    To be called when the bot joins the channel or somebody asks for it; its messages go within a minute.
    """
    names = select(SlackChannel.name).where(SlackChannel.slack_id == channel)
    statement = (
        update(Gate)
        .where(or_(Gate.channel == channel, Gate.channel.in_(names)), Gate.paused.is_not(None))
        .values(paused=None, told_at=None, next_at=now)
        .returning(Gate.channel)
        .execution_options(synchronize_session=False)
    )
    return bool(session.scalars(statement).all())


def may_probe_workspace(session: Session, *, now: datetime) -> bool:
    """Whether it is our turn to try the token: once a minute, whoever asks."""
    statement = (
        update(Gate)
        .where(
            Gate.channel == WORKSPACE,
            Gate.paused.is_not(None),
            or_(Gate.told_at.is_(None), Gate.told_at <= now - PROBE_WORKSPACE),
        )
        .values(told_at=now)
        .returning(Gate.channel)
    )
    return session.scalar(statement) is not None


def reserve(
    session: Session, name: str, *, now: datetime, interval: float, burst: int = 0
) -> datetime | None:
    """Take a turn of something paced; None where it is granted, else when to ask again."""
    gate = locked(session, (name,), now=now)[name]
    allowed = allowed_at(gate.next_at, interval, burst)
    if allowed > now:
        return allowed
    gate.next_at = spend(gate.next_at, now, interval)
    session.flush()
    return None


def open_after_success(session: Session, channel: str) -> None:
    """A message went through: the channel is open, its pace stays as it is."""
    session.execute(
        update(Gate)
        .where(Gate.channel == channel, Gate.paused.is_not(None))
        .values(paused=None, told_at=None)
    )
