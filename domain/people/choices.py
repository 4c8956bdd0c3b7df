"""What a person changes about the messages they get."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from domain.people.model import Person, Preference
from domain.people.operations import record_own
from domain.people.rights import Actor
from domain.people.views import Kind
from domain.rules.company import Company
from domain.rules.quiet import Quiet

# Nobody means to be told about their month at night.
EARLIEST, LATEST = time(6), time(21)


@dataclass(frozen=True, slots=True)
class Times:
    """A person's own hour, zone and quiet hours; None: as the company, or Slack, has it."""

    digest_at: time | None = None
    timezone: str | None = None
    quiet: Quiet | None = None

    def trouble(self, company: Company) -> str | None:
        """Why the hour cannot be: `out_of_bounds`, `quiet`; None where it can."""
        if self.digest_at is None:
            return None
        if not EARLIEST <= self.digest_at <= LATEST:
            return "out_of_bounds"
        return "quiet" if (self.quiet or company.quiet).covers(self.digest_at) else None


def times_of(session: Session, person_id: int) -> Times:
    """What the person has chosen."""
    found = session.get(Preference, person_id)
    if found is None:
        return Times()
    own = found.quiet_from is not None and found.quiet_to is not None
    quiet = Quiet(found.quiet_from, found.quiet_to) if own else None  # type: ignore[arg-type]
    return Times(found.digest_at, found.timezone, quiet)


def choose_times(session: Session, actor: Actor, wanted: Times, *, now: datetime, request_id: str) -> None:
    """Set hour, zone and quiet hours; what does not differ leaves no trace."""
    before = times_of(session, actor.person_id)
    if before == wanted:
        return
    found = _preference(session, actor.person_id)
    found.digest_at, found.timezone = wanted.digest_at, wanted.timezone
    found.quiet_from = wanted.quiet.start if wanted.quiet else None
    found.quiet_to = wanted.quiet.end if wanted.quiet else None
    session.flush()
    record_own(session, actor, "chose_times", _written(before), _written(wanted), now, request_id)


def pause(
    session: Session,
    actor: Actor,
    kind: Kind | None,
    *,
    first: date | None = None,
    until: date | None,
    now: datetime,
    request_id: str,
) -> None:
    """No messages of a kind (None: none at all) before `until`, from `first` on; `until` None: they come again.

    Nobody else is affected.
    """
    person = session.get_one(Person, actor.person_id)
    found = _preference(session, actor.person_id)
    before = _pauses(person, found)
    if kind is None:
        person.snoozed_until, found.away_from = until, first if until else None
        if until is None:
            found.snoozed_kinds = {}
    else:
        others = {name: day for name, day in found.snoozed_kinds.items() if name != kind}
        found.snoozed_kinds = others | ({kind.value: until.isoformat()} if until else {})
    session.flush()
    after = _pauses(person, found)
    if after != before:
        record_own(session, actor, "snoozed", before, after, now, request_id)


def _preference(session: Session, person_id: int) -> Preference:
    found = session.get(Preference, person_id, with_for_update=True)
    if found is None:
        found = Preference(person_id=person_id, snoozed_kinds={})
        session.add(found)
        session.flush()
    return found


def _pauses(person: Person, found: Preference) -> dict[str, Any]:
    return {
        "until": person.snoozed_until and person.snoozed_until.isoformat(),
        "from": found.away_from and found.away_from.isoformat(),
        "kinds": dict(found.snoozed_kinds),
    }


def _written(times: Times) -> dict[str, Any]:
    quiet = times.quiet and [f"{times.quiet.start:%H:%M}", f"{times.quiet.end:%H:%M}"]
    at = times.digest_at and f"{times.digest_at:%H:%M}"
    return {"digest_at": at, "timezone": times.timezone, "quiet": quiet}


def slack_zone(session: Session, actor: Actor) -> str | None:
    """The time zone Slack has for the person."""
    return session.get_one(Person, actor.person_id).timezone
