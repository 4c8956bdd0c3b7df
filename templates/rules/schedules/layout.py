"""When the daily progress comes: the list with what was posted last, and the form for one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.names import Locale, Names
from domain.rules.hours import Hours
from domain.rules.quiet import Quiet
from domain.rules.views import LastResult, Spot
from templates.actions import (
    DIGEST_PREVIEW,
    DIGEST_TEST,
    SCHEDULE_AT,
    SCHEDULE_DAYS,
    SCHEDULE_EDIT,
    SCHEDULE_ENABLED,
    SCHEDULE_SAVE,
    SCHEDULE_ZONE,
    Page,
    PlaceRef,
)
from templates.blocks import (
    Block,
    View,
    button,
    checkboxes,
    external_select,
    input_block,
    option,
    radio_buttons,
    section,
    timepicker,
)
from templates.formats import NAME, Reader
from templates.forms import mark, sealed
from templates.i18n import words
from templates.rules.parts import MOST_SHOWN, Note, page, quiet_words, result_words, weekday_names, when
from templates.text import Mrkdwn, shorten

FOLDER = "rules/schedules"
ON, OFF = "on", "off"


@dataclass(frozen=True, slots=True)
class At:
    """A channel, what it reads about, its hours and what became of the last run."""

    channel: str
    names: Names
    hours: Hours
    last: LastResult


@dataclass(frozen=True, slots=True)
class Schedules:
    """The company's hours, and each channel's."""

    usual: Hours
    places: tuple[At, ...]


@dataclass(frozen=True, slots=True)
class ScheduleForm:
    """One place (channel "": the company's hours) with the values as they stand."""

    channel: str
    names: Names
    hours: Hours
    quiet: Quiet
    shown: Mapping[Spot, Any]
    last: LastResult | None = None


def build(
    view: Schedules, *, locale: Locale, today: date, timezone: str = "UTC", note: Note | None = None
) -> View:
    """The list."""
    say, reader = words(locale, FOLDER), Reader(locale, today, timezone=timezone)
    usual = say.usual(when(view.usual, reader), view.usual.timezone)
    blocks = [_changeable(usual, "", reader), *(_entry(at, reader) for at in view.places[:MOST_SHOWN])]
    if not view.places:
        blocks.append(section(say.no_places()))
    return page(say.title(), blocks, reader, callback_id="rules.schedules", note=note)


def _entry(at: At, reader: Reader) -> Block:
    say = words(reader.locale, FOLDER)
    channel, name = shorten(at.channel, NAME), reader.name(at.names)
    said = say.entry(channel, name, when(at.hours, reader), at.hours.timezone)
    return _changeable(Mrkdwn("\n").join([said, result_words(at.last, reader)]), at.channel, reader)


def _changeable(text: Mrkdwn, channel: str, reader: Reader) -> Block:
    shared = words(reader.locale, "rules")
    label = shared.change_label(shorten(channel, NAME)) if channel else shared.change()
    return section(text, accessory=button(shared.change(), SCHEDULE_EDIT.use(PlaceRef(channel)), label=label))


def build_form(
    view: ScheduleForm, *, locale: Locale, today: date, timezone: str = "UTC", note: Note | None = None
) -> View:
    """The form, filled in with what is set now; with what it would say, and what became of the last run."""
    say, reader = words(locale, FOLDER), Reader(locale, today, timezone=timezone)
    about = say.about_usual()
    if view.channel:
        about = say.about(shorten(view.channel, NAME), reader.name(view.names))
    if view.last is not None:
        about = Mrkdwn("\n").join([about, result_words(view.last, reader)])
    place = PlaceRef(view.channel)
    return page(
        say.form_title(), [section(about), *_fields(view, reader)], reader, callback_id=SCHEDULE_SAVE, note=note,
        submit=say.save(), metadata=sealed(SCHEDULE_EDIT.encode(place), view.shown), back=Page.SCHEDULES,
        buttons=[button(say.preview(), DIGEST_PREVIEW.use(place)), button(say.test(), DIGEST_TEST.use(place))],
    )  # fmt: skip


def _fields(view: ScheduleForm, reader: Reader) -> list[Block]:
    say, rev, hours = words(reader.locale, FOLDER), mark(view.shown), view.hours
    hint = say.at_hint_free() if view.quiet.is_off else say.at_hint(quiet_words(view.quiet, reader))
    days = [option(name, str(number)) for number, name in enumerate(weekday_names(reader.locale))]
    states = [option(say.comes(), ON), option(say.does_not_come(), OFF)]
    zone = option(hours.timezone, hours.timezone)
    return [
        input_block(f"at.{rev}", say.at(), timepicker(SCHEDULE_AT, initial=f"{hours.at:%H:%M}"), hint=hint),
        input_block(f"zone.{rev}", say.zone(), external_select(SCHEDULE_ZONE, initial=zone), hint=say.zone_hint()),
        input_block(
            f"days.{rev}", say.days(), checkboxes(SCHEDULE_DAYS, days, initial=[str(d) for d in hours.days]),
            hint=say.days_hint(), optional=True,
        ),
        input_block(
            f"enabled.{rev}", say.enabled(),
            radio_buttons(SCHEDULE_ENABLED, states, initial=ON if hours.enabled else OFF),
        ),
    ]  # fmt: skip


def set_note(channel: str, hours: Hours) -> Note:
    """What is so now."""

    def note(reader: Reader) -> Mrkdwn:
        say, said = words(reader.locale, FOLDER), when(hours, reader)
        if not channel:
            return say.set_usual(said, hours.timezone)
        return say.set_to(shorten(channel, NAME), said, hours.timezone)

    return note


def test_note(channel: str, *, sent: bool) -> Note:
    """Where the test is."""

    def note(reader: Reader) -> Mrkdwn:
        say = words(reader.locale, FOLDER)
        return (say.test_sent if sent else say.test_empty)(shorten(channel, NAME))

    return note


def quiet_error(hours: Hours, quiet: Quiet, locale: Locale) -> str:
    """Under the hour."""
    reader = Reader(locale, date.min)
    said = quiet_words(quiet, reader)
    return words(locale, FOLDER).is_quiet(f"{hours.at:%H:%M}", said, f"{quiet.end:%H:%M}")


def no_day_error(locale: Locale) -> str:
    """Under the days."""
    return words(locale, FOLDER).no_day()


def zone_error(typed: str, locale: Locale) -> str:
    """Under the zone."""
    return words(locale, "rules").unknown_zone(shorten(typed, NAME))
