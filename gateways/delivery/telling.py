"""Telling a person something they did not ask for, with manners."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from domain.delivery.held import Held, hold, thing_of_held
from domain.delivery.operations import is_known, was_told
from domain.people.manners import Manners
from domain.people.views import Kind
from domain.rules.company import Company
from gateways.delivery.outbox import enqueue


class Told(StrEnum):
    """What became of it."""

    SENT = "sent"
    HELD = "held"  # until quiet hours, days off or a snooze are over; or they have had one such message today
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
    the same fact is told once on a day of the reader's. After the first message of a kind on a day the others
    wait for the next morning.
    """
    if reader.person_id == actor_id:
        return Told.OWN_ACT
    day = reader.local(now).date()
    key = f"tell:{reader.person_id}:{kind}:{thing}:{fact}:{day.isoformat()}"
    if is_known(session, key):
        return Told.REPEATED
    todays = f"{kind}:{reader.person_id}:{day.isoformat()}"
    had_one = any(
        was_told(session, one, reader.slack_user_id) for one in (todays, thing_of_held(reader.person_id, day))
    )
    if had_one or reader.silence(kind, now, company.calendar) is not None:
        hold(session, reader.person_id, Held(thing, kind, payload()), now=now)
        return Told.HELD
    enqueue(session, key=key, channel=reader.slack_user_id, thing=todays, payload=payload(), feature=feature)
    return Told.SENT
