"""The answer of /target: where somebody stands."""

from datetime import date

from domain.names import Locale
from domain.rules.periods import Period
from domain.targets.views import Progress
from templates.actions import SHARE, SHOW, WEEKS, WHY, ComputationRef, ScopePeriod
from templates.blocks import (
    Block,
    Element,
    Message,
    action_row,
    button,
    context,
    message,
    option,
    overflow,
    section,
)
from templates.formats import Reader
from templates.targets.pace import Said
from templates.text import Mrkdwn


def build(view: Progress, *, locale: Locale, today: date, currency: str, timezone: str = "UTC") -> Message:
    """For one reader, who may see these numbers. `currency` is the company's, `today` its day."""
    said = Said.of(view, Reader(locale, today, currency, timezone))
    return message(
        said.reader.sentences(said.headline(), said.needed() or said.year_ago()),
        section(paragraph(said)),
        caveats(said),
        action_row(*buttons(said), other_periods(said)),
        context(said.as_of()),
    )


def paragraph(said: Said) -> Mrkdwn:
    """The headline in bold and the sentences behind it."""
    sentences = said.reader.sentences(
        said.days_gone(), said.outlook(), said.usual(), said.needed(), said.year_ago()
    )
    # Slack ends bold only before a space, in Chinese too.
    return Mrkdwn("*%s* %s") % (said.headline(), sentences) if sentences else Mrkdwn("*%s*") % said.headline()


def caveats(said: Said) -> Block | None:
    """What the sum leaves out; nothing where it leaves out nothing."""
    sentences = said.caveats()
    return section(said.reader.sentences(*sentences)) if sentences else None


def scope_period(progress: Progress, period: Period | None = None) -> ScopePeriod:
    """What a button needs to show these numbers again, of another period too."""
    return ScopePeriod(progress.scope.kind, progress.scope.id, (period or progress.period).code)


def buttons(said: Said) -> list[Element]:
    """Why?, By Week and, where the reader may, Share."""
    progress, say = said.progress, said.words
    made = [button(say.why(), WHY.use(ComputationRef(progress.computation_id)))]
    if progress.sold_to is not None:
        made.append(button(say.by_week(), WEEKS.use(scope_period(progress))))
    if progress.may_share:
        made.append(button(say.share(), SHARE.use(scope_period(progress))))
    return made


def other_periods(said: Said) -> Element:
    """The period before and the one after."""
    progress = said.progress
    return overflow(
        SHOW.id,
        [
            option(said.words.show(said.reader.period(other)), SHOW.encode(scope_period(progress, other)))
            for other in (progress.period.previous(), progress.period.following())
        ],
    )
