"""What the pages of the company's settings have in common."""

from collections.abc import Callable, Sequence
from datetime import datetime

from domain.names import Locale, Names
from domain.rules.hours import Hours
from domain.rules.quiet import Quiet
from domain.rules.views import LastResult, Outcome
from templates.actions import COMPANY_PAGE, CompanyPage, Page
from templates.blocks import Block, Element, View, action_row, button, modal, section
from templates.formats import Reader
from templates.i18n import words
from templates.rules.channel_paused.layout import cause
from templates.text import Mrkdwn

MOST_SHOWN = 40
# What is said on top of a page about what has just been done, to one reader.
Note = Callable[[Reader], Mrkdwn]
# Each language is named in itself, so that somebody lost in another finds the way back.
LANGUAGES = {Locale.EN: "English", Locale.ZH_HANT: "繁體中文", Locale.ZH_HANS: "简体中文"}
AS_COMPANY = "company"


def page(
    title: str,
    blocks: Sequence[Block | None],
    reader: Reader,
    *,
    callback_id: str,
    note: Note | None = None,
    submit: str = "",
    metadata: str = "",
    buttons: Sequence[Element] = (),
    back: Page | None = Page.OVERVIEW,
) -> View:
    """A modal: the note on top, then the page, then its buttons and the way back."""
    shared = words(reader.locale, "rules")
    row = list(buttons)
    if back is not None:
        row.append(button(shared.back(), COMPANY_PAGE.use(CompanyPage(back))))
    kept = [block for block in (section(note(reader)) if note else None, *blocks) if block is not None]
    if row:
        kept.append(action_row(*row))
    return modal(
        title, kept, callback_id=callback_id, submit=submit, close=shared.close(), private_metadata=metadata
    )


def moved_on(who: Names | None, at: datetime | None) -> Note:
    """What is said to whoever comes second."""

    def note(reader: Reader) -> Mrkdwn:
        say = words(reader.locale, "rules")
        if at is None:
            return say.moved_on_once()
        moment = reader.moment(at)
        return say.moved_on(reader.name(who), moment) if who else say.moved_on_at(moment)

    return note


def saved(changes: int, more: Note | None = None) -> Note:
    """What is said once it is done."""

    def note(reader: Reader) -> Mrkdwn:
        say = words(reader.locale, "rules")
        done = say.saved() if changes else say.unchanged()
        # Bold ends at a space in every language.
        return Mrkdwn(" ").join([done, more(reader)]) if more and changes else done

    return note


def weekday_names(locale: Locale) -> tuple[Mrkdwn, ...]:
    """Monday first."""
    say = words(locale, "rules")
    return (
        say.monday(), say.tuesday(), say.wednesday(), say.thursday(), say.friday(), say.saturday(), say.sunday(),
    )  # fmt: skip


def when(hours: Hours, reader: Reader) -> Mrkdwn:
    """Days and hour in words."""
    say, at = words(reader.locale, "rules"), f"{hours.at:%H:%M}"
    if not hours.enabled:
        return say.switched_off()
    if hours.is_every_working_day:
        return say.every_working_day(at)
    names = weekday_names(reader.locale)
    return say.some_days(reader.listed([names[day] for day in hours.days]), at)


def quiet_words(quiet: Quiet, reader: Reader) -> Mrkdwn:
    """From when to when it is quiet."""
    say = words(reader.locale, "rules")
    if quiet.is_off:
        return say.no_quiet_hours()
    return say.quiet_hours(f"{quiet.start:%H:%M}", f"{quiet.end:%H:%M}")


def result_words(result: LastResult, reader: Reader) -> Mrkdwn:
    """What became of the last run."""
    say, at = words(reader.locale, "rules"), reader.moment(result.due_at)
    match result.outcome:
        case Outcome.NEVER:
            return say.never()
        case Outcome.REFUSED:
            why = say.expired() if result.reason == "expired" else cause(result.reason, reader.locale)
            return say.refused(at, why)
    told = {
        Outcome.POSTED: say.posted, Outcome.WAITING: say.waiting, Outcome.NOTHING: say.nothing,
        Outcome.RUNNING: say.running, Outcome.SKIPPED: say.skipped, Outcome.FAILED: say.failed,
    }  # fmt: skip
    return told[result.outcome](at)
