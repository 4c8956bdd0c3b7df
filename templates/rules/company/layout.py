"""The company's settings at a glance: each with the way to change it, and what was posted last."""

from dataclasses import dataclass
from datetime import date

from domain.names import Locale
from domain.rules.company import Thresholds
from domain.rules.hours import Hours
from domain.rules.quiet import Quiet
from domain.rules.views import LastResult
from templates.actions import COMPANY_PAGE, CompanyPage, Page
from templates.blocks import Block, View, button, context, modal, section
from templates.formats import NAME, Reader
from templates.i18n import words
from templates.rules.parts import LANGUAGES, quiet_words, result_words, when
from templates.text import Mrkdwn, shorten

MOST_RESULTS = 12


@dataclass(frozen=True, slots=True)
class Overview:
    """`results`: channel and what became of its last digest."""

    purposes: int
    regions: int
    all_regions: int
    hours: Hours
    language: Locale
    quiet: Quiet
    days_off: int
    days_worked: int
    thresholds: Thresholds
    people: int
    admins: int
    results: tuple[tuple[str, LastResult], ...] = ()


def build(view: Overview, *, locale: Locale, today: date, timezone: str = "UTC") -> View:
    """The first page."""
    say, reader = words(locale, "rules/company"), Reader(locale, today, timezone=timezone)
    found = view.thresholds
    marks = reader.percent(found.behind_percent / 100, 0), reader.percent(found.far_behind_percent / 100, 0)
    hours = view.hours
    blocks = [
        _entry(
            say.channels(view.purposes, view.regions, view.all_regions), say.change_channels(), Page.CHANNELS
        ),
        _entry(say.schedules(when(hours, reader), hours.timezone), say.change_schedules(), Page.SCHEDULES),
        _entry(
            say.basics(LANGUAGES[view.language], quiet_words(view.quiet, reader)),
            say.change_basics(),
            Page.BASICS,
        ),
        _entry(say.calendar(view.days_off, view.days_worked), say.change_calendar(), Page.CALENDAR),
        _entry(
            say.thresholds(f"{found.tolerance_points.normalize():f}", *marks),
            say.change_thresholds(),
            Page.THRESHOLDS,
        ),
        _entry(say.roles(view.people, view.admins), say.change_roles(), Page.ROLES),
        *_results(view, reader),
        context(say.history()),
    ]
    close = words(locale, "rules").close()
    return modal(say.title(), blocks, callback_id=COMPANY_PAGE.id, close=close)


def _entry(text: Mrkdwn, label: Mrkdwn, page: Page) -> Block:
    return section(text, accessory=button(label, COMPANY_PAGE.use(CompanyPage(page))))


def _results(view: Overview, reader: Reader) -> list[Block]:
    if not view.results:
        return []
    say = words(reader.locale, "rules/company")
    lines = [
        say.result(shorten(channel, NAME), result_words(result, reader))
        for channel, result in view.results[:MOST_RESULTS]
    ]
    return [section(Mrkdwn("\n").join([say.results(), *lines]))]
