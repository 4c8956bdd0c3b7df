"""Telling the admins, once, that a channel does not take our messages."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain.names import Locale, negotiate
from domain.people.model import Person, RoleGrant
from domain.people.rights import Role
from gateways.delivery.outbox import enqueue

if TYPE_CHECKING:
    from gateways.delivery.take import Taken

FEATURE = "delivery"


def bare_notice(channel: str, code: str, locale: Locale) -> dict[str, Any]:
    """The notice where no template words it: the channel and Slack's code, the same in every language."""
    del locale
    return {"text": f"{channel}: {code}"}


def tell_admins(
    session: Session,
    taken: "Taken",
    code: str,
    notice: Callable[[str, str, Locale], dict[str, Any]],
    *,
    now: datetime,
) -> int:
    """One direct message to each admin, through the outbox; how many. Trouble with a notice is not told."""
    if taken.payload.get("notice"):
        return 0
    told = 0
    for user, locale in admins(session, now=now):
        row = enqueue(
            session,
            key=f"paused:{taken.channel}:{taken.id}:{user}",
            channel=user,
            thing=f"paused:{taken.channel}",
            payload={**notice(taken.channel, code, locale), "notice": True},
            feature=FEATURE,
            now=now,
        )
        told += row is not None
    return told


def admins(session: Session, *, now: datetime) -> list[tuple[str, Locale]]:
    """Slack ids and languages of the admins who are here."""
    today = now.date()
    rows = session.execute(
        select(Person.slack_user_id, Person.locale, Person.slack_locale)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role == Role.ADMIN,
            or_(RoleGrant.valid_from.is_(None), RoleGrant.valid_from <= today),
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today),
            Person.slack_user_id.is_not(None),
            Person.slack_deactivated.is_(False),
            or_(Person.left_on.is_(None), Person.left_on >= today),
        )
        .distinct()
    )
    return [
        (row.slack_user_id, negotiate(row.locale) or negotiate(row.slack_locale) or Locale.EN) for row in rows
    ]
