"""A person's own settings: the modal, and what is said once they are saved."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from domain.names import Locale
from domain.rules.quiet import NIGHT, Quiet
from domain.rules.views import Spot
from templates.actions import (
    DELIVERIES_OPEN,
    OWN_TEST,
    PAUSE_OPEN,
    SETTINGS_AT,
    SETTINGS_LANGUAGE,
    SETTINGS_QUIET_FROM,
    SETTINGS_QUIET_TO,
    SETTINGS_SAVE,
    SETTINGS_ZONE,
    Nothing,
)
from templates.blocks import (
    Block,
    Element,
    Message,
    View,
    action_row,
    button,
    external_select,
    input_block,
    message,
    modal,
    option,
    section,
    static_select,
)
from templates.formats import NAME, Reader
from templates.forms import mark
from templates.i18n import Words, words
from templates.rules.parts import AS_COMPANY, LANGUAGES, quiet_words
from templates.text import shorten

FOLDER = "people/settings"
# A language is a Locale's value, or this:
AS_SLACK = "slack"
# What the daily progress was set to in forms of earlier releases: as it is.
KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's choices, None where they have none; `usual_at`, `usual_quiet` and `slack_zone` count then.

    No digests come before `snoozed_until`.
    """

    language: Locale | None
    snoozed_until: date | None = None
    at: time | None = None
    zone: str | None = None
    quiet: Quiet | None = None
    usual_at: time = time(8, 30)
    usual_quiet: Quiet = NIGHT
    slack_zone: str = "UTC"
    earliest: time = time(6)
    latest: time = time(21)


def build(view: Settings, *, locale: Locale, today: date, tested: bool = False) -> View:
    """The modal, filled in with what is chosen now; `tested`: a test has just been sent."""
    del today
    say = words(locale, FOLDER)
    blocks = [section(say.test_sent())] if tested else []
    blocks += _fields(view, say)
    blocks.append(
        action_row(
            button(say.pause(), PAUSE_OPEN.use(Nothing())),
            button(say.deliveries(), DELIVERIES_OPEN.use(Nothing())),
            button(say.test(), OWN_TEST.use(Nothing())),
        )
    )
    return modal(say.title(), blocks, callback_id=SETTINGS_SAVE, submit=say.save(), close=say.cancel())


def _fields(view: Settings, say: Words) -> list[Block]:
    rev = mark({Spot("settings"): [str(view.at), view.zone, str(view.quiet)]})
    languages = [option(say.as_slack(), AS_SLACK)]
    languages += [option(name, language.value) for language, name in LANGUAGES.items()]
    chosen = static_select(
        SETTINGS_LANGUAGE, languages, initial=view.language.value if view.language else AS_SLACK
    )
    zone = option(view.zone, view.zone) if view.zone else None
    usual = view.usual_quiet
    start, end = (view.quiet.start, view.quiet.end) if view.quiet else (None, None)
    hours = _times(view.earliest, view.latest, view.at)
    at = _select(SETTINGS_AT, hours, say.as_company(f"{view.usual_at:%H:%M}"), view.at)
    every = _times(time(0), time(23, 30), None)
    return [
        input_block("language", say.language(), chosen, hint=say.language_hint()),
        input_block(f"at.{rev}", say.at(), at, hint=say.at_hint()),
        input_block(
            f"zone.{rev}", say.zone(), external_select(SETTINGS_ZONE, initial=zone),
            hint=say.zone_hint(view.slack_zone), optional=True,
        ),
        input_block(
            f"from.{rev}", say.quiet_from(),
            _select(SETTINGS_QUIET_FROM, every, say.as_company(f"{usual.start:%H:%M}"), start),
        ),
        input_block(
            f"to.{rev}", say.quiet_to(),
            _select(SETTINGS_QUIET_TO, every, say.as_company(f"{usual.end:%H:%M}"), end),
            hint=say.quiet_hint(),
        ),
    ]  # fmt: skip


def _times(first: time, last: time, own: time | None) -> list[time]:
    """Every half hour, and the person's own time should it be another."""
    half, at, found = timedelta(minutes=30), timedelta(hours=first.hour, minutes=first.minute), set[time]()
    while at <= timedelta(hours=last.hour, minutes=last.minute):
        found.add(time(at.seconds // 3600, at.seconds // 60 % 60))
        at += half
    return sorted(found | ({own} if own else set()))


def _select(action_id: str, times: list[time], usual: str, own: time | None) -> Element:
    options = [option(usual, AS_COMPANY)]
    written = [f"{at:%H:%M}" for at in sorted({*times, *([own] if own else [])})]
    options += [option(at, at) for at in written]
    return static_select(action_id, options, initial=f"{own:%H:%M}" if own else AS_COMPANY)


def build_saved(view: Settings, *, locale: Locale, today: date) -> Message:
    """What the person has now; `locale` is the language just chosen."""
    say, reader = words(locale, FOLDER), Reader(locale, today)
    language = say.saved(LANGUAGES[view.language]) if view.language else say.saved_as_slack()
    if view.snoozed_until is not None and view.snoozed_until > today:
        digests = say.digests_paused(reader.day(view.snoozed_until))
    else:
        at = (view.quiet or view.usual_quiet).opened(view.at or view.usual_at)
        digests = say.digests_come(f"{at:%H:%M}", shorten(view.zone or view.slack_zone, NAME))
    said = reader.sentences(language, digests)
    return message(said, section(said))


def hour_error(why: str, view: Settings, locale: Locale) -> str:
    """Under the hour: `out_of_bounds`, `quiet`."""
    say = words(locale, FOLDER)
    if why == "out_of_bounds":
        return say.out_of_bounds(f"{view.earliest:%H:%M}", f"{view.latest:%H:%M}")
    quiet = quiet_words(view.quiet or view.usual_quiet, Reader(locale, date.min))
    return say.is_quiet(f"{view.at:%H:%M}", quiet)
