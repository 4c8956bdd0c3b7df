"""The company's days off and the days worked in exchange: the next ninety days, and a form for one more."""

from dataclasses import dataclass
from datetime import date

from domain.names import Locale, Names
from domain.rules.views import Day
from templates.actions import CALENDAR_ADD, CALENDAR_DAY, CALENDAR_KIND, CALENDAR_LABEL, DAY_REMOVE, DayRef
from templates.blocks import (
    Block,
    View,
    button,
    datepicker,
    input_block,
    option,
    plain_text_input,
    radio_buttons,
    section,
)
from templates.formats import NAME, Reader
from templates.i18n import words
from templates.rules.parts import MOST_SHOWN, Note, page, weekday_names
from templates.text import Mrkdwn, shorten

FOLDER = "rules/calendar"
OFF, WORKED = "off", "worked"


@dataclass(frozen=True, slots=True)
class ComingDays:
    """The days that differ from the usual week, up to and including `last`. `drawn` tells fresh fields apart."""

    days: tuple[Day, ...]
    last: date
    drawn: str = "0"


def build(
    view: ComingDays, *, locale: Locale, today: date, timezone: str = "UTC", note: Note | None = None
) -> View:
    """The list, each day with the way to take it out, and below it the form for another."""
    say, reader = words(locale, FOLDER), Reader(locale, today, timezone=timezone)
    last = reader.day(view.last)
    blocks = [section(say.coming(last) if view.days else say.no_days(last))]
    blocks += [_entry(day, reader) for day in view.days[:MOST_SHOWN]]
    if len(view.days) > MOST_SHOWN:
        blocks.append(section(say.more(len(view.days) - MOST_SHOWN)))
    kinds = [option(say.kind_off(), OFF), option(say.kind_worked(), WORKED)]
    blocks += [
        input_block(f"day.{view.drawn}", say.day(), datepicker(CALENDAR_DAY)),
        input_block(f"kind.{view.drawn}", say.kind(), radio_buttons(CALENDAR_KIND, kinds, initial=OFF)),
        input_block(
            f"label.{view.drawn}", say.label(), plain_text_input(CALENDAR_LABEL, most=60),
            hint=say.label_hint(), optional=True,
        ),
    ]  # fmt: skip
    return page(say.title(), blocks, reader, callback_id=CALENDAR_ADD, note=note, submit=say.add())


def _entry(day: Day, reader: Reader) -> Block:
    say = words(reader.locale, FOLDER)
    shown, weekday = reader.day(day.day), weekday_names(reader.locale)[day.day.weekday()]
    if day.label:
        text = (say.worked if day.is_working else say.off)(shown, weekday, shorten(day.label, NAME))
    else:
        text = (say.worked_bare if day.is_working else say.off_bare)(shown, weekday)
    use = DAY_REMOVE.use(DayRef(day.day.isoformat()))
    return section(text, accessory=button(say.remove(), use, label=say.remove_label(shown)))


def added_note(day: date) -> Note:
    """It is in."""
    return lambda reader: words(reader.locale, FOLDER).added(reader.day(day))


def removed_note(day: date, *, was_there: bool) -> Note:
    """It is out, or was out before."""

    def note(reader: Reader) -> Mrkdwn:
        say = words(reader.locale, FOLDER)
        return (say.removed if was_there else say.gone)(reader.day(day))

    return note


def there_error(day: date, who: Names | None, reader: Reader) -> str:
    """Under the day: somebody has entered it."""
    say = words(reader.locale, FOLDER)
    return say.there_by(reader.day(day), reader.name(who)) if who else say.there(reader.day(day))


def day_error(why: str, locale: Locale) -> str:
    """Under the day: `past`, `no_difference`, `weekend_anyway`."""
    say = words(locale, FOLDER)
    return {"past": say.past, "no_difference": say.no_difference, "weekend_anyway": say.weekend_anyway}[why]()
