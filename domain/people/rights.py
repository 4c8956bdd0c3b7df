"""Roles, rights and who may see whose numbers.

Rights are checked against grants read in the same transaction as the answer, never against what was drawn.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.names import Locale, Names


class Role(StrEnum):
    """A role of the contract; granted to a person for a region or the whole company, with dates."""

    REP = "rep"
    REGION_LEAD = "region_lead"
    SALES_MANAGER = "sales_manager"
    PLANNER = "planner"
    BUYER = "buyer"
    STOREKEEPER = "storekeeper"
    LOGISTICS = "logistics"
    FINANCE = "finance"
    MARKET_ANALYST = "market_analyst"
    TRAINER = "trainer"
    HR = "hr"
    EXECUTIVE = "executive"
    ADMIN = "admin"


class Right(StrEnum):
    """What a route may need."""

    MEMBER = "member"  # somebody of the company
    SEE_OWN = "see_own"  # own numbers
    SEE_PEOPLE = "see_people"  # everybody's numbers
    SEE_REGIONS = "see_regions"  # totals of every region and the company
    MANAGE = "manage"  # company settings


_EVERYBODY = frozenset({Right.MEMBER, Right.SEE_OWN})
_ALL_NUMBERS = frozenset({Right.SEE_PEOPLE, Right.SEE_REGIONS})
_TOTALS = frozenset({Right.SEE_REGIONS})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.REP: _EVERYBODY,
    Role.REGION_LEAD: _EVERYBODY,
    Role.SALES_MANAGER: _EVERYBODY | _ALL_NUMBERS,
    Role.PLANNER: _EVERYBODY | _ALL_NUMBERS,
    Role.BUYER: _EVERYBODY,
    Role.STOREKEEPER: _EVERYBODY,
    Role.LOGISTICS: _EVERYBODY,
    Role.FINANCE: _EVERYBODY | _TOTALS,
    Role.MARKET_ANALYST: _EVERYBODY | _TOTALS,
    Role.TRAINER: _EVERYBODY,
    Role.HR: _EVERYBODY,
    Role.EXECUTIVE: _EVERYBODY | _ALL_NUMBERS,
    Role.ADMIN: _EVERYBODY | {Right.MANAGE},
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held now; region None: the whole company."""

    role: Role
    region_id: int | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the roles in force at the moment of the click."""

    person_id: int
    names: Names
    pseudonym: str
    slack_user_id: str | None
    department: str
    locale: Locale
    timezone: str
    grants: tuple[Grant, ...]
    regions: tuple[int, ...]  # where the person sells
    left_on: date | None = None

    def has(self, right: Right) -> bool:
        """Whether any role in force for the whole company, or any role at all for own matters, gives it."""
        if right in _EVERYBODY:
            return True
        return any(right in RIGHTS[grant.role] and grant.region_id is None for grant in self.grants)

    @property
    def leads(self) -> frozenset[int]:
        """Regions whose lead the actor is."""
        return frozenset(
            grant.region_id
            for grant in self.grants
            if grant.role is Role.REGION_LEAD and grant.region_id is not None
        )

    @property
    def sells(self) -> bool:
        """Whether the actor has numbers of their own."""
        return any(grant.role in (Role.REP, Role.REGION_LEAD) for grant in self.grants)


def may_see_person(actor: Actor, person_id: int, regions: frozenset[int]) -> bool:
    """Own numbers always; everybody's by right; a lead sees those who sell nowhere but in their regions."""
    if person_id == actor.person_id or actor.has(Right.SEE_PEOPLE):
        return True
    return bool(regions) and regions <= actor.leads


def may_see_region(actor: Actor, region_id: int) -> bool:
    """The region's lead, and whoever sees all totals."""
    return actor.has(Right.SEE_REGIONS) or region_id in actor.leads


def may_see_company(actor: Actor) -> bool:
    """Whoever sees all totals."""
    return actor.has(Right.SEE_REGIONS)
