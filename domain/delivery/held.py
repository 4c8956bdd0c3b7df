"""Messages for a person that came at a bad hour: kept until a better one, the newest of each thing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.delivery.model import HeldMessage
from domain.people.views import Kind


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits."""

    thing: str
    kind: Kind
    payload: dict[str, Any]


def hold(session: Session, person_id: int, message: Held, *, now: datetime) -> None:
    """Keep it; an older one about the same thing goes. `now` is the business instant."""
    values = {"kind": message.kind, "payload": message.payload, "held_at": now}
    session.execute(
        insert(HeldMessage)
        .values(person_id=person_id, thing=message.thing, **values)
        .on_conflict_do_update(index_elements=[HeldMessage.person_id, HeldMessage.thing], set_=values)
    )


def held_for(session: Session, person_id: int) -> tuple[Held, ...]:
    """What waits for somebody, oldest first."""
    rows = session.scalars(
        select(HeldMessage)
        .where(HeldMessage.person_id == person_id)
        .order_by(HeldMessage.held_at, HeldMessage.thing)
        .with_for_update()
    )
    return tuple(Held(row.thing, Kind(row.kind), row.payload) for row in rows)


def let_go(session: Session, person_id: int, messages: tuple[Held, ...]) -> None:
    """They have been told, in the transaction that tells them."""
    things = [message.thing for message in messages]
    session.execute(
        delete(HeldMessage).where(HeldMessage.person_id == person_id, HeldMessage.thing.in_(things))
    )


def thing_of_held(person_id: int, day: date) -> str:
    """What the message is about with which somebody is told on a day what waited for them."""
    return f"held_messages:{person_id}:{day.isoformat()}"


def waiting_people(session: Session) -> list[int]:
    """For whom something waits."""
    return list(session.scalars(select(HeldMessage.person_id).distinct().order_by(HeldMessage.person_id)))
