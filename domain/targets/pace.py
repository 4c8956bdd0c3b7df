"""Progress and pace of a target (domain.md 4.3), in exact Decimal arithmetic.

A `Pace` holds what was measured; every figure said about it is a property with its formula, so that
the answer, its *Why?* and its words come from one computation. A figure that is not known is None.
T target, A sold so far (may be negative: returns), t share of the period gone, all money in one currency.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)

TOLERANCE_POINTS = Decimal(2)
BEHIND_BELOW = Decimal("0.9")
FAR_BEHIND_BELOW = Decimal("0.8")


class Verdict(StrEnum):
    """How a target stands, in the order the rule of `Pace.verdict` tries them."""

    NO_TARGET = "no_target"
    REACHED = "reached"
    MISSED = "missed"
    NOT_STARTED = "not_started"
    AHEAD = "ahead"
    ON_PACE = "on_pace"
    SLIGHTLY_BEHIND = "slightly_behind"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known about one target at one moment.

    `total_days`, `elapsed_days`: working days of the period, and those already gone. `seasonal_share`:
    the share of a period's sales usually reached by now (`seasonality.Curve`), 0..1; None means the
    share of working days. `year_before`, `period_before`: sums to compare `sold` with, over whatever
    stretch the caller names in words. `over`: the period has ended (decides a period without working
    days). ValueError where elapsed days are negative or exceed the total, or the share is outside 0..1.

    >>> pace = Pace(Decimal(1000), Decimal(352), total_days=22, elapsed_days=9)
    >>> round(pace.expected, 2), round(pace.pace_index, 3)
    (Decimal('409.09'), Decimal('0.860'))
    >>> round(pace.projection, 1), round(pace.required_per_day, 2), pace.verdict().value
    (Decimal('860.4'), Decimal('49.85'), 'behind')
    """

    target: Decimal | None
    sold: Decimal
    total_days: int
    elapsed_days: int
    seasonal_share: Decimal | None = None
    year_before: Decimal | None = None
    period_before: Decimal | None = None
    over: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.elapsed_days <= self.total_days:
            raise ValueError(f"{self.elapsed_days} of {self.total_days} working days gone")
        if self.seasonal_share is not None and not 0 <= self.seasonal_share <= 1:
            raise ValueError(f"seasonal share outside 0..1: {self.seasonal_share}")

    @property
    def remaining_days(self) -> int:
        """Working days still to come."""
        return self.total_days - self.elapsed_days

    @property
    def time_progress(self) -> Decimal:
        """elapsed / total working days, 0..1; without any working day 1 once the period is over, else 0."""
        if self.total_days == 0:
            return ONE if self.over else ZERO
        return Decimal(self.elapsed_days) / self.total_days

    @property
    def expected_share(self) -> Decimal:
        """t: the seasonal share where given, else the time progress, 0..1."""
        return self.time_progress if self.seasonal_share is None else self.seasonal_share

    @property
    def attainment(self) -> Decimal | None:
        """A / T (達成率; 1 = reached); None without a target above zero."""
        return None if self.target is None or self.target <= 0 else self.sold / self.target

    @property
    def points_ahead(self) -> Decimal | None:
        """(A/T - time progress) · 100, in percentage points; negative when behind time.

        >>> november = Pace(Decimal(700_000), Decimal(568_603), total_days=20, elapsed_days=15)
        >>> round(november.points_ahead, 1)
        Decimal('6.2')
        """
        attainment = self.attainment
        return None if attainment is None else (attainment - self.time_progress) * HUNDRED

    @property
    def points_ahead_of_curve(self) -> Decimal | None:
        """(A/T - t) · 100, in percentage points: `points_ahead` where no seasonal share is given."""
        attainment = self.attainment
        return None if attainment is None else (attainment - self.expected_share) * HUNDRED

    @property
    def expected(self) -> Decimal | None:
        """T · t: what an even (or seasonal) course would have sold by now; None without a target."""
        return None if self.target is None else self.target * self.expected_share

    @property
    def pace_index(self) -> Decimal | None:
        """(A/T) / t (進度指數; 1 = on course); None at t = 0 or without a target above zero."""
        attainment = self.attainment
        share = self.expected_share
        return None if attainment is None or share == 0 else attainment / share

    @property
    def projection(self) -> Decimal | None:
        """Where the period ends at this pace: A / t, that is A / elapsed · total without a seasonal share.

        A itself when no working day remains; None before the first working day has gone.

        >>> Pace(None, Decimal(50), total_days=0, elapsed_days=0).projection
        Decimal('50')
        """
        if self.remaining_days == 0:
            return self.sold
        if self.elapsed_days == 0 or self.expected_share == 0:
            return None
        if self.seasonal_share is None:
            return self.sold * self.total_days / self.elapsed_days
        return self.sold / self.seasonal_share

    @property
    def gap(self) -> Decimal | None:
        """T - A; negative once exceeded, None without a target."""
        return None if self.target is None else self.target - self.sold

    @property
    def required_per_day(self) -> Decimal | None:
        """(T - A) / remaining working days; 0 once reached; None on the last day's close or without a target.

        >>> Pace(Decimal(100), Decimal(40), total_days=20, elapsed_days=20).required_per_day is None
        True
        """
        gap = self.gap
        if gap is None or self.attainment is None or self.remaining_days == 0:
            return None
        return max(gap, ZERO) / self.remaining_days

    @property
    def year_growth(self) -> Decimal | None:
        """同比, A / same period last year - 1; None ("-") where the base is unknown or not above zero.

        >>> round(Pace(None, Decimal(568603), 1, 1, year_before=Decimal(578475)).year_growth, 3)
        Decimal('-0.017')
        """
        return growth(self.sold, self.year_before)

    @property
    def period_growth(self) -> Decimal | None:
        """環比, A / period before - 1; None ("-") where the base is unknown or not above zero."""
        return growth(self.sold, self.period_before)

    def verdict(
        self,
        *,
        tolerance_points: Decimal = TOLERANCE_POINTS,
        behind_below: Decimal = BEHIND_BELOW,
        far_behind_below: Decimal = FAR_BEHIND_BELOW,
    ) -> Verdict:
        """How the target stands: the first rule to hold, p being `points_ahead_of_curve`, i `pace_index`.

        1. no target above zero: NO_TARGET            2. A >= T: REACHED
        3. period over, or its last working day gone: MISSED
        4. no working day gone yet: NOT_STARTED       5. p > tolerance: AHEAD
        6. p >= -tolerance: ON_PACE                   7. i < far_behind_below: FAR_BEHIND
        8. i < behind_below: BEHIND                   9. otherwise SLIGHTLY_BEHIND

        The tolerance comes before the index so that a first quiet morning raises no alarm; the index
        thresholds are those of the alert catalogue (domain.md 10: pace < 0.9 / 0.8).

        >>> def at(sold, elapsed):
        ...     return Pace(Decimal(100), Decimal(sold), total_days=20, elapsed_days=elapsed).verdict().value
        >>> at(100, 3), at(99, 20), at(0, 0), at(53, 10), at(48, 10), at(46, 10), at(44, 10), at(39, 10)
        ('reached', 'missed', 'not_started', 'ahead', 'on_pace', 'slightly_behind', 'behind', 'far_behind')
        """
        ahead, index = self.points_ahead_of_curve, self.pace_index
        settled = self._settled()
        if settled is not None or ahead is None:
            return settled or Verdict.NO_TARGET
        if ahead >= -tolerance_points:
            return Verdict.AHEAD if ahead > tolerance_points else Verdict.ON_PACE
        if index is not None and index < far_behind_below:
            return Verdict.FAR_BEHIND
        if index is not None and index < behind_below:
            return Verdict.BEHIND
        return Verdict.SLIGHTLY_BEHIND

    def _settled(self) -> Verdict | None:
        """Rules 1 to 4 of the verdict: those that no pace can change."""
        if self.target is None or self.target <= 0:
            return Verdict.NO_TARGET
        if self.sold >= self.target:
            return Verdict.REACHED
        if self.over or (self.remaining_days == 0 and self.total_days > 0):
            return Verdict.MISSED
        return Verdict.NOT_STARTED if self.elapsed_days == 0 else None


def growth(value: Decimal, base: Decimal | None) -> Decimal | None:
    """value / base - 1; None where the base is unknown, zero or negative (domain.md 4.3).

    >>> growth(Decimal(110), Decimal(100)), growth(Decimal(110), Decimal(-5))
    (Decimal('0.1'), None)
    """
    return None if base is None or base <= 0 else value / base - 1
