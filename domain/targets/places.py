"""Where the daily progress is read: the company's channel, and each region's."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain.people.queries import known_regions
from domain.people.rights import Actor, may_see_company, may_see_region
from domain.rules.company import Company
from domain.targets.scopes import company_scope
from domain.targets.views import Scope, ScopeKind

DAILY_PROGRESS = "daily_progress"


@dataclass(frozen=True, slots=True)
class Place:
    """A channel with the scope it reads about."""

    channel: str
    scope: Scope

    @property
    def schedule(self) -> str:
        """The name of its schedule."""
        return f"{DAILY_PROGRESS}:{self.channel}"

    def thing(self, day: str) -> str:
        """What the message of a day is about: the same fact is told once."""
        return f"{DAILY_PROGRESS}:{self.scope.kind}:{self.scope.id}:{day}"

    def may_be_read_by(self, actor: Actor) -> bool:
        """Whether somebody may see its numbers without being in the channel."""
        if self.scope.kind is ScopeKind.COMPANY:
            return may_see_company(actor)
        return may_see_region(actor, self.scope.id)


def places(session: Session, company: Company) -> list[Place]:
    """Every channel that gets the daily progress; one that several regions share, once for each."""
    found = []
    if channel := company.channels.get("company"):
        found.append(Place(channel, company_scope(company)))
    for region in known_regions(session):
        if channel := company.channel_of_region(region.code) or company.channel_of_region(region.names.name):
            found.append(Place(channel, Scope(ScopeKind.REGION, region.id, region.names)))
    return found
