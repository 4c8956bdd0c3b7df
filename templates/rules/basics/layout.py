"""The company's language and quiet hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from domain.names import Locale
from domain.rules.quiet import Quiet
from domain.rules.views import Spot
from templates.actions import BASICS_LANGUAGE, BASICS_QUIET_FROM, BASICS_QUIET_TO, BASICS_SAVE
from templates.blocks import View, input_block, option, section, static_select, timepicker
from templates.formats import Reader
from templates.forms import mark, sealed
from templates.i18n import words
from templates.rules.parts import LANGUAGES, Note, page, quiet_words
from templates.text import Mrkdwn

FOLDER = "rules/basics"


@dataclass(frozen=True, slots=True)
class Basics:
    """The values as they stand."""

    language: Locale
    quiet: Quiet
    shown: Mapping[Spot, Any]


def build(
    view: Basics, *, locale: Locale, today: date, timezone: str = "UTC", note: Note | None = None
) -> View:
    """The form."""
    say, reader, rev = words(locale, FOLDER), Reader(locale, today, timezone=timezone), mark(view.shown)
    languages = [option(name, language.value) for language, name in LANGUAGES.items()]
    chosen = static_select(BASICS_LANGUAGE, languages, initial=view.language.value)
    blocks = [
        section(say.about()),
        input_block(f"language.{rev}", say.language(), chosen, hint=say.language_hint()),
        input_block(
            f"from.{rev}", say.quiet_from(), timepicker(BASICS_QUIET_FROM, initial=f"{view.quiet.start:%H:%M}")
        ),
        input_block(
            f"to.{rev}", say.quiet_to(), timepicker(BASICS_QUIET_TO, initial=f"{view.quiet.end:%H:%M}"),
            hint=say.quiet_hint(),
        ),
    ]  # fmt: skip
    return page(
        say.title(), blocks, reader, callback_id=BASICS_SAVE, note=note, submit=say.save(),
        metadata=sealed("", view.shown),
    )  # fmt: skip


def set_note(view: Basics, moved_to: time | None = None) -> Note:
    """What is so now; `moved_to`: when the daily progress comes, where its hour is quiet from now on."""

    def note(reader: Reader) -> Mrkdwn:
        say = words(reader.locale, FOLDER)
        now = say.set_to(LANGUAGES[view.language], quiet_words(view.quiet, reader))
        return reader.sentences(now, say.moved(f"{moved_to:%H:%M}") if moved_to else None)

    return note


def too_long_error(locale: Locale) -> str:
    """Under the end of the quiet hours."""
    return words(locale, FOLDER).too_long()
