"""How much is sold on which day: the year, the week, the month's end, and the lunar new year.

Everything is a whole number: a day's weight is per mille of an ordinary working day's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from cli.sample.dice import Dice
from cli.sample.people import Territory
from cli.sample.workdays import (
    HOLIDAYS,
    LUNAR_NEW_YEARS,
    MADE_UP,
    is_workday,
    month_days,
    month_start,
    workdays_gone,
)

_BY_MONTH = (1000, 960, 1110, 1100, 1050, 980, 910, 930, 1050, 1080, 1060, 990)
_HOLIDAY = 10  # a truck that stands still cannot wait
_SATURDAY, _SUNDAY = 180, 50
REFERENCE_MONTH = date(2026, 10, 1)  # the month `Territory.target` is for
_REFERENCE = 722  # per mille of the month gone when its `points` were set
# Days from the lunar new year: up to which day, weight. The surge before, the standstill, the slow start.
_AROUND_NEW_YEAR = ((-22, 1000), (-9, 1300), (-4, 650), (8, 30), (14, 450), (20, 800))


def _new_year(day: date) -> int:
    """How the lunar new year changes a day, per mille."""
    for new_year in LUNAR_NEW_YEARS:
        away = (day - new_year).days
        if away <= _AROUND_NEW_YEAR[-1][0]:
            return next(weight for until, weight in _AROUND_NEW_YEAR if away <= until)
    return 1000


@cache
def _ends(month: date) -> tuple[frozenset[date], frozenset[date]]:
    """The first three and the last three working days of a month."""
    worked = [day for day in month_days(month) if is_workday(day)]
    return frozenset(worked[:3]), frozenset(worked[-3:])


@cache
def day_weight(day: date) -> int:
    """What is sold on a day, per mille of an ordinary working day."""
    if day in HOLIDAYS:
        return _HOLIDAY
    weight = _BY_MONTH[day.month - 1] * _new_year(day) // 1000
    if day not in MADE_UP and day.weekday() >= 5:
        return weight * (_SATURDAY if day.weekday() == 5 else _SUNDAY) // 1000
    slow, push = _ends(month_start(day))
    if day in push:
        return weight * 1250 // 1000
    return weight * 880 // 1000 if day in slow else weight


@cache
def month_weight(month: date) -> int:
    """What is sold in a month: the sum of its days."""
    return sum(day_weight(day) for day in month_days(month))


def planned(territory: Territory, month: date) -> int:
    """What the territory can be expected to sell in a month, in yuan.

    Its target of the reference month, less (or more) by the month's weight and the growth between.
    """
    back = (REFERENCE_MONTH.year - month.year) * 12 + REFERENCE_MONTH.month - month.month
    level = 12_000 - territory.growth * back
    return territory.target * level // 12_000 * month_weight(month) // month_weight(REFERENCE_MONTH)


def target(territory: Territory, month: date) -> int:
    """The month's target in yuan: what can be expected, rounded as people round it."""
    yuan = planned(territory, month)
    step = 10_000 if yuan >= 150_000 else 5_000
    return max((yuan + step // 2) // step, 1) * step


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """What a territory is going to sell in a month, in fen, running total by day."""

    first: date
    by_day: tuple[int, ...]

    def until(self, day: date) -> int:
        """What should be sold by the end of the day."""
        return self.by_day[(day - self.first).days]


def _spread(amount: int, chosen: Sequence[date], first: date) -> MonthPlan:
    total = sum(day_weight(day) for day in chosen)
    so_far, by_day = 0, []
    for day in chosen:
        so_far += day_weight(day)
        by_day.append(amount * so_far // total)
    return MonthPlan(first, tuple(by_day))


def month_plan(
    dice: Dice, territory: Territory, month: date, habit: int, since: date, today: date
) -> MonthPlan:
    """The month as it turns out: the plan, the person's habit (per mille) and luck.

    This month is led to where the story wants it: ahead of or behind time by `territory.points`.
    """
    chosen = [day for day in month_days(month) if day <= today]
    luck = dice.bell(160)
    if month == month_start(today):
        gone, whole = workdays_gone(today)
        per_mille = gone * 1000 * (_REFERENCE + territory.points) // (whole * _REFERENCE)
        return _spread(target(territory, month) * per_mille // 10, chosen, month)
    amount = planned(territory, month) * (habit + luck) // 10
    if month < month_start(since) + timedelta(days=150):  # learning the customers
        learnt = max((month - month_start(since)).days + 60, 0) * 1000 // 180
        amount = amount * min(learnt, 1000) // 1000
    return _spread(amount, chosen, month)
