"""What /parts and Home open with: where the reader, their regions and the company stand."""

from datetime import date, datetime

from domain.names import Locale
from domain.targets.views import MyDay, Progress
from templates.actions import (
    COMPANY_PAGE,
    HELP_OPEN,
    SETTINGS_OPEN,
    SHOW,
    CompanyPage,
    HelpTopic,
    Nothing,
    Page,
    Topic,
)
from templates.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    header,
    home,
    message,
    section,
)
from templates.commands import verb
from templates.formats import Reader
from templates.i18n import words
from templates.targets.pace import Said, name_of
from templates.targets.progress.layout import paragraph, scope_period
from templates.text import Mrkdwn

MOST_REGIONS = 10


def build(view: MyDay, *, locale: Locale, today: date, currency: str, timezone: str = "UTC") -> Message:
    """The answer to /parts."""
    reader = Reader(locale, today, currency, timezone)
    return message(point(view, reader), *content(view, reader), small_print(view, reader))


def build_home(
    view: MyDay, *, locale: Locale, today: date, currency: str, now: datetime, timezone: str = "UTC"
) -> View:
    """The Home tab; `now` is when it was drawn."""
    reader = Reader(locale, today, currency, timezone)
    updated = words(locale, "people/my_day").updated(reader.moment(now))
    return home(*content(view, reader), small_print(view, reader), context(updated))


def point(view: MyDay, reader: Reader) -> Mrkdwn:
    """The widest thing that concerns the reader, in one sentence."""
    first = next(iter(progresses(view)), None)
    if first is None:
        return words(reader.locale, "people/my_day").nothing()
    said = Said.of(first, reader)
    return reader.sentences(said.headline(), said.needed())


def progresses(view: MyDay) -> list[Progress]:
    """Own numbers first, then regions, then the company."""
    found = [view.own, *view.regions[:MOST_REGIONS], view.company]
    return [progress for progress in found if progress is not None]


def content(view: MyDay, reader: Reader) -> list[Block]:
    """The heading, a section per progress, help and settings."""
    say, shared = words(reader.locale, "people/my_day"), words(reader.locale, "people")
    blocks = [header(say.title(reader.day(reader.today)))]
    blocks += [standing(progress, view, reader) for progress in progresses(view)]
    if len(blocks) == 1:
        blocks.append(section(say.nothing()))
    buttons = [
        button(shared.help(), HELP_OPEN.use(HelpTopic(Topic.COMMANDS))),
        button(shared.settings(), SETTINGS_OPEN.use(Nothing())),
    ]
    if view.manages:
        buttons.append(button(shared.company_settings(), COMPANY_PAGE.use(CompanyPage(Page.OVERVIEW))))
    blocks.append(action_row(*buttons))
    return blocks


def standing(progress: Progress, view: MyDay, reader: Reader) -> Block:
    """One progress with a button to open it; the reader's own in full."""
    say, shared = words(reader.locale, "people/my_day"), words(reader.locale, "people")
    said = Said.of(progress, reader)
    use = SHOW.use(scope_period(progress))
    if progress is view.own:
        return section(paragraph(said), accessory=button(say.my_month(), use))
    text = reader.sentences(said.headline(), said.outlook())
    if progress is view.company:
        return section(text, accessory=button(say.company(), use))
    label = shared.open_label(name_of(progress.scope, reader))
    return section(text, accessory=button(shared.open(), use, label=label))


def small_print(view: MyDay, reader: Reader) -> Block | None:
    """Commands to try, and how fresh the numbers are."""
    say = words(reader.locale, "people/my_day")
    typed = [verb(name).command for name in view.commands]
    parts = (
        [say.type_this(Mrkdwn(" · ").join([Mrkdwn("`%s`") % command for command in typed]))] if typed else []
    )
    first = next(iter(progresses(view)), None)
    if first is not None:
        parts.append(Said.of(first, reader).as_of())
    return context(*parts) if parts else None
