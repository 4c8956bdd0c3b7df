"""Append to history, and prove that nobody has touched it.

Each row's hash covers its content and the hash of the row before it: a flipped byte, a deleted, swapped or
inserted row breaks the chain at the place; rows cut off at the end are missed by the anchor
(`domain/events/anchor.py`). Rows are appended one at a time under an advisory lock.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from domain.events.anchor import GENESIS, anchored, move
from domain.events.model import Event

_LOCK = text("SELECT pg_advisory_xact_lock(7046029255)")


def _digest(event: Event) -> str:
    """SHA-256 over the row's content in canonical JSON, `prev_hash` included, sequence number not."""
    content = {
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor,
        "on_behalf_of": event.on_behalf_of,
        "surface": event.surface,
        "subject": [event.subject_type, event.subject_id],
        "verb": event.verb,
        "before": event.before,
        "after": event.after,
        "request_id": event.request_id,
        "prev": event.prev_hash,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def append(
    session: Session,
    *,
    at: datetime,
    actor: str,
    surface: str,
    subject_type: str,
    subject_id: str,
    verb: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    on_behalf_of: str | None = None,
    request_id: str | None = None,
) -> Event:
    """Record a change in the caller's transaction; `actor` is a pseudonym, `system` or `cli`.

    `before` and `after` hold JSON values only (amounts as strings).
    """
    session.execute(_LOCK)
    last = session.scalar(select(Event.hash).order_by(Event.seq.desc()).limit(1))
    event = Event(
        at=at,
        actor=actor,
        on_behalf_of=on_behalf_of,
        surface=surface,
        subject_type=subject_type,
        subject_id=subject_id,
        verb=verb,
        before=before,
        after=after,
        request_id=request_id,
        prev_hash=last or GENESIS,
    )
    event.hash = _digest(event)
    session.add(event)
    session.flush()
    move(session, event.seq, event.hash)
    return event


def broken_links(session: Session) -> Iterator[int]:
    """Sequence numbers of rows whose hash or link is not what it was when they were written.

    Where rows are missing at the end, the number of the last one there was. Rows may be appended meanwhile.
    """
    known = anchored(session)
    previous, last, whole = GENESIS, 0, known == (0, GENESIS)
    for event in session.scalars(select(Event).order_by(Event.seq).execution_options(yield_per=1000)):
        if event.prev_hash != previous or event.hash != _digest(event):
            yield event.seq
        previous, last = event.hash, event.seq
        whole = whole or (event.seq, event.hash) == known
    if not whole:
        yield known.seq
    if last > anchored(session).seq:
        yield last


def broken_tail(session: Session, rows: int) -> list[int]:
    """Like `broken_links`, for the newest rows alone; the row before the first of them is trusted."""
    known = anchored(session)
    below = select(Event).where(Event.seq <= known.seq).order_by(Event.seq.desc()).limit(rows + 1)
    events = list(reversed(session.scalars(below).all()))
    previous = events.pop(0).hash if len(events) > rows else GENESIS
    broken = []
    for event in events:
        if event.prev_hash != previous or event.hash != _digest(event):
            broken.append(event.seq)
        previous = event.hash
    if (events[-1].seq if events else 0, previous) != known:
        broken.append(known.seq)
    return broken
