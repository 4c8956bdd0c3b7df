"""Telling a person something they did not ask for, with manners."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from domain.delivery.held import Held, hold
from domain.delivery.operations import is_known
from domain.people.manners import Manners
from domain.people.views import Kind
from domain.rules.company import Company
from gateways.delivery.outbox import enqueue


class Told(StrEnum):
    """What became of it."""

    SENT = "sent"
    HELD = "held"  # until their quiet hours, their days off or their snooze are over
    OWN_ACT = "own_act"  # they did it themselves
    REPEATED = "repeated"  # they were told the same today


def tell(
    session: Session,
    reader: Manners,
    kind: Kind,
    *,
    thing: str,
    fact: str,
    payload: Callable[[], dict[str, Any]],
    company: Company,
    actor_id: int | None,
    now: datetime,
    feature: str,
) -> Told:
    """Tell now, or keep it for a better hour; in the caller's transaction. `now` is the business instant.

    `thing` is what the message is about (of several that wait, the newest is told), `fact` what is said of it:
    the same fact is told once on a day of the reader's.
    """
    if reader.person_id == actor_id:
        return Told.OWN_ACT
    key = f"tell:{reader.person_id}:{kind}:{thing}:{fact}:{reader.local(now).date().isoformat()}"
    if is_known(session, key):
        return Told.REPEATED
    if reader.silence(kind, now, company.calendar) is not None:
        hold(session, reader.person_id, Held(thing, kind, key, payload()), now=now)
        return Told.HELD
    enqueue(session, key=key, channel=reader.slack_user_id, thing=f"{thing}:{key}", payload=payload(),
            feature=feature)  # fmt: skip
    return Told.SENT
