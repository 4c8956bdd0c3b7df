"""`daily_progress`: each region's channel, the company's channel, and everybody who sells, every working
day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from sqlalchemy.orm import Session

from domain.names import Locale, negotiate
from domain.people.queries import actor_of, known_regions, reps_to_tell, zones_of_reps
from domain.rules.company import Company, load_company
from domain.rules.slots import Schedule
from domain.targets.digests import Edition, digest, personal_progress
from domain.targets.scopes import company_scope
from domain.targets.views import Scope, ScopeKind
from jobs.registry import Job, JobContext
from templates.targets.daily_progress_company import layout as company_layout
from templates.targets.daily_progress_person import layout as person_layout
from templates.targets.daily_progress_region import layout as region_layout

NAME = "daily_progress"
PEOPLE = "people/"
DEFAULT_HOUR = "08:30"
MAX_AGE = timedelta(hours=6)
CHUNK = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A channel with the scope it reads about."""

    channel: str
    scope: Scope


def places(session: Session, company: Company) -> list[Place]:
    """The company's channel, and each region's."""
    found = []
    if channel := company.channels.get("company"):
        found.append(Place(channel, company_scope(company)))
    for region in known_regions(session):
        if channel := company.channel_of_region(region.code) or company.channel_of_region(region.names.name):
            found.append(Place(channel, Scope(ScopeKind.REGION, region.id, region.names)))
    return found


def schedules(session: Session) -> Sequence[Schedule]:
    """One per channel at its own hour and zone, and one per time zone of those who get their own numbers."""
    company = load_company(session)
    settings = company.schedules.get(NAME, {})
    if settings.get("enabled", True) is False:
        return ()
    own = settings.get("channels", {})
    made = [
        _schedule(company, place.channel, {**settings, **own.get(place.channel, {})})
        for place in places(session, company)
    ]
    for zone in zones_of_reps(session, default=company.timezone):
        made.append(_schedule(company, PEOPLE + zone, {**settings, "timezone": zone}))
    return made


def _schedule(company: Company, place: str, settings: dict[str, str]) -> Schedule:
    return Schedule(
        f"{NAME}:{place}",
        times=(time.fromisoformat(settings.get("at", DEFAULT_HOUR)),),
        zone=settings.get("timezone", company.timezone),
        days=company.calendar.is_working,
        max_age=MAX_AGE,
    )


def run(context: JobContext) -> None:
    """Post one place's digest, or the personal ones of one time zone."""
    place = context.slot.place or ""
    if place.startswith(PEOPLE):
        _tell_people(context, place.removeprefix(PEOPLE))
    else:
        _tell_channel(context, place)


def _tell_channel(context: JobContext, channel: str) -> None:
    with context.unit_of_work() as session:
        company = load_company(session)
        edition = Edition.of(company, context.now, f"{context.slot.local_time:%H:%M}")
        for place in places(session, company):
            if place.channel != channel:
                continue
            found = digest(session, place.scope, edition)
            if found is None:
                continue
            is_company = place.scope.kind is ScopeKind.COMPANY
            layout = company_layout if is_company else region_layout
            message = layout.build(
                found,
                locale=channel_locale(company, channel),
                today=company.today(context.now),
                currency=company.currency,
                timezone=context.slot.zone,
                channel=channel,
            )
            day = context.slot.local_date.isoformat()
            context.post(
                session,
                key=f"{place.scope.kind}:{place.scope.id}",
                channel=channel,
                thing=f"{NAME}:{place.scope.kind}:{place.scope.id}:{day}",
                payload={"text": message.text, "blocks": message.blocks},
            )


def channel_locale(company: Company, channel: str) -> Locale:
    """The channel's language, the company's where it has none of its own."""
    own = company.schedules.get(NAME, {}).get("channels", {}).get(channel, {}).get("locale")
    return negotiate(own) or company.locale


def _tell_people(context: JobContext, zone: str) -> None:
    with context.read_only() as session:
        company = load_company(session)
        users = reps_to_tell(session, today=context.slot.local_date, zone=zone, default_zone=company.timezone)
    for start in range(0, len(users), CHUNK):
        with context.unit_of_work() as session:
            for user in users[start : start + CHUNK]:
                _tell_person(context, session, company, user)


def _tell_person(context: JobContext, session: Session, company: Company, user: str) -> None:
    actor = actor_of(
        session,
        user,
        today=company.today(context.now),
        default_locale=company.locale,
        default_timezone=company.timezone,
    )
    edition = Edition.of(company, context.now, f"{context.slot.local_time:%H:%M}")
    own = personal_progress(session, actor, edition)
    if own is None:
        return
    message = person_layout.build(
        own,
        locale=actor.locale,
        today=company.today(context.now),
        currency=company.currency,
        timezone=actor.timezone,
        at=edition.at_time,
    )
    context.post(
        session,
        key=f"person:{actor.person_id}",
        channel=user,
        thing=f"{NAME}:person:{actor.person_id}:{context.slot.local_date.isoformat()}",
        payload={"text": message.text, "blocks": message.blocks},
    )


DAILY_PROGRESS = Job(
    NAME, run, schedules, description_key="daily_progress", max_age=MAX_AGE, feature="targets"
)
