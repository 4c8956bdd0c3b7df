"""What a listener is given: one call by one person, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy.orm import Session

from domain.names import Locale
from domain.people.rights import Actor
from domain.rules.company import Company
from domain.targets.history import Remembered
from gateways.environment import Environment


class Seeing(TypedDict):
    """How a form is read."""

    locale: Locale
    today: date
    timezone: str


class Reading(TypedDict):
    """How a message is read: in which language and zone, on which day, in whose currency."""

    locale: Locale
    today: date
    currency: str
    timezone: str


@dataclass(frozen=True, slots=True)
class SeenChannel:
    """A channel as Slack describes it; `members` counts our own bot too where it is in."""

    slack_id: str
    name: str  # with its #
    members: int


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a person. `body` is Slack's own; listeners decode it through `payloads.py` only.

    `now` is the business instant, `text` what was typed behind the verb, `value` the button's payload.
    """

    session: Session
    actor: Actor
    company: Company
    now: datetime
    request_id: str
    text: str = ""
    value: str = ""
    channel_id: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    remembered: Remembered = field(default_factory=Remembered)
    environment: Environment | None = None  # of the process; None where nothing of it is asked
    channels: Mapping[str, SeenChannel | None] = field(default_factory=dict)  # chosen in the form, by id

    @property
    def locale(self) -> Locale:
        """The reader's language."""
        return self.actor.locale

    @property
    def today(self) -> date:
        """The company's calendar day."""
        return self.company.today(self.now)

    @property
    def seeing(self) -> Seeing:
        """What the layout of a form needs to know of the reader."""
        return Seeing(locale=self.locale, today=self.today, timezone=self.actor.timezone)

    @property
    def reading(self) -> Reading:
        """What a layout needs to know of the reader."""
        return Reading(
            locale=self.locale,
            today=self.today,
            currency=self.company.currency,
            timezone=self.actor.timezone,
        )
