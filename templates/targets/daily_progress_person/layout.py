"""The morning's progress of one person, in a direct message."""

from collections.abc import Sequence
from datetime import date

from domain.names import Locale
from domain.targets.views import Progress
from templates.actions import DigestSource
from templates.blocks import Message, action_row, header, message, section
from templates.formats import Reader
from templates.i18n import words
from templates.people.held.layout import also
from templates.rules.offers import manners
from templates.targets.digest import small_print
from templates.targets.pace import Said
from templates.targets.progress.layout import buttons, caveats, paragraph
from templates.text import Mrkdwn

SCHEDULE = "daily_progress"


def build(
    view: Progress,
    *,
    locale: Locale,
    today: date,
    currency: str,
    timezone: str = "UTC",
    at: str = "08:30",
    news: Sequence[str] = (),
) -> Message:
    """In the person's language and time zone; `at` is when such a message comes, `news` what waited for it."""
    said = Said.of(view, Reader(locale, today, currency, timezone))
    return message(
        said.reader.sentences(said.headline(), said.needed() or said.year_ago()),
        header(title(said)),
        section(paragraph(said)),
        caveats(said),
        also(news, locale),
        action_row(*buttons(said)),
        manners(locale, DigestSource(SCHEDULE, "", at)),
        small_print(said, at),
    )


def title(said: Said) -> Mrkdwn:
    """How the person stands."""
    say = words(said.reader.locale, "targets/daily_progress_person")
    period = said.reader.period(said.progress.period)
    if said.progress.sold_to is None or not said.amount_known:
        return say.title_unknown(period)
    if not said.has_target:
        return say.title_no_target(period, said.about(said.progress.sold))
    return say.title(period, said.pace())
