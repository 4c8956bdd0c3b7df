"""The answer to Snooze: until when, and how to take it back."""

from dataclasses import dataclass
from datetime import date

from domain.names import Locale
from templates.actions import SNOOZE, Snooze, Until
from templates.blocks import Message, action_row, button, message, section
from templates.formats import Reader
from templates.i18n import words


@dataclass(frozen=True, slots=True)
class Snoozed:
    """No digests before `until`; None: they come again."""

    until: date | None


def build(view: Snoozed, *, locale: Locale, today: date) -> Message:
    """For the person who asked for it."""
    say = words(locale, "people/snoozed")
    if view.until is None:
        said = say.resumed()
        return message(said, section(said))
    said = say.paused(Reader(locale, today).day(view.until))
    resume = button(say.resume(), SNOOZE.use(Snooze(Until.OFF)))
    return message(said, section(said), action_row(resume))
