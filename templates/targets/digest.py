"""What the daily progress of a region and of the company have in common: the same shape, other rows."""

from decimal import Decimal

from domain.targets.pace import Verdict
from domain.targets.views import Digest, Lever, Row
from templates.actions import DigestSource
from templates.blocks import (
    Block,
    Cell,
    Message,
    Series,
    action_row,
    chart,
    context,
    header,
    message,
    number_cell,
    section,
    table,
    text_cell,
)
from templates.formats import NAME, Reader, half_up
from templates.i18n import words
from templates.rules.offers import manners
from templates.targets.pace import Said
from templates.targets.progress.layout import buttons, caveats
from templates.text import Mrkdwn, shorten

FEWEST_POINTS = 2


def digest_message(view: Digest, reader: Reader, channel: str) -> Message:
    """Verdict, course, what lags, what to do."""
    said = Said.of(view.progress, reader)
    sentences = reader.sentences(reached(said), said.outlook(), said.usual(), said.needed(), said.year_ago())
    return message(
        reader.sentences(said.headline(), said.needed() or said.year_ago()),
        header(verdict(said)),
        section(sentences) if sentences else None,
        course(view, said),
        caveats(said),
        rows_table(view, reader),
        levers(view, reader),
        action_row(*buttons(said)),
        manners(reader.locale, DigestSource(view.schedule, channel, view.at_time)),
        small_print(said, view.at_time),
    )


def verdict(said: Said) -> Mrkdwn:
    """The heading: whose, and how it stands against the course of the period, without a full stop."""
    say = words(said.reader.locale, "targets/daily_progress_region")
    progress, pace, subject = said.progress, said.progress.pace, said.subject()
    if progress.sold_to is None or not said.amount_known:
        return say.title_unknown(subject)
    if not said.has_target:
        return say.title_no_target(subject, said.about(pace.sold))
    distance = pace.sold - (pace.expected or Decimal(0))
    between = (Verdict.REACHED, Verdict.MISSED, Verdict.NOT_STARTED, Verdict.ON_PACE)
    if progress.verdict in between or not half_up(distance):
        return say.title(subject, said.pace())
    if distance < 0:
        return say.title_behind(subject, said.pace(), said.about(-distance))
    return say.title_ahead(subject, said.pace(), said.about(distance))


def reached(said: Said) -> Mrkdwn | None:
    """How much of the target is reached, and of the working days gone."""
    say, pace = words(said.reader.locale, "targets/daily_progress_region"), said.progress.pace
    if not said.has_target or not said.amount_known:
        return None
    amounts = said.money(pace.sold), said.money(pace.target)
    share = said.reader.percent(pace.attainment)
    if not said.running:
        return say.reached(share, *amounts)
    return say.reached_so_far(share, *amounts, said.reader.percent(pace.time_progress))


def course(view: Digest, said: Said) -> Block | None:
    """Sales to date as a line, beside the line they would follow on course. Days to come are not drawn:
    Slack wants a value for every day in every line."""
    points = [(point.day, point.sold, point.expected) for point in view.points]
    known = [(day, sold, expected) for day, sold, expected in points if sold is not None]
    if len(known) < FEWEST_POINTS:
        return None
    say = words(said.reader.locale, "targets/daily_progress_region")
    lines = [Series(say.line_sold(), tuple(half_up(sold) for _, sold, _ in known))]
    on_course = tuple(half_up(expected) for _, _, expected in known if expected is not None)
    if len(on_course) == len(known):
        lines.append(Series(say.line_course(), on_course))
    days = [said.reader.short_day(day) for day, _, _ in known]
    return chart("line", say.chart_title(said.reader.period(said.progress.period)), days, lines)


def rows_table(view: Digest, reader: Reader) -> Block | None:
    """Regions or categories, worst first; None where there are none."""
    if not view.rows:
        return None
    say = words(reader.locale, "targets/daily_progress_region")
    with_targets = view.rows_are == "regions"
    if with_targets:
        head = [say.region(), say.target(), say.sold(), say.share(), say.per_day()]
    else:
        head = [say.category(), say.sold(), say.year_ago(), say.change()]
    make = region_cells if with_targets else category_cells
    rows = [make(row, view, reader) for row in view.rows]
    if view.more_rows:
        rest = text_cell(say.more_rows(view.more_rows))
        rows.append([rest, *(text_cell("") for _ in head[1:])])
    return table(head, rows)


def region_cells(row: Row, view: Digest, reader: Reader) -> list[Cell]:
    """Target, sold, share and what is needed per day."""
    currency = view.progress.currency
    share = None if row.attainment is None else row.attainment * 100
    return [
        text_cell(reader.name(row.names)),
        number_cell(row.target, "" if row.target is None else reader.money(row.target, currency)),
        number_cell(row.sold, reader.money(row.sold, currency)),
        number_cell(share and half_up(share, 1), "" if share is None else reader.percent(row.attainment)),
        number_cell(row.per_day and half_up(row.per_day), needed_cell(row, reader, currency)),
    ]


def needed_cell(row: Row, reader: Reader, currency: str) -> str:
    """What a row still needs per working day; empty where no day or no target is left to say it of."""
    return "" if row.per_day is None else reader.money(row.per_day, currency)


def category_cells(row: Row, view: Digest, reader: Reader) -> list[Cell]:
    """Sold now and in the same days a year ago."""
    currency = view.progress.currency
    growth = None if row.growth is None else half_up(row.growth * 100, 1)
    return [
        text_cell(reader.name(row.names)),
        number_cell(row.sold, reader.money(row.sold, currency)),
        number_cell(row.year_ago, "" if row.year_ago is None else reader.money(row.year_ago, currency)),
        number_cell(growth, "" if growth is None else reader.change(row.growth)),
    ]


def levers(view: Digest, reader: Reader) -> Block | None:
    """Where most was lost against the year before: who to talk to."""
    if not view.levers:
        return None
    say = words(reader.locale, "targets/daily_progress_region")
    lines = [lever_line(lever, view, reader) for lever in view.levers]
    return section(Mrkdwn("\n").join([say.levers(), *lines]))


def lever_line(lever: Lever, view: Digest, reader: Reader) -> Mrkdwn:
    """One customer group and category."""
    say, currency = words(reader.locale, "targets/daily_progress_region"), view.progress.currency
    return say.lever(
        shorten(lever.customer_group, NAME),
        reader.name(lever.category),
        reader.about(lever.shortfall, currency),
        reader.money(lever.sold, currency),
        reader.money(lever.year_ago, currency),
    )


def small_print(said: Said, at: str) -> Block:
    """How fresh the numbers are and when such a message comes."""
    say = words(said.reader.locale, "rules")
    return context(Mrkdwn(" · ").join([said.as_of(), say.working_days(at)]))
