"""Choosing the next message of a channel and claiming it, in one short transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from domain.delivery.model import Gate, OutboxRow, PostedMessage
from gateways.delivery.gates import EDITING, PAUSED_WAIT, WORKSPACE, locked, reserve
from gateways.delivery.pacing import Pace, allowed_at, spend

# An attempt in doubt holds its channel back for this long while history cannot be read; then others go on.
HOLD = timedelta(seconds=60)
GIVE_UP = timedelta(hours=24)
LATER = "history_unavailable:"
DENIED = "history_denied:"


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may go before `until`; `token`: because the workspace is paused."""

    until: datetime
    token: bool = False


@dataclass(frozen=True, slots=True)
class Parent:
    """A message of ours that stands in Slack."""

    slack_channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A claimed message. `attempt` is the fence: only its holder settles it.

    `look_from`: an earlier attempt may have been accepted since then, ask before sending. `edits`: the
    message of ours to change; `thread`: the one to reply to. `obsolete`: a reason not to send it (only to
    look). `fewer`: how many of its blocks Slack refused before.
    """

    id: int
    key: str
    channel: str
    thing: str
    payload: dict[str, Any]
    attempt: int
    claimed_at: datetime
    look_from: datetime | None = None
    edits: Parent | None = None
    thread: Parent | None = None
    obsolete: str | None = None
    fewer: str | None = None


def take(
    session: Session, channel: str, *, now: datetime, pace: Pace, only: int | None = None
) -> Taken | Wait | None:
    """Claim the oldest open message of a channel, or the one named by `only`; None where there is none.

    What is no longer worth saying is dropped on the way, with its reason.
    """
    gates = locked(session, (WORKSPACE, channel), now=now)
    closed = _closed(gates, channel, now, pace)
    if closed is not None:
        return closed
    paused = gates[channel].paused
    if paused:
        _bury_old(session, channel, paused, now)
    row = _next_row(session, channel, now, only)
    if row is None:
        return None
    edits, thread = _targets(session, row)
    if edits is not None and (
        until := reserve(session, EDITING, now=now, interval=pace.edit, burst=pace.edit_burst)
    ):
        return Wait(until)
    gates[channel].next_at = now + timedelta(seconds=pace.channel)
    gates[WORKSPACE].next_at = spend(gates[WORKSPACE].next_at, now, pace.workspace)
    taken = _claim(row, now, edits, thread)
    session.flush()
    return taken


def in_doubt(row: OutboxRow) -> bool:
    """Whether an attempt may have been accepted without our knowing."""
    return row.attempts > row.refusals


def _closed(gates: dict[str, Gate], channel: str, now: datetime, pace: Pace) -> Wait | None:
    workspace, own = gates[WORKSPACE], gates[channel]
    if workspace.paused:
        return Wait(now + PAUSED_WAIT, token=True)
    if own.next_at > now:
        return Wait(min(own.next_at, now + PAUSED_WAIT) if own.paused else own.next_at)
    allowed = allowed_at(workspace.next_at, pace.workspace, pace.burst)
    return Wait(allowed) if allowed > now else None


def _open(channel: str, now: datetime) -> ColumnElement[bool]:
    waiting = and_(
        OutboxRow.state == "ambiguous",
        OutboxRow.reason.startswith(LATER, autoescape=True),
        OutboxRow.first_at > now - HOLD,
    )
    return and_(OutboxRow.channel == channel, or_(OutboxRow.state.in_(("pending", "sending")), waiting))


def _next_row(session: Session, channel: str, now: datetime, only: int | None) -> OutboxRow | None:
    """The row to send, after dropping what lies before it and is past its time."""
    if only is not None:
        return session.scalars(
            select(OutboxRow).where(OutboxRow.id == only, OutboxRow.state == "ambiguous").with_for_update()
        ).one_or_none()
    query = select(OutboxRow).where(_open(channel, now)).order_by(OutboxRow.id).limit(1).with_for_update()
    while (row := session.scalars(query).one_or_none()) is not None:
        if not _put_away(session, row, now):
            return row
        session.flush()
    return None


def _put_away(session: Session, row: OutboxRow, now: datetime) -> bool:
    """Drop or bury the row, and others like it, if that is its fate."""
    if row.first_at is not None and row.first_at < now - GIVE_UP and row.state != "ambiguous":
        row.state, row.reason = "dead", row.reason or "gave_up"
        return True
    if in_doubt(row):
        return False
    if row.expires_at is not None and row.expires_at <= now:
        expired = and_(_untried(row.channel), OutboxRow.expires_at <= now)
        _drop(session, expired, "expired")
        return True
    if _is_superseded(session, row):
        newest = select(OutboxRow.id).where(_edits_of(row)).order_by(OutboxRow.id.desc()).limit(1)
        older = and_(_untried(row.channel), _edits_of(row), OutboxRow.id < newest.scalar_subquery())
        _drop(session, older, "superseded")
        return True
    return False


def _untried(channel: str) -> ColumnElement[bool]:
    return and_(
        OutboxRow.channel == channel,
        OutboxRow.state == "pending",
        OutboxRow.attempts == OutboxRow.refusals,
    )


def _edits_of(row: OutboxRow) -> ColumnElement[bool]:
    """Rows that show the state of the same thing in the same place."""
    return and_(
        OutboxRow.channel == row.channel,
        OutboxRow.thing == row.thing,
        OutboxRow.payload["thread_of"].astext.is_(None),
        OutboxRow.payload["edit"].astext.is_distinct_from("false"),
        OutboxRow.state.in_(("pending", "sending", "sent")),
    )


def shows_state(payload: dict[str, Any]) -> bool:
    """Whether a message is the thing's own one, edited as the thing changes."""
    return bool(payload.get("edit", True)) and not payload.get("thread_of")


def _is_superseded(session: Session, row: OutboxRow) -> bool:
    """Whether a newer message shows the thing as it is now."""
    if not shows_state(row.payload):
        return False
    newer = select(OutboxRow.id).where(_edits_of(row), OutboxRow.id > row.id).limit(1)
    if session.scalar(newer) is None:
        return False
    if session.get(PostedMessage, (row.thing, row.channel)) is not None:
        return True
    # Replies wait for this message as their parent: it has to be posted after all.
    reply = aliased(OutboxRow)
    waiting = select(reply.id).where(
        reply.channel == row.channel,
        reply.state.in_(("pending", "sending")),
        reply.payload["thread_of"].astext == row.thing,
    )
    return session.scalar(waiting.limit(1)) is None


def _drop(session: Session, which: ColumnElement[bool], reason: str) -> None:
    session.execute(
        update(OutboxRow)
        .where(which, true())
        .values(state="dropped", reason=reason)
        .execution_options(synchronize_session="fetch")
    )


def _bury_old(session: Session, channel: str, code: str, now: datetime) -> None:
    """Nobody has opened the channel for a day: its messages are dead letters."""
    session.execute(
        update(OutboxRow)
        .where(_untried(channel), OutboxRow.created_at < now - GIVE_UP)
        .values(state="dead", reason=code)
        .execution_options(synchronize_session="fetch")
    )


def _targets(session: Session, row: OutboxRow) -> tuple[Parent | None, Parent | None]:
    """The message to edit, and the one to reply to."""
    thread_of = row.payload.get("thread_of")
    if thread_of:
        return None, _posted(session, str(thread_of), row.channel)
    if in_doubt(row) or not shows_state(row.payload):
        return None, None
    return _posted(session, row.thing, row.channel), None


def _posted(session: Session, thing: str, channel: str) -> Parent | None:
    found = session.get(PostedMessage, (thing, channel))
    return None if found is None else Parent(found.slack_channel, found.slack_ts)


def _claim(row: OutboxRow, now: datetime, edits: Parent | None, thread: Parent | None) -> Taken:
    """Mark the attempt. The row is locked, so nobody else counts it."""
    look_from = row.first_at if in_doubt(row) else None
    obsolete = "expired" if row.expires_at is not None and row.expires_at <= now else None
    row.attempts += 1
    row.state = "sending"
    row.first_at = row.first_at or now
    fewer = row.reason if row.reason in ("rich_blocks_removed", "blocks_removed") else None
    return Taken(
        row.id, row.key, row.channel, row.thing, row.payload, row.attempts, now, look_from, edits, thread,
        obsolete if look_from else None, fewer,
    )  # fmt: skip
