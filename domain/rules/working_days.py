"""Working days: which days count, how many there are between two dates, and the n-th one from a date.

A calendar is plain data (weekend, holidays, make-up workdays), loaded elsewhere from the company's
settings and the `holidays` package. Everything here is exact and free of clock and I/O.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY_SUNDAY = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of a company: every day but its weekend and `closed` days, and every `open` day.

    `weekend` holds weekday numbers (Monday 0 .. Sunday 6), `closed` holidays, `open` make-up workdays
    (補班), which win over the weekend. ValueError where a date is both closed and open, a weekday
    number is unknown, or the weekend leaves no working day at all.

    >>> taiwan = Calendar(closed=frozenset({date(2019, 10, 11)}), open=frozenset({date(2019, 10, 5)}))
    >>> taiwan.is_working(date(2019, 10, 5)), taiwan.is_working(date(2019, 10, 11))
    (True, False)
    """

    weekend: frozenset[int] = SATURDAY_SUNDAY
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()
    _lost: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _gained: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        both = self.closed & self.open
        if both:
            raise ValueError(f"closed and open at once: {', '.join(map(str, sorted(both)))}")
        if not self.weekend < frozenset(range(7)):
            raise ValueError(f"weekend must be some, not all, of 0..6: {sorted(self.weekend)}")
        lost = sorted(day for day in self.closed if day.weekday() not in self.weekend)
        gained = sorted(day for day in self.open if day.weekday() in self.weekend)
        object.__setattr__(self, "_lost", tuple(lost))
        object.__setattr__(self, "_gained", tuple(gained))

    def is_working(self, day: date) -> bool:
        """Whether people work on `day`."""
        if day in self.open:
            return True
        return day.weekday() not in self.weekend and day not in self.closed

    def count(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 where `first` is after `last`.

        Whole weeks by arithmetic, then the exceptions, so that a year costs what a week costs.

        >>> Calendar().count(date(2019, 11, 1), date(2019, 11, 30))
        21
        """
        if first > last:
            return 0
        weeks, rest = divmod((last - first).days + 1, 7)
        start = first.weekday()
        odd = sum((start + i) % 7 not in self.weekend for i in range(rest))
        regular = weeks * (7 - len(self.weekend)) + odd
        return regular - _between(self._lost, first, last) + _between(self._gained, first, last)

    def working_days(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`, both included; none where `first` is after `last`.

        >>> [day.day for day in Calendar().working_days(date(2019, 11, 1), date(2019, 11, 5))]
        [1, 4, 5]
        """
        weekend, closed, opened = self.weekend, self.closed, self.open
        days = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
        return [day for day in days if day in opened or (day.weekday() not in weekend and day not in closed)]

    def next_working(self, day: date) -> date:
        """The first working day strictly after `day`.

        >>> Calendar().next_working(date(2019, 11, 1))
        datetime.date(2019, 11, 4)
        """
        return self.on_or_after(day + ONE_DAY)

    def previous_working(self, day: date) -> date:
        """The last working day strictly before `day`.

        >>> Calendar().previous_working(date(2019, 11, 4))
        datetime.date(2019, 11, 1)
        """
        day -= ONE_DAY
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def on_or_after(self, day: date) -> date:
        """`day` itself where it is a working day, else the next one: when weekend sales count.

        >>> Calendar().on_or_after(date(2019, 11, 2))
        datetime.date(2019, 11, 4)
        """
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it where `n` is negative); `n` = 0 is `on_or_after(day)`.

        `day` itself is never counted. A deadline "3 working days from Friday" is Wednesday:

        >>> Calendar().add(date(2019, 11, 1), 3), Calendar().add(date(2019, 11, 4), -1)
        (datetime.date(2019, 11, 6), datetime.date(2019, 11, 1))
        """
        if n == 0:
            return self.on_or_after(day)
        step = self.next_working if n > 0 else self.previous_working
        for _ in range(abs(n)):
            day = step(day)
        return day


def _between(days: Sequence[date], first: date, last: date) -> int:
    """How many of the sorted `days` lie from `first` to `last`, both included."""
    return bisect_right(days, last) - bisect_left(days, first)
