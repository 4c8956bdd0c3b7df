"""Who is asking, and who is meant."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from domain.names import Locale, Names, negotiate
from domain.people.model import Person, PersonRegion, Region
from domain.people.rights import Actor, Grant, Role
from domain.refusals import Departed, Stranger

# One statement: an answer to a command reads the person, the grants in force and the regions at once.
_ACTOR = text("""
SELECT p.id, p.name, p.name_zh_hant, p.name_zh_hans, p.pseudonym, p.slack_user_id, p.department,
       p.locale, p.slack_locale, p.left_on, p.slack_deactivated,
       coalesce((SELECT f.timezone FROM preference f WHERE f.person_id = p.id), p.timezone) AS timezone,
       (SELECT array_agg(g.role || ':' || coalesce(g.region_id::text, '') ORDER BY g.id)
          FROM role_grant g
         WHERE g.person_id = p.id
           AND (g.valid_from IS NULL OR g.valid_from <= :today)
           AND (g.valid_to IS NULL OR g.valid_to >= :today)) AS grants,
       (SELECT array_agg(r.region_id ORDER BY r.region_id)
          FROM person_region r WHERE r.person_id = p.id) AS regions
  FROM person p WHERE p.slack_user_id = :slack_user_id
""")


def actor_of(
    session: Session, slack_user_id: str, *, today: date, default_locale: Locale, default_timezone: str
) -> Actor:
    """The actor behind a Slack user, with the roles in force on `today`.

    Raises Stranger where nobody is linked to the user, Departed where the person has left.
    """
    asked = {"slack_user_id": slack_user_id, "today": today}
    row = session.connection().execute(_ACTOR, asked).one_or_none()
    if row is None:
        raise Stranger
    if row.slack_deactivated or (row.left_on is not None and row.left_on < today):
        raise Departed
    return _actor(row, default_locale, default_timezone)


def _actor(row: Row[tuple[object, ...]], default_locale: Locale, default_timezone: str) -> Actor:
    return Actor(
        person_id=row.id,
        names=Names(row.name, row.name_zh_hant, row.name_zh_hans),
        pseudonym=row.pseudonym,
        slack_user_id=row.slack_user_id,
        department=row.department,
        locale=negotiate(row.locale) or negotiate(row.slack_locale) or default_locale,
        timezone=row.timezone or default_timezone,
        grants=tuple(_grant(text_) for text_ in row.grants or ()),
        regions=tuple(row.regions or ()),
        left_on=row.left_on,
    )


def _grant(written: str) -> Grant:
    role, _, region = written.partition(":")
    return Grant(Role(role), int(region) if region else None)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as names are looked up."""

    id: int
    code: str
    names: Names
    email: str
    slack_user_id: str | None
    regions: frozenset[int]


def known_people(session: Session) -> list[KnownPerson]:
    """Everybody, with the regions they sell in."""
    serves = (
        select(PersonRegion.person_id, func.array_agg(PersonRegion.region_id).label("regions"))
        .group_by(PersonRegion.person_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Person.id,
            Person.code,
            Person.name,
            Person.name_zh_hant,
            Person.name_zh_hans,
            Person.email,
            Person.slack_user_id,
            serves.c.regions,
        ).outerjoin(serves, serves.c.person_id == Person.id)
    )
    return [
        KnownPerson(r.id, r.code, Names(r.name, r.name_zh_hant, r.name_zh_hans), r.email, r.slack_user_id,
                    frozenset(r.regions or ()))
        for r in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownRegion:
    """A region as names are looked up."""

    id: int
    code: str
    names: Names


def known_regions(session: Session) -> list[KnownRegion]:
    """Every region, in the order they were imported."""
    rows = session.execute(
        select(Region.id, Region.code, Region.name, Region.name_zh_hant, Region.name_zh_hans).order_by(
            Region.id
        )
    )
    return [KnownRegion(r.id, r.code, Names(r.name, r.name_zh_hant, r.name_zh_hans)) for r in rows]


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person has chosen: a language (None: as Slack is set), and no digests before a day."""

    locale: Locale | None
    snoozed_until: date | None


def preferences(session: Session, actor: Actor) -> Preferences:
    """The actor's own choices."""
    person = session.get_one(Person, actor.person_id)
    return Preferences(negotiate(person.locale), person.snoozed_until)


def slack_locale(session: Session, actor: Actor) -> Locale | None:
    """The language the actor's Slack is set to, None where it is not known or none of ours."""
    return negotiate(session.get_one(Person, actor.person_id).slack_locale)
