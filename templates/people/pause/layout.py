"""Pausing one's own messages: all of them or one kind, at once or for a leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.names import Locale
from domain.people.views import Kind
from templates.actions import PAUSE_DAY, PAUSE_FIRST, PAUSE_KIND, PAUSE_SAVE, PAUSE_UNTIL, Until
from templates.blocks import (
    Message,
    View,
    datepicker,
    input_block,
    message,
    modal,
    option,
    radio_buttons,
    section,
)
from templates.formats import Reader
from templates.i18n import words
from templates.text import Mrkdwn

FOLDER = "people/pause"
ALL, A_DAY = "all", "day"


@dataclass(frozen=True, slots=True)
class Pause:
    """What is paused: everything from `first` until `until`, and single kinds."""

    until: date | None = None
    first: date | None = None
    kinds: Mapping[str, date] = field(default_factory=dict)


def kind_name(kind: Kind, locale: Locale) -> Mrkdwn:
    """A kind of message in words."""
    say = words(locale, FOLDER)
    return say.daily_progress() if kind is Kind.DAILY_PROGRESS else say.news()


def in_words(view: Pause, reader: Reader) -> Mrkdwn | None:
    """What is paused and until when; None where nothing is."""
    say = words(reader.locale, FOLDER)
    parts = []
    if view.until is not None and view.until > reader.today:
        until = reader.day(view.until)
        if view.first is not None and view.first > reader.today:
            parts.append(say.part_from(say.everything(), reader.day(view.first), until))
        else:
            parts.append(say.part(say.everything(), until))
    for kind in Kind:
        day = view.kinds.get(kind)
        if day is not None and day > reader.today:
            parts.append(say.part(kind_name(kind, reader.locale), reader.day(day)))
    return reader.listed(parts) if parts else None


def build(view: Pause, *, locale: Locale, today: date) -> View:
    """The modal."""
    say, reader = words(locale, FOLDER), Reader(locale, today)
    now = in_words(view, reader)
    kinds = [option(say.everything(), ALL)]
    kinds += [option(kind_name(kind, locale), kind.value) for kind in Kind]
    untils = [
        option(say.tomorrow(), Until.TOMORROW), option(say.monday(), Until.MONDAY), option(say.a_day(), A_DAY),
        option(say.off(), Until.OFF),
    ]  # fmt: skip
    has_day = view.until is not None and view.until > today
    day = datepicker(PAUSE_DAY, initial=view.until.isoformat() if has_day and view.until else "")
    first = datepicker(PAUSE_FIRST, initial=view.first.isoformat() if has_day and view.first else "")
    blocks = [
        section(say.about()),
        section(say.now(now)) if now else None,
        input_block("kind", say.kind(), radio_buttons(PAUSE_KIND, kinds, initial=ALL)),
        input_block("until", say.until(), radio_buttons(PAUSE_UNTIL, untils, initial=A_DAY if has_day else "tomorrow")),
        input_block("day", say.day(), day, optional=True),
        input_block("first", say.first(), first, hint=say.first_hint(), optional=True),
    ]  # fmt: skip
    kept = [block for block in blocks if block is not None]
    return modal(say.title(), kept, callback_id=PAUSE_SAVE, submit=say.save(), close=say.cancel())


def build_saved(view: Pause, *, locale: Locale, today: date) -> Message:
    """What is paused now."""
    say, now = words(locale, FOLDER), in_words(view, Reader(locale, today))
    said = say.saved(now) if now else say.saved_off()
    return message(said, section(said))


def error_words(why: str, locale: Locale) -> str:
    """Under a day: `needs_day`, `past`, `backwards`, `all_only`."""
    say = words(locale, FOLDER)
    return {
        "needs_day": say.needs_day, "past": say.past, "backwards": say.backwards, "all_only": say.all_only,
    }[why]()  # fmt: skip
