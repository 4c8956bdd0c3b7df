"""Digests to try the daily progress with."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.names import Names
from domain.targets.pace import growth
from domain.targets.views import Digest, Lever, Point, Progress, Row
from templates.targets import samples as s

MORNING: dict[str, Any] = s.READING | {"today": date(2019, 10, 24), "channel": "#east"}
BRAKES = Names("Brake pads", "煞車片", "刹车片")
FILTERS = Names("Oil filters", "機油濾芯", "机油滤芯")


def points(progress: Progress, count: int = 17) -> tuple[Point, ...]:
    """A course that ends at what was sold, a little behind; two days still to come."""
    first, made = progress.period.first, []
    for number in range(1, count + 1):
        sold = progress.sold * number / count * (Decimal("0.9") if number < count else 1)
        expected = None if progress.target is None else progress.target * number / 22
        made.append(Point(first + timedelta(days=number - 1), sold, expected))
    ahead = [Point(first + timedelta(days=count + i), None, progress.target) for i in range(2)]
    return tuple(made + ahead)


def region_row(names: Names, target: str | None, sold: str, per_day: str | None) -> Row:
    """A region in the company's table."""
    goal, amount = target and Decimal(target), Decimal(sold)
    return Row(
        names=names,
        target=goal or None,
        sold=amount,
        attainment=amount / goal if goal else None,
        year_ago=Decimal(500000),
        growth=growth(amount, Decimal(500000)),
        per_day=(per_day and Decimal(per_day)) or None,
    )


def category_row(names: Names, sold: str, year_ago: str | None) -> Row:
    """A part category in a region's table."""
    amount, before = Decimal(sold), (year_ago and Decimal(year_ago)) or None
    return Row(names, None, amount, None, before, growth(amount, before), None)


def digest(progress: Progress, **changes: Any) -> Digest:
    """A region's morning."""
    base = Digest(
        progress=progress,
        points=points(progress),
        rows=(
            category_row(BRAKES, "412300", "530000"),
            category_row(FILTERS, "233100.5", "240000"),
            category_row(Names("Wipers", "雨刷", "雨刮"), "91000", None),
        ),
        rows_are="categories",
        more_rows=2,
        levers=(
            Lever(BRAKES, "Workshops", Decimal(12000), Decimal(132000), Decimal(120000)),
            Lever(FILTERS, "Fleet", Decimal(30000), Decimal(75000), Decimal(45000)),
        ),
        at_time="08:30",
    )
    return replace(base, **changes)


def regions(count: int = 3) -> tuple[Row, ...]:
    """The company's table."""
    known = (
        region_row(Names("East", "華東", "华东"), "3000000", "2210400.50", "157920"),
        region_row(Names("North", "華北", "华北"), "800000", "640000", "32000"),
        region_row(Names("Southwest", "西南", "西南"), None, "120000", None),
    )
    return (known * 3)[:count]


NASTY = Names(s.NASTY, s.NASTY, s.NASTY)
LONG = Names(s.LONG, s.LONG, s.LONG)


def hostile() -> Digest:
    """Names that would like to be more than names."""
    lever = Lever(NASTY, s.NASTY, Decimal(1), Decimal(3), Decimal(2))
    return digest(s.hostile(may_share=False), rows=(category_row(NASTY, "1", "2"),), levers=(lever, lever))


def longest() -> Digest:
    """All that a digest can hold."""
    progress = s.longest(may_share=False)
    rows = tuple(region_row(LONG, "123456789012", "98765432109.99", "1635189") for _ in range(8))
    lever = Lever(LONG, s.LONG, Decimal(12345678), Decimal(92345678), Decimal(80000000))
    return digest(progress, points=points(progress, 20)[:20], rows=rows, rows_are="regions", more_rows=1234,
                  levers=(lever, lever))  # fmt: skip


def empty() -> Digest:
    """A first morning: nothing sold, nothing set."""
    return digest(s.empty(s.EAST, year_ago="3"), points=(), rows=(), more_rows=0, levers=())
