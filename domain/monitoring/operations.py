"""Remembering troubles from one look to the next."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from domain.monitoring.model import TroubleRow
from domain.monitoring.troubles import Kind, Sign, State, Step, Trouble, absent, begun, comes_back, seen
from domain.rules.model import Setting

_LOCK = text("SELECT pg_try_advisory_xact_lock(7046029257)")
PREFIX = "operations."


def is_ours(session: Session) -> bool:
    """Whether nobody else is looking; held until the transaction ends."""
    return bool(session.scalar(_LOCK))


def options(session: Session) -> dict[str, Any]:
    """The settings `operations.*` by their last name."""
    rows = session.execute(select(Setting.key, Setting.value).where(Setting.key.startswith(PREFIX)))
    return {row.key.removeprefix(PREFIX): row.value for row in rows}


def note(session: Session, found: Sequence[Sign], *, now: datetime) -> Iterator[tuple[TroubleRow, Step]]:
    """Bring what is remembered up to this look; the troubles the channel has to hear of, with how."""
    current = {(row.kind, row.subject): row for row in session.scalars(_current())}
    for sign in found:
        known = current.pop((str(sign.kind), sign.subject), None)
        row, step = _begin(session, sign, now) if known is None else _go_on(known, sign, now)
        if step is not Step.NONE:
            yield row, step
    for row in current.values():
        after, edit = absent(_view(row), now=now)
        if after is None:
            session.delete(row)
            continue
        _write(row, after, edit)
        if edit is not Step.NONE:
            yield row, edit
    session.flush()


def _current() -> Select[TroubleRow]:
    open_ones = select(TroubleRow).where(TroubleRow.state != State.CLOSED)
    return open_ones.order_by(TroubleRow.id).with_for_update()


def _begin(session: Session, sign: Sign, now: datetime) -> tuple[TroubleRow, Step]:
    last = session.scalars(
        select(TroubleRow)
        .where(TroubleRow.kind == sign.kind, TroubleRow.subject == sign.subject)
        .order_by(TroubleRow.id.desc())
        .limit(1)
    ).one_or_none()
    if last is not None and comes_back(_view(last), now=now):
        return _go_on(last, sign, now)
    trouble, step = begun(sign, now=now)
    row = TroubleRow(kind=str(sign.kind), subject=sign.subject, edition=0, revision=0)
    _write(row, trouble, step)
    session.add(row)
    session.flush()
    return row, step


def _go_on(row: TroubleRow, sign: Sign, now: datetime) -> tuple[TroubleRow, Step]:
    trouble, step = seen(_view(row), sign, now=now)
    _write(row, trouble, step)
    return row, step


def _view(row: TroubleRow) -> Trouble:
    return Trouble(
        Kind(row.kind), row.subject, row.facts, State(row.state), row.began_at, row.streak, row.times,
        row.told_at, row.posted_at, row.ended_at,
    )  # fmt: skip


def _write(row: TroubleRow, trouble: Trouble, step: Step) -> None:
    row.state, row.streak, row.times = str(trouble.state), trouble.streak, trouble.times
    row.facts = dict(trouble.facts)
    row.began_at, row.told_at = trouble.began, trouble.told
    row.posted_at, row.ended_at = trouble.posted, trouble.ended
    row.revision += step is not Step.NONE
    row.edition += step in (Step.POST, Step.REPOST)
