"""Changes to what is known of people."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.events.operations import append
from domain.names import Locale
from domain.people.model import Person
from domain.people.rights import Actor
from domain.rules.working_days import Calendar


def link_slack_user(
    session: Session,
    *,
    slack_user_id: str,
    email: str,
    locale: str | None,
    timezone: str | None,
    now: datetime,
    deactivated: bool = False,
) -> bool:
    """Link a Slack user to the person with that e-mail; False where nobody has it.

    A person already linked to another Slack user keeps that link: whoever controls an e-mail in Slack must
    not take over somebody's numbers.
    """
    person = session.scalar(select(Person).where(func.lower(Person.email) == email.strip().lower()))
    if person is None or person.slack_user_id not in (None, slack_user_id):
        return False
    before = {"slack_user_id": person.slack_user_id, "deactivated": person.slack_deactivated}
    person.slack_user_id = slack_user_id
    person.slack_locale = locale or person.slack_locale
    person.timezone = timezone or person.timezone
    person.slack_deactivated = deactivated
    person.slack_checked_at = now
    after = {"slack_user_id": slack_user_id, "deactivated": deactivated}
    session.flush()
    if before != after:
        append(
            session, at=now, actor="system", surface="slack", subject_type="person", subject_id=person.pseudonym,
            verb="linked", before=before, after=after,
        )  # fmt: skip
    return True


def choose_locale(
    session: Session, actor: Actor, locale: Locale | None, *, now: datetime, request_id: str
) -> None:
    """The language the person wants to be spoken to in; None: as Slack is set."""
    person = session.get_one(Person, actor.person_id)
    before, person.locale = person.locale, locale
    session.flush()
    if before != locale:
        _record(session, actor, "chose_language", {"locale": before}, {"locale": locale}, now, request_id)


def snooze(session: Session, actor: Actor, until: date | None, *, now: datetime, request_id: str) -> None:
    """No digests for the person before `until`; None: from now on again. Nobody else is affected."""
    person = session.get_one(Person, actor.person_id)
    before, person.snoozed_until = person.snoozed_until, until
    session.flush()
    if before != until:
        _record(
            session, actor, "snoozed", {"until": before and before.isoformat()},
            {"until": until and until.isoformat()}, now, request_id,
        )  # fmt: skip


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


def _record(
    session: Session,
    actor: Actor,
    verb: str,
    before: dict[str, object],
    after: dict[str, object],
    now: datetime,
    request_id: str,
) -> None:
    append(
        session, at=now, actor=actor.pseudonym, surface="slack", subject_type="person",
        subject_id=actor.pseudonym, verb=verb, before=before, after=after, request_id=request_id,
    )  # fmt: skip
