"""What a person gets without asking, and a test of it."""

from datetime import datetime

from bot.calls import Call
from bot.people.settings import paused
from domain.delivery.queries import last_sent
from domain.people.manners import Manners, manners_of
from domain.people.rights import Right
from domain.rules.company import Company, load_company
from domain.rules.hours import Hours, hours_of
from domain.targets.digests import Edition, personal_progress
from domain.targets.places import DAILY_PROGRESS, Place, places
from domain.targets.views import ScopeKind
from templates.people.deliveries.layout import Deliveries
from templates.rules.preview.layout import Preview
from templates.targets.daily_progress_person import layout as person_layout


def deliveries(call: Call) -> Deliveries:
    """Own numbers, channels of the regions the person has to do with, and news."""
    company = load_company(call.session)
    reader = manners_of(call.session, company, call.actor.person_id, today=call.today)
    own = _own_hours(company, reader) if call.actor.sells and reader else None
    return Deliveries(
        own=own,
        sent_at=_sent_at(call) if own else None,
        channels=tuple(
            (place.channel, place.scope.names, hours_of(company, DAILY_PROGRESS, place.channel))
            for place in places(call.session, company)
            if _concerns(call, place)
        ),
        quiet=reader.quiet if reader else company.quiet,
        pause=paused(call),
    )


def _own_hours(company: Company, reader: Manners) -> Hours:
    usual = hours_of(company, DAILY_PROGRESS)
    return Hours(reader.hour(usual.at), reader.timezone, usual.days, usual.enabled)


def _sent_at(call: Call) -> datetime | None:
    return last_sent(call.session, f"{DAILY_PROGRESS}:person:{call.actor.person_id}:")


def _concerns(call: Call, place: Place) -> bool:
    if place.scope.kind is ScopeKind.COMPANY:
        return call.actor.has(Right.SEE_REGIONS)
    return place.scope.id in call.actor.regions or place.scope.id in call.actor.leads


def own_preview(call: Call) -> Preview:
    """The person's own daily progress as of now."""
    company = load_company(call.session)
    reader = manners_of(call.session, company, call.actor.person_id, today=call.today)
    at = reader.hour(hours_of(company, DAILY_PROGRESS).at) if reader else hours_of(company, DAILY_PROGRESS).at
    own = None
    if call.actor.sells:
        own = personal_progress(call.session, call.actor, Edition.of(company, call.now, f"{at:%H:%M}"))
    if own is None:
        return Preview("", None)
    return Preview("", person_layout.build(own, at=f"{at:%H:%M}", **call.reading))
