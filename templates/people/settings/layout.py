"""A person's own settings: the modal, and what is said once they are saved."""

from dataclasses import dataclass
from datetime import date

from domain.names import Locale
from templates.actions import SETTINGS_DIGEST, SETTINGS_LANGUAGE, SETTINGS_SAVE
from templates.blocks import Message, View, input_block, message, modal, option, section, static_select
from templates.formats import Reader
from templates.i18n import words

# Values of the two fields. A language is a Locale's value, or this:
AS_SLACK = "slack"
# The daily progress: an `actions.Until`'s value (off: every working day), or this: as it is.
KEEP = "keep"
# Each language is named in itself, so that somebody lost in another finds the way back.
LANGUAGES = {Locale.EN: "English", Locale.ZH_HANT: "繁體中文", Locale.ZH_HANS: "简体中文"}


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's choices: language None as in Slack; no digests before `snoozed_until`."""

    language: Locale | None
    snoozed_until: date | None


def build(view: Settings, *, locale: Locale, today: date) -> View:
    """The modal, filled in with what is chosen now. Its callback id is `actions.SETTINGS_SAVE`."""
    say = words(locale, "people/settings")
    languages = [option(say.as_slack(), AS_SLACK)]
    languages += [option(name, language.value) for language, name in LANGUAGES.items()]
    digests = [option(say.every_day(), "off")]
    paused = view.snoozed_until is not None and view.snoozed_until > today
    if paused:
        until = Reader(locale, today).day(view.snoozed_until)
        digests.append(option(say.paused_until(until), KEEP))
    digests += [option(say.pause_tomorrow(), "tomorrow"), option(say.pause_monday(), "monday")]
    language = static_select(
        SETTINGS_LANGUAGE, languages, initial=view.language.value if view.language else AS_SLACK
    )
    digest = static_select(SETTINGS_DIGEST, digests, initial=KEEP if paused else "off")
    return modal(
        say.title(),
        [
            input_block("language", say.language(), language, hint=say.language_hint()),
            input_block("digest", say.digest(), digest, hint=say.digest_hint()),
        ],
        callback_id=SETTINGS_SAVE,
        submit=say.save(),
        close=say.cancel(),
    )


def build_saved(view: Settings, *, locale: Locale, today: date) -> Message:
    """What the person has now; `locale` is the language just chosen."""
    say, reader = words(locale, "people/settings"), Reader(locale, today)
    language = say.saved(LANGUAGES[view.language]) if view.language else say.saved_as_slack()
    if view.snoozed_until is not None and view.snoozed_until > today:
        digests = say.digests_paused(reader.day(view.snoozed_until))
    else:
        digests = say.digests_come()
    said = reader.sentences(language, digests)
    return message(said, section(said))
