"""Events in which nobody acts: Slack tells us something about the workspace. Nobody is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.people.membership import take
from gateways.clock import real_now
from gateways.delivery.gates import unpause
from gateways.slack import member_of


@dataclass(frozen=True, slots=True)
class Told:
    """One fact: the event, and the workspace it is about. `now` is the business instant."""

    session: Session
    event: dict[str, Any]
    team_id: str | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """An event type and what it changes. A repeated delivery has no second effect."""

    id: str
    take: Callable[[Told], None]


def member_changed(told: Told) -> None:
    """Somebody joined, left, or changed language, zone or address: it holds from now on."""
    member = member_of(told.event.get("user") or {}, told.team_id)
    if member is not None:
        take(told.session, member, now=told.now)


def channel_joined(told: Told) -> None:
    """Somebody, perhaps the app itself, joined a channel: what was held back for it is tried again."""
    unpause(told.session, str(told.event.get("channel") or ""), now=real_now())


FACTS: tuple[Fact, ...] = (
    Fact("team_join", member_changed),
    Fact("user_change", member_changed),
    Fact("member_joined_channel", channel_joined),
)
