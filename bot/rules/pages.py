"""The pages of the company's settings, each read anew: another process may have changed them a moment ago."""

from datetime import date, timedelta
from typing import Any

from bot.calls import Call
from bot.rules import spots
from domain.delivery.queries import known_channel
from domain.names import Names
from domain.people.roles import counts
from domain.rules.changes import coming_days
from domain.rules.company import Company, load_company
from domain.rules.hours import hours_of
from domain.rules.results import last_result
from domain.rules.views import LastResult, Spot
from domain.targets.places import DAILY_PROGRESS, Place, places
from domain.targets.scopes import company_scope
from templates.actions import DAY_REMOVE, BadPayload, ChannelUse, DayRef, Page, PlaceRef
from templates.people.roles import layout as roles
from templates.rules.basics import layout as basics
from templates.rules.calendar import layout as calendar
from templates.rules.channels import layout as channels
from templates.rules.company import layout as overview
from templates.rules.parts import Note
from templates.rules.schedules import layout as schedules
from templates.rules.thresholds import layout as thresholds

View = dict[str, Any]
AHEAD = timedelta(days=90)


def page(call: Call, asked: Page, note: Note | None = None) -> View:
    """One of the pages."""
    made = {
        Page.CHANNELS: channels_page,
        Page.SCHEDULES: schedules_page,
        Page.BASICS: basics_page,
        Page.CALENDAR: calendar_page,
        Page.THRESHOLDS: thresholds_page,
        Page.ROLES: roles_page,
    }
    return made[asked](call, note) if asked in made else overview_page(call)


def overview_page(call: Call) -> View:
    """Everything at a glance."""
    company = load_company(call.session)
    today = company.today(call.now)
    found = spots.uses(call, company)
    days = coming_days(call.session, today, today + AHEAD)
    people = counts(call.session, today=today)
    view = overview.Overview(
        purposes=sum(1 for use in found if use.purpose and use.channel),
        regions=sum(1 for use in found if use.region and use.channel),
        all_regions=sum(1 for use in found if use.region),
        hours=hours_of(company, DAILY_PROGRESS),
        language=company.locale,
        quiet=company.quiet,
        days_off=sum(not day.is_working for day in days),
        days_worked=sum(day.is_working for day in days),
        thresholds=company.thresholds,
        people=people.people,
        admins=people.admins,
        results=tuple((place.channel, _last(call, place)) for place in by_channel(call, company).values()),
    )
    return overview.build(view, **call.seeing)


def by_channel(call: Call, company: Company) -> dict[str, Place]:
    """What each channel reads about; of several regions in one channel, the first."""
    found: dict[str, Place] = {}
    for place in places(call.session, company):
        found.setdefault(place.channel, place)
    return found


def _last(call: Call, place: Place) -> LastResult:
    return last_result(call.session, place.schedule, now=call.now)


def channels_page(call: Call, note: Note | None = None) -> View:
    """Which channel is for what."""
    found = spots.uses(call, load_company(call.session))
    return channels.build(channels.Channels(found), note=note, **call.seeing)


def channel_form(call: Call, asked: ChannelUse, note: Note | None = None) -> View:
    """The form for one of them."""
    company = load_company(call.session)
    region = spots.region_of(call, asked)
    use = spots.use_of(company, asked, region)
    about = [spots.channel_spot(company, asked, region)]
    if use.channel:
        about.append(Spot(spots.CHANNEL_SETTINGS, use.channel))
    slack_id = known_channel(call.session, use.channel) if use.channel else ""
    form = channels.ChannelForm(use, spots.shown(call, about), company.locale, slack_id)
    return channels.build_form(form, note=note, **call.seeing)


def schedules_page(call: Call, note: Note | None = None) -> View:
    """When each channel gets the daily progress, and what became of the last."""
    company = load_company(call.session)
    found = tuple(
        schedules.At(
            channel, place.scope.names, hours_of(company, DAILY_PROGRESS, channel), _last(call, place)
        )
        for channel, place in by_channel(call, company).items()
    )
    view = schedules.Schedules(hours_of(company, DAILY_PROGRESS), found)
    return schedules.build(view, note=note, **call.seeing)


def schedule_form(call: Call, asked: PlaceRef, note: Note | None = None) -> View:
    """The form for one channel, or for the company's hours."""
    company = load_company(call.session)
    place = by_channel(call, company).get(asked.channel)
    names: Names = place.scope.names if place else company_scope(company).names
    form = schedules.ScheduleForm(
        channel=asked.channel,
        names=names,
        hours=hours_of(company, DAILY_PROGRESS, asked.channel),
        quiet=company.quiet,
        shown=spots.shown(call, spots.schedule_spots(asked.channel)),
        last=_last(call, place) if place else None,
    )
    return schedules.build_form(form, note=note, **call.seeing)


def basics_page(call: Call, note: Note | None = None) -> View:
    """Language and quiet hours."""
    company = load_company(call.session)
    form = basics.Basics(company.locale, company.quiet, spots.shown(call, spots.BASICS))
    return basics.build(form, note=note, **call.seeing)


def thresholds_page(call: Call, note: Note | None = None) -> View:
    """When a target counts as behind."""
    company = load_company(call.session)
    form = thresholds.ThresholdForm(company.thresholds, spots.shown(call, spots.THRESHOLDS))
    return thresholds.build(form, note=note, **call.seeing)


def calendar_page(call: Call, note: Note | None = None) -> View:
    """The next ninety days."""
    last = call.today + AHEAD
    found = tuple(coming_days(call.session, call.today, last))
    return calendar.build(
        calendar.ComingDays(found, last, drawn=call.request_id[:8]), note=note, **call.seeing
    )


def roles_page(call: Call, note: Note | None = None) -> View:
    """Whose roles?"""
    return roles.build(roles.Find(), note=note, **call.seeing)


def day_of(asked: DayRef) -> date:
    """The day a button is about. Raises BadPayload."""
    try:
        return date.fromisoformat(asked.day)
    except ValueError as error:
        raise BadPayload(DAY_REMOVE.id, "no day") from error
