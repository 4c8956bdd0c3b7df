"""What was filled in on the pages of the company's settings: read, checked, applied."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from bot import payloads
from bot.calls import Call
from bot.menus import zones
from bot.replies import FieldErrors, OpenModal, Reply
from bot.rules import pages, spots
from domain.names import Locale
from domain.rules.changes import MovedOn, change, set_day
from domain.rules.company import Thresholds, load_company
from domain.rules.hours import EVERY_DAY, Hours, as_settings, hours_of, override
from domain.rules.quiet import Quiet
from domain.rules.views import Day, Spot
from domain.targets.places import DAILY_PROGRESS
from templates import actions
from templates.actions import BadPayload, Page, PlaceRef
from templates.formats import Reader
from templates.forms import unsealed
from templates.rules.basics import layout as basics
from templates.rules.calendar import layout as calendar
from templates.rules.parts import Note, moved_on, saved
from templates.rules.schedules import layout as schedules
from templates.rules.thresholds import layout as thresholds

LEAST_OPEN_MINUTES = 4 * 60
MOST_LABEL = 60


class Form:
    """A submitted form: its fields by action id, what it was about, and the values it was drawn with."""

    def __init__(self, call: Call, callback_id: str, *, sealed: bool = True) -> None:
        self.call, self.callback_id = call, callback_id
        self.chosen = payloads.view_state(call.body)
        self.about, self.shown = "", dict[Spot, Any]()
        if sealed:
            self.about, self.shown = unsealed(payloads.metadata(call.body), callback_id)

    def text(self, field: str) -> str:
        """A field's text or choice; empty where it is."""
        found = self.chosen.get(field) or ""
        if not isinstance(found, str):
            raise BadPayload(self.callback_id, field)
        return found.strip()

    def time(self, field: str) -> time:
        """A time that was chosen."""
        try:
            return time.fromisoformat(self.text(field))
        except ValueError as error:
            raise BadPayload(self.callback_id, field) from error

    def day(self, field: str) -> date | None:
        """A day that was chosen; None where none was."""
        found = self.text(field)
        try:
            return date.fromisoformat(found) if found else None
        except ValueError as error:
            raise BadPayload(self.callback_id, field) from error

    def number(self, field: str, most: int) -> Decimal:
        """A number from 0 to `most`, to one decimal."""
        try:
            found = Decimal(self.text(field))
        except InvalidOperation as error:
            raise BadPayload(self.callback_id, field) from error
        if not found.is_finite() or not 0 <= found <= most:
            raise BadPayload(self.callback_id, field)
        return round(found, 1)

    def error(self, field: str, words: str) -> Reply:
        """What is wrong, under its field."""
        return FieldErrors({payloads.block_ids(self.call.body).get(field, field): words})

    def apply(self, wanted: Mapping[Spot, Any]) -> int:
        """Set it; how many settings differ. Raises MovedOn."""
        call = self.call
        return change(
            call.session, wanted, self.shown, actor=call.actor, now=call.now, request_id=call.request_id
        )


def moved(moved: MovedOn) -> Note:
    """What whoever comes second reads."""
    return moved_on(moved.who, moved.at)


def save_schedule(call: Call) -> Reply:
    """When a channel gets the daily progress, or all of them do."""
    form = Form(call, actions.SCHEDULE_SAVE)
    asked = actions.SCHEDULE_EDIT.decode(form.about)
    company = load_company(call.session)
    hours, wrong = _hours(form)
    if wrong is not None:
        return wrong
    if hours.enabled and company.quiet.covers(hours.at):
        words = schedules.quiet_error(hours, company.quiet, call.locale)
        return form.error(actions.SCHEDULE_AT, words)
    try:
        changes = form.apply(_schedule_spots(call, asked, hours))
    except MovedOn as second:
        return OpenModal(pages.schedule_form(call, asked, moved(second)))
    note = saved(changes, schedules.set_note(asked.channel, hours))
    return OpenModal(pages.page(call, Page.SCHEDULES, note))


def _schedule_spots(call: Call, asked: PlaceRef, hours: Hours) -> dict[Spot, Any]:
    company = load_company(call.session)
    if asked.channel:
        return {Spot(spots.OVERRIDES, asked.channel): override(company, DAILY_PROGRESS, asked.channel, hours)}
    now = as_settings(hours_of(company, DAILY_PROGRESS), DAILY_PROGRESS)
    wanted = as_settings(hours, DAILY_PROGRESS)
    return {Spot(name): value for name, value in wanted.items() if value != now[name]}


def _hours(form: Form) -> tuple[Hours, Reply | None]:
    """The hours of the form, or what is wrong with them."""
    zone = form.text(actions.SCHEDULE_ZONE)
    picked = form.chosen.get(actions.SCHEDULE_DAYS) or []
    if not isinstance(picked, list) or not {str(day) for day in picked} <= {str(day) for day in EVERY_DAY}:
        raise BadPayload(form.callback_id, actions.SCHEDULE_DAYS)
    days = tuple(sorted(int(day) for day in picked))
    enabled = form.text(actions.SCHEDULE_ENABLED) != schedules.OFF
    hours = Hours(form.time(actions.SCHEDULE_AT), zone, days or EVERY_DAY, enabled)
    if zone not in zones() and zone != form.call.company.timezone:
        return hours, form.error(actions.SCHEDULE_ZONE, schedules.zone_error(zone, form.call.locale))
    if enabled and not days:
        return hours, form.error(actions.SCHEDULE_DAYS, schedules.no_day_error(form.call.locale))
    return hours, None


def save_basics(call: Call) -> Reply:
    """Language and quiet hours."""
    form = Form(call, actions.BASICS_SAVE)
    try:
        language = Locale(form.text(actions.BASICS_LANGUAGE))
    except ValueError as error:
        raise BadPayload(form.callback_id, actions.BASICS_LANGUAGE) from error
    quiet = Quiet(form.time(actions.BASICS_QUIET_FROM), form.time(actions.BASICS_QUIET_TO))
    left = quiet.left(quiet.end)
    if left is not None and left.total_seconds() < LEAST_OPEN_MINUTES * 60:
        return form.error(actions.BASICS_QUIET_TO, basics.too_long_error(call.locale))
    company = load_company(call.session)
    wanted: dict[Spot, Any] = {} if language is company.locale else {Spot("company.locale"): language.value}
    if quiet != company.quiet:
        wanted |= {Spot("quiet.from"): f"{quiet.start:%H:%M}", Spot("quiet.to"): f"{quiet.end:%H:%M}"}
    try:
        changes = form.apply(wanted)
    except MovedOn as second:
        return OpenModal(pages.basics_page(call, moved(second)))
    usual = hours_of(company, DAILY_PROGRESS).at
    opened = quiet.opened(usual) if quiet.covers(usual) else None
    note = saved(changes, basics.set_note(basics.Basics(language, quiet, {}), opened))
    return OpenModal(pages.basics_page(call, note))


def save_thresholds(call: Call) -> Reply:
    """When a target counts as behind."""
    form = Form(call, actions.THRESHOLDS_SAVE)
    wanted = Thresholds(
        form.number(actions.THRESHOLDS_TOLERANCE, 20),
        form.number(actions.THRESHOLDS_BEHIND, 100),
        form.number(actions.THRESHOLDS_FAR, 100),
    )
    if wanted.far_behind_percent >= wanted.behind_percent:
        return form.error(actions.THRESHOLDS_FAR, thresholds.not_less_error(call.locale))
    now = load_company(call.session).thresholds
    names = [spot.key.removeprefix("thresholds.") for spot in spots.THRESHOLDS]
    values = {
        Spot(f"thresholds.{name}"): _json_number(getattr(wanted, name))
        for name in names
        if getattr(wanted, name) != getattr(now, name)
    }
    try:
        changes = form.apply(values)
    except MovedOn as second:
        return OpenModal(pages.thresholds_page(call, moved(second)))
    return OpenModal(pages.thresholds_page(call, saved(changes, thresholds.set_note(wanted))))


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def add_day(call: Call) -> Reply:
    """One more day off, or one worked in exchange."""
    form = Form(call, actions.CALENDAR_ADD, sealed=False)
    day, worked = form.day(actions.CALENDAR_DAY), form.text(actions.CALENDAR_KIND) == calendar.WORKED
    if day is None:
        raise BadPayload(form.callback_id, actions.CALENDAR_DAY)
    if why := _day_trouble(call, day, worked):
        return form.error(actions.CALENDAR_DAY, calendar.day_error(why, call.locale))
    wanted = Day(day, worked, form.text(actions.CALENDAR_LABEL)[:MOST_LABEL])
    try:
        set_day(call.session, wanted, actor=call.actor, now=call.now, request_id=call.request_id)
    except MovedOn as there:
        reader = Reader(call.locale, call.today)
        return form.error(actions.CALENDAR_DAY, calendar.there_error(day, there.who, reader))
    return OpenModal(pages.calendar_page(call, calendar.added_note(day)))


def _day_trouble(call: Call, day: date, worked: bool) -> str:
    """Why the day makes no difference, or too much of one; empty where it is right."""
    if day < call.today:
        return "past"
    week = replace(load_company(call.session).calendar, closed=frozenset(), open=frozenset())
    if worked == week.is_working(day):
        return "no_difference" if worked else "weekend_anyway"
    return ""
