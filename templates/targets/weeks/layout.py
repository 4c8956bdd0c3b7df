"""A progress taken apart by week."""

from datetime import date
from decimal import Decimal
from itertools import accumulate

from domain.names import Locale
from domain.targets.views import Step, Weeks
from templates.actions import SHOW, WHY, ComputationRef
from templates.blocks import (
    Block,
    Message,
    action_row,
    button,
    context,
    message,
    number_cell,
    section,
    table,
    text_cell,
)
from templates.formats import Reader, half_up
from templates.i18n import words
from templates.targets.pace import Said
from templates.targets.progress.layout import caveats, scope_period
from templates.text import Mrkdwn


def build(view: Weeks, *, locale: Locale, today: date, currency: str, timezone: str = "UTC") -> Message:
    """For one reader, who may see these numbers."""
    said = Said.of(view.progress, Reader(locale, today, currency, timezone))
    say = words(locale, "targets/weeks")
    if view.steps and said.amount_known:
        summary = said.reader.sentences(say.total(said.money(view.progress.sold)), strongest(view, said))
        title = say.title(said.subject())
        point = said.reader.sentences(Mrkdwn("%s:" if said.reader.english else "%s：") % title, summary)
    else:
        title = point = said.headline() if view.steps else say.nothing(said.subject())
        summary = None
    return message(
        point,
        section(Mrkdwn("*%s*") % title + ((Mrkdwn("\n") + summary) if summary else Mrkdwn(""))),
        week_table(view, said) if view.steps else None,
        caveats(said),
        action_row(
            button(say_show(said), SHOW.use(scope_period(view.progress))),
            button(said.words.why(), WHY.use(ComputationRef(view.progress.computation_id))),
        ),
        context(said.as_of()),
    )


def say_show(said: Said) -> Mrkdwn:
    """Back to the progress itself."""
    return said.words.show(said.reader.period(said.progress.period))


def strongest(view: Weeks, said: Said) -> Mrkdwn | None:
    """The best week, where there are several to choose from."""
    if len(view.steps) < 2:
        return None
    best = max(view.steps, key=lambda step: step.sold)
    days = said.reader.short_days(best.first, best.last)
    return words(said.reader.locale, "targets/weeks").best(days, said.money(best.sold))


def week_table(view: Weeks, said: Said) -> Block:
    """One row a week, with the sum to date and what that is of the target."""
    say = words(said.reader.locale, "targets/weeks")
    head = [say.week(), say.sold(), say.to_date()]
    if said.has_target:
        head.append(say.of_target())
    sums = accumulate(step.sold for step in view.steps)
    rows = [row(step, total, said) for step, total in zip(view.steps, sums, strict=True)]
    return table(head, rows)


def row(step: Step, total: Decimal, said: Said) -> list[Block]:
    """Week, sold, sold to date, and what that is of the target."""
    target = said.progress.pace.target
    cells = [
        text_cell(said.reader.short_days(step.first, step.last)),
        number_cell(half_up(step.sold, 2), said.money(step.sold)),
        number_cell(half_up(total, 2), said.money(total)),
    ]
    if said.has_target and target:
        share = total / target
        cells.append(number_cell(half_up(share * 100, 1), said.reader.percent(share)))
    return cells
