"""The chance of making a target, replayed on real people's months: is 70 % right seven times in ten?

Every month (and calendar quarter) of the AdventureWorks resellers' salespeople with a target of their own is
asked about with a quarter, half and three quarters of its working days gone, from what was known on that day.
"""

import csv
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

from domain.rules.periods import Period, PeriodKind, month, period_at
from domain.rules.working_days import Calendar
from domain.targets import chance
from domain.targets.chance import DailyHistory, chance_of_reaching, comparable_stretch, growth_factor
from domain.targets.seasonality import daily_totals

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "adventureworks_sales"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"real sales are not here: {DATA}"),
]

BEGIN, END = date(2017, 7, 1), date(2020, 5, 31)
CALENDAR = Calendar()
WORKING_DAYS = CALENDAR.working_days(BEGIN, END)
Model = Callable[["Case"], float]


class Seller:
    """One salesperson's sales: sums over any dates, and totals per working day from the first sale on."""

    def __init__(self, sales: dict[date, Decimal]) -> None:
        self.first = min(sales)
        per_day = [sales.get(BEGIN + timedelta(days=i), Decimal(0)) for i in range((END - BEGIN).days + 1)]
        self._running = [Decimal(0), *accumulate(per_day)]
        self._from = bisect_left(WORKING_DAYS, self.first)
        self._totals = [float(total) for total in daily_totals(sorted(sales.items()), WORKING_DAYS)]

    def sold(self, first: date, last: date) -> Decimal:
        return self._running[(last - BEGIN).days + 1] - self._running[(first - BEGIN).days]

    def history(self, through: date) -> DailyHistory:
        """What the database will aggregate: the last 250 working days up to and including `through`."""
        stop = bisect_left(WORKING_DAYS, through) + 1
        return DailyHistory.of(self._totals[max(self._from, stop - chance.HISTORY_DAYS) : stop])

    def growth(self, period: Period) -> float:
        ended = [period_at(PeriodKind.MONTH, period.first).shifted(-i) for i in range(1, 13)]
        begun = period_at(PeriodKind.MONTH, max(BEGIN, self.first)).first
        pairs = [(part, part.year_before()) for part in ended if part.year_before().first >= begun]
        now = sum((self.sold(part.first, part.last) for part, _ in pairs), Decimal(0))
        then = sum((self.sold(part.first, part.last) for _, part in pairs), Decimal(0))
        return growth_factor(now, then)

    def comparables(self, period: Period, through: date) -> Iterator[float | None]:
        for months in chance.COMPARABLE_MONTHS:
            first, last = comparable_stretch(through, period.last, months)
            days = CALENDAR.count(first, last)
            if first < max(BEGIN, self.first) or not days:
                yield None
            else:
                yield float(self.sold(first, last)) / days * (self.growth(period) if months == 12 else 1.0)


@dataclass(frozen=True)
class Case:
    seller: Seller
    period: Period
    target: Decimal
    through: date
    elapsed: int
    total: int

    @property
    def sold(self) -> Decimal:
        return self.seller.sold(self.period.first, self.through)

    @property
    def reached(self) -> bool:
        return self.seller.sold(self.period.first, self.period.last) >= self.target


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def read_sellers() -> dict[str, Seller]:
    sales: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows("ResellerSales.csv"):
        sales[row["EmployeeKey"]][date.fromisoformat(row["OrderDate"])] += Decimal(row["Sales"])
    return {key: Seller(days) for key, days in sales.items()}


def read_targets() -> dict[tuple[str, Period], Decimal]:
    key_of = {row["EmployeeID"]: row["EmployeeKey"] for row in rows("Salesperson.csv")}
    targets = {}
    for row in rows("ResellerTargets.csv"):
        first = date.fromisoformat(row["TargetMonth"])
        targets[key_of[row["EmployeeID"]], month(first.year, first.month)] = Decimal(row["TargetAmount"])
    return targets


def cases_of(kind: PeriodKind) -> list[Case]:
    sellers, monthly = read_sellers(), read_targets()
    periods = {period_at(kind, part.first) for _, part in monthly}
    found = []
    for period in sorted(periods, key=lambda period: period.first):
        if period.first < BEGIN or period.last > END:
            continue
        days = CALENDAR.working_days(period.first, period.last)
        for key, seller in sellers.items():
            parts = [monthly.get((key, part)) for part in period.months()]
            target = sum((part for part in parts if part is not None), Decimal(0))
            for elapsed in (round(len(days) * share) for share in (0.25, 0.5, 0.75)):
                case = Case(seller, period, target, days[elapsed - 1], elapsed, len(days))
                if None not in parts and seller.history(case.through).n >= chance.MIN_HISTORY_DAYS:
                    found.append(case)
    return found


@pytest.fixture(scope="module")
def month_cases() -> list[Case]:
    return cases_of(PeriodKind.MONTH)


@pytest.fixture(scope="module")
def quarter_cases() -> list[Case]:
    return cases_of(PeriodKind.QUARTER)


@cache
def ours(case: Case) -> float:
    return _chance(case, case.seller.comparables(case.period, case.through))


@cache
def without_season(case: Case) -> float:
    return _chance(case, ())


def straight_line(case: Case) -> float:
    """The naive baseline: yes where the projection by working days reaches the target, else no."""
    return float(case.sold * case.total >= case.target * case.elapsed)


def _chance(case: Case, comparables: Iterable[float | None]) -> float:
    remaining = case.total - case.elapsed
    history = case.seller.history(case.through)
    answer = chance_of_reaching(case.target, case.sold, remaining, history, comparables)
    assert answer is not None
    return answer


def brier(cases: list[Case], model: Model) -> float:
    return sum((model(case) - case.reached) ** 2 for case in cases) / len(cases)


def base_rate(cases: list[Case]) -> float:
    return sum(case.reached for case in cases) / len(cases)


def reliability(cases: list[Case], model: Model) -> dict[int, tuple[int, float, float]]:
    """Per tenth: how many answers, what they said on average, how often it came true."""
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for case in cases:
        answer = model(case)
        tenths[min(9, int(answer * 10))].append((answer, case.reached))
    return {
        tenth: (
            len(pairs),
            sum(said for said, _ in pairs) / len(pairs),
            sum(true for _, true in pairs) / len(pairs),
        )
        for tenth, pairs in sorted(tenths.items())
    }


def calibration_error(cases: list[Case], model: Model) -> float:
    table = reliability(cases, model).values()
    return sum(n * abs(said - true) for n, said, true in table) / len(cases)


def test_the_documented_figures_are_the_measured_ones(
    month_cases: list[Case], quarter_cases: list[Case]
) -> None:
    for name, cases in (("months", month_cases), ("quarters", quarter_cases)):
        rate = base_rate(cases)
        figures = (
            f"{len(cases)} {name}: Brier {brier(cases, ours):.4f} against {brier(cases, straight_line):.4f} "
            f"straight line, {rate * (1 - rate):.4f} base rate, "
            f"{brier(cases, without_season):.4f} without season; "
            f"calibration error {calibration_error(cases, ours):.3f}"
        )
        assert figures in " ".join((chance.__doc__ or "").split()), figures


def test_it_beats_guessing_and_the_straight_line(month_cases: list[Case], quarter_cases: list[Case]) -> None:
    for cases in (month_cases, quarter_cases):
        rate = base_rate(cases)
        assert brier(cases, ours) < 0.5 * brier(cases, straight_line)
        assert brier(cases, ours) < 0.3 * rate * (1 - rate)
        assert brier(cases, ours) < brier(cases, without_season)


def test_it_beats_the_straight_line_at_every_stage(month_cases: list[Case]) -> None:
    for share in (0.25, 0.5, 0.75):
        stage = [case for case in month_cases if case.elapsed == round(case.total * share)]
        assert brier(stage, ours) < brier(stage, straight_line), share


def test_what_it_says_comes_true_about_as_often(month_cases: list[Case]) -> None:
    assert calibration_error(month_cases, ours) < 0.03
    for tenth, (n, said, true) in reliability(month_cases, ours).items():
        assert n < 25 or abs(said - true) < 0.15, (tenth, n, said, true)


def test_it_holds_on_the_year_that_chose_nothing(month_cases: list[Case]) -> None:
    """The weights are plain averages; the last twelve months are as well served as the earlier ones."""
    late = [case for case in month_cases if case.period.first >= date(2019, 6, 1)]
    assert brier(late, ours) < 0.55 * brier(late, straight_line)
    assert calibration_error(late, ours) < 0.04
