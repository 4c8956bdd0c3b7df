"""Changes to what is known of people."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.events.operations import append
from domain.names import Locale
from domain.people.model import Person
from domain.people.rights import Actor
from domain.rules.working_days import Calendar


def choose_locale(
    session: Session, actor: Actor, locale: Locale | None, *, now: datetime, request_id: str
) -> None:
    """The language the person wants to be spoken to in; None: as Slack is set."""
    person = session.get_one(Person, actor.person_id)
    before, person.locale = person.locale, locale
    session.flush()
    if before != locale:
        record_own(session, actor, "chose_language", {"locale": before}, {"locale": locale}, now, request_id)


def snooze_until(choice: str, *, today: date, calendar: Calendar) -> date | None:
    """The first day with digests again: `tomorrow` and `monday` skip to a working day, `off` is at once.

    Raises ValueError for any other choice.

    >>> friday = date(2019, 11, 15)
    >>> snooze_until("tomorrow", today=friday, calendar=Calendar()).isoformat()
    '2019-11-18'
    """
    if choice == "off":
        return None
    if choice == "tomorrow":
        return calendar.next_working(today)
    if choice == "monday":
        return calendar.on_or_after(today + timedelta(days=7 - today.weekday()))
    raise ValueError(choice)


def record_own(
    session: Session,
    actor: Actor,
    verb: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    now: datetime,
    request_id: str,
) -> None:
    """Write into history what people change about themselves."""
    append(
        session, at=now, actor=actor.pseudonym, surface="slack", subject_type="person",
        subject_id=actor.pseudonym, verb=verb, before=dict(before), after=dict(after), request_id=request_id,
    )  # fmt: skip
