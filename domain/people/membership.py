"""Who of the company is who in Slack: by e-mail once, by Slack's id from then on."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from domain.events.operations import append
from domain.people.model import Person


@dataclass(frozen=True, slots=True)
class Member:
    """A Slack user as Slack describes them.

    `active`: a full member of our own workspace, neither deactivated nor a guest. `email` is confirmed by
    Slack; empty where it is not, or where Slack hides it.
    """

    slack_user_id: str
    email: str
    locale: str | None
    timezone: str | None
    active: bool


def take(session: Session, member: Member, *, now: datetime) -> bool:
    """Bring what is known of the person up to what Slack says; whether the user is linked to somebody.

    Somebody who is linked keeps their link whatever becomes of their address, and nobody else gets it. An
    account whose address is by now that of another person of the company is shut out, and neither of the
    two gets the other's numbers, until the addresses in Slack and in the people of the company agree again.
    """
    email = member.email.strip().lower()
    same = select(Person).where(
        or_(Person.slack_user_id == member.slack_user_id, func.lower(Person.email) == email)
    )
    found = session.scalars(same.order_by(Person.id).with_for_update()).all()
    linked = next((p for p in found if p.slack_user_id == member.slack_user_id), None)
    addressed = next((p for p in found if p.email.lower() == email), None)
    if linked is None:
        if addressed is None or addressed.slack_user_id is not None or not member.active:
            return False
        linked = addressed
    _write(session, linked, member, shut_out=addressed not in (None, linked), now=now)
    return True


def _write(session: Session, person: Person, member: Member, *, shut_out: bool, now: datetime) -> None:
    before = {"linked": person.slack_user_id is not None, "deactivated": person.slack_deactivated}
    person.slack_user_id = member.slack_user_id
    person.slack_locale = member.locale or person.slack_locale
    person.timezone = _known_zone(member.timezone) or person.timezone
    person.slack_deactivated = not member.active or shut_out
    person.slack_checked_at = now
    session.flush()
    # History is for ever and holds no id of Slack's: a person can be erased.
    after = {"linked": True, "deactivated": person.slack_deactivated}
    if before != after:
        append(
            session, at=now, actor="system", surface="slack", subject_type="person",
            subject_id=person.pseudonym, verb="linked", before=before,
            after=after | ({"why": "address_of_another"} if shut_out else {}),
        )  # fmt: skip


def _known_zone(name: str | None) -> str | None:
    """The zone where there is one of that name."""
    try:
        return ZoneInfo(name).key if name else None
    except (ValueError, LookupError, OSError):
        return None
