"""Giving people roles and taking them back, from and until a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from domain.events.operations import append
from domain.names import Names
from domain.people.model import Person, PersonRegion, Region, RoleGrant
from domain.people.rights import RIGHTS, Actor, Right, Role
from domain.people.views import HeldRole
from domain.refusals import NotAllowed

_LOCK = text("SELECT pg_advisory_xact_lock(7046029259)")
ONE_DAY = timedelta(days=1)


@dataclass(unsafe_hash=True)
class RoleRefused(Exception):
    """Why not: `own_admin`, `last_admin`, `gone`, `needs_region`, `no_region`, `dates`, `has_it`."""

    why: str
    person_id: int = 0  # whose role it is, where it is known


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role to give."""

    role: Role
    region_id: int | None
    first: date
    last: date | None = None


def roles_of(session: Session, person_id: int, *, today: date) -> list[HeldRole]:
    """The roles in force and to come, in the order they were given."""
    rows = session.execute(
        select(RoleGrant, Region)
        .outerjoin(Region, Region.id == RoleGrant.region_id)
        .where(RoleGrant.person_id == person_id, func.coalesce(RoleGrant.valid_to, today) >= today)
        .order_by(RoleGrant.id)
    )
    return [_held(grant, region) for grant, region in rows]


def _held(grant: RoleGrant, region: Region | None) -> HeldRole:
    names = Names(region.name, region.name_zh_hant, region.name_zh_hans) if region else None
    return HeldRole(grant.id, Role(grant.role), grant.region_id, names, grant.valid_from, grant.valid_to)


def give(
    session: Session,
    person_id: int,
    wanted: Wanted,
    *,
    actor: Actor,
    today: date,
    now: datetime,
    request_id: str,
) -> HeldRole:
    """Give a role. Raises RoleRefused, NotAllowed."""
    _enter(session, actor, today)
    if wanted.role is Role.REGION_LEAD and wanted.region_id is None:
        raise RoleRefused("needs_region")
    if wanted.role is not Role.REGION_LEAD and wanted.region_id is not None:
        raise RoleRefused("no_region")
    if wanted.first < today or (wanted.last is not None and wanted.last < wanted.first):
        raise RoleRefused("dates")
    if wanted.role is Role.ADMIN and person_id == actor.person_id:
        raise RoleRefused("own_admin")
    if _overlaps(session, person_id, wanted, today):
        raise RoleRefused("has_it")
    grant = RoleGrant(
        person_id=person_id, role=wanted.role, region_id=wanted.region_id, valid_from=wanted.first,
        valid_to=wanted.last,
    )  # fmt: skip
    session.add(grant)
    session.flush()
    region = session.get(Region, wanted.region_id) if wanted.region_id else None
    _record(session, person_id, "role_given", None, _written(grant), actor, now, request_id)
    return _held(grant, region)


def end(
    session: Session, grant_id: int, *, actor: Actor, today: date, now: datetime, request_id: str
) -> tuple[int, HeldRole]:
    """End a role at once; whose it was, and what. Raises RoleRefused, NotAllowed."""
    _enter(session, actor, today)
    grant = session.get(RoleGrant, grant_id)
    if grant is None:
        raise RoleRefused("gone")
    if grant.valid_to is not None and grant.valid_to < today:
        raise RoleRefused("gone", grant.person_id)
    if grant.role == Role.ADMIN:
        _keep_an_admin(session, grant, actor, today)
    region = session.get(Region, grant.region_id) if grant.region_id else None
    before, held, person_id = _written(grant), _held(grant, region), grant.person_id
    if grant.valid_from is not None and grant.valid_from >= today:
        session.delete(grant)
        after = None
    else:
        grant.valid_to = today - ONE_DAY
        after = _written(grant)
    session.flush()
    _record(session, person_id, "role_ended", before, after, actor, now, request_id)
    return person_id, held


def _enter(session: Session, actor: Actor, today: date) -> None:
    """One change of roles at a time; the actor may have lost the right while waiting for the other."""
    session.execute(_LOCK)
    if not _admins(session, today, RoleGrant.person_id == actor.person_id):
        raise NotAllowed(Right.MANAGE)


def _keep_an_admin(session: Session, grant: RoleGrant, actor: Actor, today: date) -> None:
    if grant.person_id == actor.person_id:
        raise RoleRefused("own_admin", grant.person_id)
    lasting = _admins(session, today, RoleGrant.valid_to.is_(None), RoleGrant.id != grant.id)
    if grant.valid_to is None and not lasting:
        raise RoleRefused("last_admin", grant.person_id)


def _admins(session: Session, today: date, *conditions: Any) -> set[int]:
    """Ids of those who are administrators today and here."""
    return set(
        session.scalars(
            select(RoleGrant.person_id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(
                RoleGrant.role == Role.ADMIN,
                RoleGrant.region_id.is_(None),
                func.coalesce(RoleGrant.valid_from, today) <= today,
                func.coalesce(RoleGrant.valid_to, today) >= today,
                Person.slack_deactivated.is_(False),
                func.coalesce(Person.left_on, today) >= today,
                *conditions,
            )
        )
    )


def _overlaps(session: Session, person_id: int, wanted: Wanted, today: date) -> bool:
    """Whether they have this role then anyway."""
    begins = func.coalesce(RoleGrant.valid_from, today) <= (wanted.last or date.max)
    found = select(RoleGrant.id).where(
        RoleGrant.person_id == person_id,
        RoleGrant.role == wanted.role,
        RoleGrant.region_id.is_not_distinct_from(wanted.region_id),
        begins,
        or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= wanted.first),
    )
    return session.scalar(found.limit(1)) is not None


def _written(grant: RoleGrant) -> dict[str, Any]:
    return {
        "role": str(grant.role),
        "region": grant.region_id,
        "from": grant.valid_from and grant.valid_from.isoformat(),
        "to": grant.valid_to and grant.valid_to.isoformat(),
    }


def _record(
    session: Session,
    person_id: int,
    verb: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    actor: Actor,
    now: datetime,
    request_id: str,
) -> None:
    person = session.get_one(Person, person_id)
    append(
        session, at=now, actor=actor.pseudonym, surface="slack", subject_type="person",
        subject_id=person.pseudonym, verb=verb, before=before, after=after, request_id=request_id,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people are here, and how many of them may change the company's settings."""

    people: int
    admins: int


def counts(session: Session, *, today: date) -> Counts:
    """As of today."""
    here = select(func.count()).select_from(Person).where(func.coalesce(Person.left_on, today) >= today)
    return Counts(session.scalar(here) or 0, len(_admins(session, today)))


def readers_of(session: Session, region_id: int, *, today: date) -> int:
    """How many people a region's totals are for: who sells there or leads it, and whoever sees all totals."""
    everywhere = [role for role, rights in RIGHTS.items() if Right.SEE_REGIONS in rights]
    granted = select(RoleGrant.person_id).where(
        or_(RoleGrant.role.in_(everywhere), RoleGrant.region_id == region_id),
        func.coalesce(RoleGrant.valid_from, today) <= today,
        func.coalesce(RoleGrant.valid_to, today) >= today,
    )
    selling = select(PersonRegion.person_id).where(PersonRegion.region_id == region_id)
    return len(set(session.scalars(granted)) | set(session.scalars(selling)))
