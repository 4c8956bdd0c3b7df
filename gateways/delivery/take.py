"""Choosing the next message of a channel and claiming it, in one short transaction."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session, aliased

from domain.delivery.model import Gate, OutboxRow, PostedMessage
from gateways.delivery.gates import EDITING, PAUSED_WAIT, WORKSPACE, locked, reserve
from gateways.delivery.pacing import Pace, allowed_at, spend

# An attempt in doubt holds its channel back for this long while history cannot be read; then others go on.
HOLD = timedelta(seconds=60)
GIVE_UP = timedelta(hours=24)
HORIZON = timedelta(seconds=20)
TURN_LASTS = timedelta(seconds=5)
# What of a message was left out after Slack refused its blocks: kept as the row's reason.
RICH_REMOVED = "rich_blocks_removed"
REMOVED = "blocks_removed"
FEWER = (RICH_REMOVED, REMOVED)
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
    own, workspace = gates[channel], gates[WORKSPACE]
    closed = _closed(own, workspace, now)
    if closed is not None:
        return closed
    has_turn = _use_turn(own, now)
    if not has_turn and (wait := _wait_for_turn(own, workspace, now, pace)) is not None:
        return wait
    if own.paused:
        _bury_old(session, channel, own.paused, now)
    row = _next_row(session, channel, now, only)
    if row is None:
        return None
    if (until := _paced_edit(session, row, now, pace)) is not None:
        return Wait(until)
    own.next_at = now + timedelta(seconds=pace.channel)
    if not has_turn:
        workspace.next_at = spend(workspace.next_at, now, pace.workspace)
    taken = _claim(session, row, now)
    session.flush()
    return taken


def _paced_edit(session: Session, row: OutboxRow, now: datetime, pace: Pace) -> datetime | None:
    """When an edit may go, where it has to wait; edits have a limit of their own."""
    if _targets(session, row)[0] is None:
        return None
    return reserve(session, EDITING, now=now, interval=pace.edit, burst=pace.edit_burst)


def in_doubt(row: OutboxRow) -> bool:
    """Whether an attempt may have been accepted without our knowing."""
    return row.attempts > row.refusals


def _closed(own: Gate, workspace: Gate, now: datetime) -> Wait | None:
    if workspace.paused:
        return Wait(now + PAUSED_WAIT, token=True)
    if own.next_at > now:
        return Wait(min(own.next_at, now + PAUSED_WAIT) if own.paused else own.next_at)
    return None


def _use_turn(own: Gate, now: datetime) -> bool:
    """Whether the channel was given its turn in the workspace's pace before, and comes for it in time."""
    if own.paused or own.told_at is None:
        return False
    given, own.told_at = own.told_at, None
    return now - given <= TURN_LASTS


def _wait_for_turn(own: Gate, workspace: Gate, now: datetime, pace: Pace) -> Wait | None:
    """Where the workspace's pace is spent: a turn ahead, so that hundreds of channels do not all ask again
    and again. Beyond the horizon none is given: what is new then need not stand at the end of a long line.
    """
    allowed = allowed_at(workspace.next_at, pace.workspace, pace.burst)
    if allowed <= now:
        return None
    if allowed - now > HORIZON:
        return Wait(now + HORIZON * random.uniform(0.5, 1.0))
    workspace.next_at = spend(workspace.next_at, now, pace.workspace)
    if not own.paused:
        own.told_at = allowed
    own.next_at = allowed
    return Wait(allowed)


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
        _drop(session, and_(_untried(row.channel), OutboxRow.expires_at <= now), "expired")
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
        .where(which)
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
    """The message to edit, and the one to reply to.

    An edit in doubt is simply made again. A post in doubt is not turned into an edit: it is looked for first.
    """
    thread_of = row.payload.get("thread_of")
    found = session.get(PostedMessage, (str(thread_of or row.thing), row.channel))
    if found is None:
        return None, None
    parent = Parent(found.slack_channel, found.slack_ts)
    if thread_of:
        return None, parent
    edits = shows_state(row.payload) and not _posted_meanwhile(row, found)
    return (parent if edits else None), None


def _posted_meanwhile(row: OutboxRow, found: PostedMessage) -> bool:
    """Whether a newer message became the thing's own one while this one was in doubt."""
    return in_doubt(row) and row.first_at is not None and found.posted_at > row.first_at


def _obsolete(session: Session, row: OutboxRow, now: datetime) -> str | None:
    """Why a message in doubt need not be sent, should it not be there."""
    if row.expires_at is not None and row.expires_at <= now:
        return "expired"
    found = session.get(PostedMessage, (row.thing, row.channel)) if shows_state(row.payload) else None
    return "superseded" if found is not None and _posted_meanwhile(row, found) else None


def _claim(session: Session, row: OutboxRow, now: datetime) -> Taken:
    """Mark the attempt. The row is locked, so nobody else counts it."""
    edits, thread = _targets(session, row)
    looks = in_doubt(row) and edits is None
    taken = Taken(
        id=row.id,
        key=row.key,
        channel=row.channel,
        thing=row.thing,
        payload=row.payload,
        attempt=row.attempts + 1,
        claimed_at=now,
        look_from=row.first_at if looks else None,
        edits=edits,
        thread=thread,
        obsolete=_obsolete(session, row, now) if looks else None,
        fewer=row.reason if row.reason in FEWER else None,
    )
    row.attempts += 1
    row.state = "sending"
    row.first_at = row.first_at or now
    return taken
