"""When a person may be told something they did not ask for, and what they have chosen about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from domain.names import Locale, negotiate
from domain.people.model import Person, Preference, RoleGrant
from domain.people.rights import Role
from domain.people.views import Kind
from domain.rules.company import Company
from domain.rules.quiet import Quiet
from domain.rules.working_days import Calendar

SELLING = (Role.REP, Role.REGION_LEAD)


class Silence(StrEnum):
    """Why somebody is told nothing now."""

    SNOOZED = "snoozed"
    DAY_OFF = "day_off"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Manners:
    """One person's choices, the company's where they have none.

    `digest_at` None: the company's hour. `snoozed_until` is the first day with messages again, from
    `away_from` on (None: at once).
    """

    person_id: int
    slack_user_id: str
    locale: Locale
    timezone: str
    quiet: Quiet
    digest_at: time | None = None
    away_from: date | None = None
    snoozed_until: date | None = None
    snoozed_kinds: Mapping[str, date] = field(default_factory=dict)

    def local(self, at: datetime) -> datetime:
        """The instant by the person's clock."""
        return at.astimezone(ZoneInfo(self.timezone))

    def hour(self, usual: time) -> time:
        """When their digest comes: their own hour or the usual one, never in their quiet hours."""
        return self.quiet.opened(self.digest_at or usual)

    def is_snoozed(self, kind: Kind, day: date) -> bool:
        """Whether they want nothing of the kind on a day."""
        away = self.snoozed_until is not None and (self.away_from or day) <= day < self.snoozed_until
        until = self.snoozed_kinds.get(kind)
        return away or (until is not None and day < until)

    def silence(self, kind: Kind, at: datetime, calendar: Calendar) -> Silence | None:
        """Why they may not be told now; None: they may."""
        local = self.local(at)
        if self.is_snoozed(kind, local.date()):
            return Silence.SNOOZED
        if not calendar.is_working(local.date()):
            return Silence.DAY_OFF
        return Silence.QUIET if self.quiet.covers(local.time()) else None


def _linked(today: date) -> Select[Person, Preference]:
    """Everybody who is here and can be reached in Slack."""
    return (
        select(Person, Preference)
        .outerjoin(Preference, Preference.person_id == Person.id)
        .where(
            Person.slack_user_id.is_not(None),
            Person.slack_deactivated.is_(False),
            func.coalesce(Person.left_on, today) >= today,
        )
        .order_by(Person.slack_user_id)
    )


def _sells(today: date) -> ColumnElement[bool]:
    return Person.id.in_(
        select(RoleGrant.person_id).where(
            RoleGrant.role.in_(SELLING),
            func.coalesce(RoleGrant.valid_from, today) <= today,
            func.coalesce(RoleGrant.valid_to, today) >= today,
        )
    )


def sellers(session: Session, company: Company, *, today: date) -> list[Manners]:
    """Those who sell and are here, with what they have chosen."""
    return _read(session.execute(_linked(today).where(_sells(today))), company)


def everybody(session: Session, company: Company, *, today: date) -> list[Manners]:
    """All who are here."""
    return _read(session.execute(_linked(today)), company)


def manners_of(session: Session, company: Company, person_id: int, *, today: date) -> Manners | None:
    """One person's; None where they cannot be reached."""
    found = session.execute(_linked(today).where(Person.id == person_id))
    return next(iter(_read(found, company)), None)


def sells(session: Session, person_id: int, *, today: date) -> bool:
    """Whether somebody has numbers of their own on a day."""
    return session.scalar(select(Person.id).where(Person.id == person_id, _sells(today))) is not None


def hours_of_sellers(session: Session, company: Company, usual: time) -> dict[str, set[time]]:
    """Zone -> the hours at which somebody there wants their own numbers; whoever sells or ever did counts."""
    sellers_ = select(RoleGrant.person_id).where(RoleGrant.role.in_(SELLING))
    rows = session.execute(
        select(
            func.coalesce(Preference.timezone, Person.timezone, company.timezone),
            Preference.digest_at,
            Preference.quiet_from,
            Preference.quiet_to,
        )
        .select_from(Person)
        .outerjoin(Preference, Preference.person_id == Person.id)
        .where(Person.slack_user_id.is_not(None), Person.id.in_(sellers_))
        .distinct()
    )
    found: dict[str, set[time]] = {}
    for zone, own, start, end in rows:
        quiet = company.quiet if start is None or end is None else Quiet(start, end)
        found.setdefault(zone, set()).add(quiet.opened(own or usual))
    return found


def ends_of_quiet(session: Session, company: Company) -> dict[str, set[time]]:
    """Zone -> the hours at which somebody's quiet hours end."""
    rows = session.execute(
        select(func.coalesce(Preference.timezone, Person.timezone, company.timezone), Preference.quiet_to)
        .select_from(Person)
        .outerjoin(Preference, Preference.person_id == Person.id)
        .where(Person.slack_user_id.is_not(None))
        .distinct()
    )
    found: dict[str, set[time]] = {}
    for zone, end in rows:
        found.setdefault(zone, set()).add(end or company.quiet.end)
    return found


def _read(rows: Iterable[Row[Person, Preference]], company: Company) -> list[Manners]:
    return [_manners(person, chosen, company) for person, chosen in rows]


def _manners(person: Person, chosen: Preference | None, company: Company) -> Manners:
    quiet = company.quiet
    if chosen is not None and chosen.quiet_from is not None and chosen.quiet_to is not None:
        quiet = Quiet(chosen.quiet_from, chosen.quiet_to)
    return Manners(
        person_id=person.id,
        slack_user_id=person.slack_user_id or "",
        locale=negotiate(person.locale) or negotiate(person.slack_locale) or company.locale,
        timezone=(chosen and chosen.timezone) or person.timezone or company.timezone,
        quiet=quiet,
        digest_at=chosen.digest_at if chosen else None,
        away_from=chosen.away_from if chosen else None,
        snoozed_until=person.snoozed_until,
        snoozed_kinds=_days(chosen.snoozed_kinds) if chosen else {},
    )


def _days(written: Mapping[str, str]) -> dict[str, date]:
    return {kind: date.fromisoformat(until) for kind, until in written.items()}
