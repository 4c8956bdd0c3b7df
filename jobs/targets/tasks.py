"""`daily_progress`: each region's channel, the company's channel, and everybody who sells, every working
day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy.orm import Session

from domain.delivery.held import held_for, let_go
from domain.delivery.operations import was_told
from domain.people.manners import Manners, hours_of_sellers, sellers
from domain.people.queries import actor_of
from domain.people.views import Kind
from domain.rules.company import Company, load_company
from domain.rules.hours import hours_of, schedule_at
from domain.rules.quiet import Quiet
from domain.rules.slots import Schedule
from domain.targets.digests import Edition, digest, personal_progress
from domain.targets.places import DAILY_PROGRESS as NAME
from domain.targets.places import Place, places
from jobs.people.held import payload_of
from jobs.registry import Job, JobContext
from templates.people.held.layout import readable
from templates.targets.daily_progress_person import layout as person_layout
from templates.targets.morning import channel_message

PEOPLE = "people/"
MAX_AGE = timedelta(hours=6)
CHUNK = 50


def schedules(session: Session) -> Sequence[Schedule]:
    """One per channel at its own hour and zone; one per time zone of those who get their own numbers, at
    every hour that somebody there has chosen."""
    company = load_company(session)
    usual = hours_of(company, NAME)
    if not usual.enabled:
        return ()
    made = {}
    for place in places(session, company):
        own = hours_of(company, NAME, place.channel)
        if own.enabled:
            made[place.schedule] = schedule_at(company, place.schedule, own, max_age=MAX_AGE)
    for zone, times in sorted(hours_of_sellers(session, company, usual.at).items()):
        name = f"{NAME}:{PEOPLE}{zone}"
        there = replace(usual, timezone=zone)
        made[name] = schedule_at(company, name, there, *times, max_age=MAX_AGE)
    return tuple(made.values())


def run(context: JobContext) -> None:
    """Post one place's digest, or the personal ones of one time zone."""
    place = context.slot.place or ""
    if place.startswith(PEOPLE):
        _tell_people(context, place.removeprefix(PEOPLE))
    else:
        _tell_channel(context, place)


def _lives(quiet: Quiet, at: time) -> timedelta:
    """Not longer than until the quiet hours: what delivery could not bring by then is told tomorrow."""
    left = quiet.left(at)
    return MAX_AGE if left is None else min(MAX_AGE, left)


def _tell_channel(context: JobContext, channel: str) -> None:
    with context.unit_of_work() as session:
        company = load_company(session)
        if _comes_too_late(context, company):
            return
        for place in places(session, company):
            if place.channel == channel:
                _tell_place(context, session, company, place)


def _comes_too_late(context: JobContext, company: Company) -> bool:
    """Whether a run that was caught up on would be told in the channel's quiet hours."""
    zone = hours_of(company, NAME, context.slot.place or "").timezone
    local = context.local_now(zone)
    return not context.slot.replay and company.quiet.covers(local.time())


def _tell_place(context: JobContext, session: Session, company: Company, place: Place) -> None:
    thing = place.thing(context.slot.local_date.isoformat())
    if not context.slot.replay and was_told(session, thing, place.channel):
        return
    found = digest(session, place.scope, Edition.of(company, context.now, f"{context.slot.local_time:%H:%M}"))
    if found is None:
        return
    message = channel_message(
        found,
        locale=company.language_of(place.channel),
        today=company.today(context.now),
        currency=company.currency,
        timezone=context.slot.zone,
        channel=place.channel,
    )
    context.post(
        session,
        key=f"{place.scope.kind}:{place.scope.id}",
        channel=place.channel,
        thing=thing,
        payload={"text": message.text, "blocks": message.blocks},
        lives=_lives(company.quiet, context.slot.local_time),
    )


def _tell_people(context: JobContext, zone: str) -> None:
    with context.read_only() as session:
        company = load_company(session)
        readers = [
            reader
            for reader in sellers(session, company, today=context.slot.local_date)
            if reader.timezone == zone and _is_due(context, company, reader)
        ]
    for start in range(0, len(readers), CHUNK):
        with context.unit_of_work() as session:
            for reader in readers[start : start + CHUNK]:
                _tell_person(context, session, company, reader)


def _is_due(context: JobContext, company: Company, reader: Manners) -> bool:
    """A replay tells everybody; the clock's run those whose hour it is and who may be told now."""
    if context.slot.replay:
        return not reader.is_snoozed(Kind.DAILY_PROGRESS, context.slot.local_date)
    is_hour = reader.hour(hours_of(company, NAME).at) == context.slot.local_time
    return is_hour and reader.silence(Kind.DAILY_PROGRESS, context.clock(), company.calendar) is None


def _tell_person(context: JobContext, session: Session, company: Company, reader: Manners) -> None:
    """Somebody's own numbers, and with them what waits for them."""
    thing = f"{NAME}:person:{reader.person_id}:{context.slot.local_date.isoformat()}"
    if not context.slot.replay and was_told(session, thing, reader.slack_user_id):
        return
    today = company.today(context.now)
    actor = actor_of(
        session,
        reader.slack_user_id,
        today=today,
        default_locale=company.locale,
        default_timezone=company.timezone,
    )
    edition = Edition.of(company, context.now, f"{context.slot.local_time:%H:%M}")
    own = personal_progress(session, actor, edition)
    day = context.slot.local_date
    held = () if context.slot.replay else held_for(session, reader.person_id)
    held = tuple(message for message in held if not reader.is_snoozed(message.kind, day))
    if own is not None:
        message = person_layout.build(
            own,
            locale=actor.locale,
            today=today,
            currency=company.currency,
            timezone=reader.timezone,
            at=edition.at_time,
            news=tuple(map(readable, (m.payload for m in held))),
        )
        payload = {"text": message.text, "blocks": message.blocks}
    elif held:
        payload = payload_of(held, actor.locale)
    else:
        return
    context.post(
        session,
        key=f"person:{actor.person_id}",
        channel=reader.slack_user_id,
        thing=thing,
        payload=payload,
        lives=None if held else _lives(reader.quiet, context.slot.local_time),
    )
    let_go(session, reader.person_id, held)


DAILY_PROGRESS = Job(
    NAME, run, schedules, description_key="daily_progress", max_age=MAX_AGE, feature="targets"
)
