"""Changing what the company has set, one person at a time: who changes what somebody else has changed meanwhile
is told so, and nothing is overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from domain.events.model import Event
from domain.events.operations import append
from domain.names import Names
from domain.people.model import Person
from domain.people.rights import Actor
from domain.rules.model import CalendarDay, Setting
from domain.rules.views import Day, Spot

_LOCK = text("SELECT pg_advisory_xact_lock(7046029258)")
MOST_EVENTS = 200


@dataclass(unsafe_hash=True)
class MovedOn(Exception):
    """Somebody has changed it since it was shown. `who` None: not in Slack, or not known any more."""

    who: Names | None
    at: datetime | None


def lock(session: Session) -> None:
    """Whoever changes settings waits for whoever does so already."""
    session.execute(_LOCK)


def values_of(session: Session, spots: Mapping[Spot, Any] | list[Spot]) -> dict[Spot, Any]:
    """What stands there now; None where nothing does."""
    stored = {
        row.key: row.value
        for row in session.execute(
            select(Setting.key, Setting.value).where(Setting.key.in_({spot.key for spot in spots}))
        )
    }
    return {spot: _at(stored.get(spot.key), spot.inner) for spot in spots}


def change(
    session: Session,
    wanted: Mapping[Spot, Any],
    shown: Mapping[Spot, Any],
    *,
    actor: Actor,
    now: datetime,
    request_id: str,
) -> int:
    """Set what is wanted (None: not set any more) if everything is still as it was shown; how many settings differ.

    Each change is an event with before and after. Raises MovedOn.
    """
    lock(session)
    for spot, value in values_of(session, dict(shown)).items():
        if value != shown[spot]:
            raise MovedOn(*last_change(session, spot))
    rows = {
        row.key: row
        for row in session.scalars(select(Setting).where(Setting.key.in_({spot.key for spot in wanted})))
    }
    done = 0
    for key in sorted({spot.key for spot in wanted}):
        row = rows.get(key)
        before = row.value if row else None
        after = before
        for spot, value in wanted.items():
            if spot.key == key:
                after = _with(after, spot.inner, value)
        if after == before:
            continue
        done += 1
        _write(session, row, key, after, actor=actor, now=now)
        append(
            session, at=now, actor=actor.pseudonym, surface="slack", subject_type="setting", subject_id=key,
            verb="set", before=None if before is None else {"value": before}, after={"value": after},
            request_id=request_id,
        )  # fmt: skip
    return done


def _write(
    session: Session, row: Setting | None, key: str, value: Any, *, actor: Actor, now: datetime
) -> None:
    if row is None:
        session.add(Setting(key=key, value=value, changed_by=actor.person_id, changed_at=now))
    elif value is None:
        session.delete(row)
    else:
        row.value, row.version = value, row.version + 1
        row.changed_by, row.changed_at = actor.person_id, now
    session.flush()


def _at(value: Any, inner: str) -> Any:
    if not inner:
        return value
    return value.get(inner) if isinstance(value, dict) else None


def _with(value: Any, inner: str, entry: Any) -> Any:
    if not inner:
        return entry
    rest = {k: v for k, v in (value or {}).items() if k != inner}
    return (rest | {inner: entry} if entry is not None else rest) or None


def last_change(session: Session, spot: Spot) -> tuple[Names | None, datetime | None]:
    """Who changed this entry last, and when, as history tells it."""
    events = session.scalars(
        select(Event)
        .where(Event.subject_type == "setting", Event.subject_id == spot.key)
        .order_by(Event.seq.desc())
        .limit(MOST_EVENTS)
    )
    for event in events:
        before, after = ((side or {}).get("value") for side in (event.before, event.after))
        if _at(before, spot.inner) != _at(after, spot.inner):
            return person_behind(session, event.actor), event.at
    return None, None


def person_behind(session: Session, pseudonym: str) -> Names | None:
    """Who a pseudonym of history is; None where it is the system, or nobody any more."""
    found = session.scalars(select(Person).where(Person.pseudonym == pseudonym)).one_or_none()
    return None if found is None else Names(found.name, found.name_zh_hant, found.name_zh_hans)


def coming_days(session: Session, first: date, last: date) -> list[Day]:
    """The days of the calendar between two dates, both included."""
    rows = session.scalars(
        select(CalendarDay).where(CalendarDay.day.between(first, last)).order_by(CalendarDay.day)
    )
    return [Day(row.day, row.is_working, row.label or "") for row in rows]


def set_day(session: Session, wanted: Day, *, actor: Actor, now: datetime, request_id: str) -> None:
    """Add a day. Raises MovedOn where the calendar has it already, with who entered it."""
    lock(session)
    if session.get(CalendarDay, wanted.day) is not None:
        raise MovedOn(*_who_set(session, wanted.day))
    session.add(CalendarDay(day=wanted.day, is_working=wanted.is_working, label=wanted.label or None))
    session.flush()
    _record_day(session, wanted.day, None, wanted, actor, now, request_id)


def remove_day(session: Session, day: date, *, actor: Actor, now: datetime, request_id: str) -> Day | None:
    """Take a day out of the calendar; None where it is not there (any more)."""
    lock(session)
    row = session.get(CalendarDay, day)
    if row is None:
        return None
    before = Day(row.day, row.is_working, row.label or "")
    session.delete(row)
    session.flush()
    _record_day(session, day, before, None, actor, now, request_id)
    return before


def _who_set(session: Session, day: date) -> tuple[Names | None, datetime | None]:
    event = session.scalars(
        select(Event)
        .where(Event.subject_type == "setting", Event.subject_id == f"calendar.{day.isoformat()}")
        .order_by(Event.seq.desc())
        .limit(1)
    ).one_or_none()
    return (person_behind(session, event.actor), event.at) if event else (None, None)


def _record_day(
    session: Session,
    day: date,
    before: Day | None,
    after: Day | None,
    actor: Actor,
    now: datetime,
    request_id: str,
) -> None:
    def written(found: Day | None) -> dict[str, Any] | None:
        if found is None:
            return None
        return {"value": {"working": found.is_working, "label": found.label}}

    append(
        session, at=now, actor=actor.pseudonym, surface="slack", subject_type="setting",
        subject_id=f"calendar.{day.isoformat()}", verb="set", before=written(before),
        after=written(after) or {"value": None}, request_id=request_id,
    )  # fmt: skip
