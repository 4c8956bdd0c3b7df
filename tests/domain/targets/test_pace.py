"""Progress and pace: the figures under `/target` and why none of them ever divides by zero."""

import doctest
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.targets import pace
from domain.targets.pace import Pace, Verdict, growth

MONEY = st.decimals(-10_000_000, 10_000_000, places=2)
FIGURES = [name for name, value in vars(Pace).items() if isinstance(value, property)]


@st.composite
def paces(draw: st.DrawFn) -> Pace:
    total = draw(st.integers(0, 262))
    return Pace(
        target=draw(st.none() | MONEY),
        sold=draw(MONEY),
        total_days=total,
        elapsed_days=draw(st.integers(0, total) | st.just(total)),
        seasonal_share=draw(st.none() | st.decimals(0, 1, places=4)),
        year_before=draw(st.none() | MONEY),
        period_before=draw(st.none() | MONEY),
        over=draw(st.booleans()),
    )


def at(
    sold: int, elapsed: int, *, target: int | None = 1000, total: int = 20, share: str | None = None
) -> Pace:
    return Pace(
        None if target is None else Decimal(target),
        Decimal(sold),
        total_days=total,
        elapsed_days=elapsed,
        seasonal_share=None if share is None else Decimal(share),
    )


def test_doctests() -> None:
    assert doctest.testmod(pace).failed == 0


@given(paces())
def test_nothing_raises_whatever_is_zero_or_negative(subject: Pace) -> None:
    for figure in FIGURES:
        value = getattr(subject, figure)
        assert value is None or Decimal(value).is_finite(), figure
    assert subject.verdict() in Verdict


@given(paces())
def test_what_is_required_closes_the_gap(subject: Pace) -> None:
    required, gap = subject.required_per_day, subject.gap
    if required is None or gap is None:
        return
    assert required >= 0
    assert abs(required * subject.remaining_days - max(gap, Decimal(0))) < Decimal("1e-12")


@given(paces())
def test_ahead_by_points_means_ahead_by_index(subject: Pace) -> None:
    points, index = subject.points_ahead_of_curve, subject.pace_index
    if points is not None and index is not None and abs(points) > Decimal("1e-9"):
        assert (points > 0) == (index > 1)


@given(paces())
def test_without_a_curve_both_kinds_of_points_are_one(subject: Pace) -> None:
    even = replace(subject, seasonal_share=None)
    assert even.points_ahead == even.points_ahead_of_curve


def test_the_vector_of_the_domain_reference() -> None:
    subject = at(352, 9, total=22)
    assert subject.attainment == Decimal("0.352")
    assert subject.expected is not None and round(subject.expected, 2) == Decimal("409.09")
    assert subject.pace_index is not None and round(subject.pace_index, 3) == Decimal("0.860")
    assert subject.projection is not None and round(subject.projection, 1) == Decimal("860.4")
    assert subject.required_per_day is not None and round(subject.required_per_day, 2) == Decimal("49.85")
    assert subject.gap == 648
    assert subject.remaining_days == 13


def test_the_figures_of_the_sample_message() -> None:
    subject = Pace(Decimal(700_000), Decimal(568_603), total_days=20, elapsed_days=15)
    assert subject.points_ahead is not None and round(subject.points_ahead, 1) == Decimal("6.2")
    assert subject.projection is not None and round(subject.projection) == 758_137
    assert subject.required_per_day is not None and round(subject.required_per_day) == 26_279


def test_on_the_last_day_nothing_is_required_and_the_projection_is_the_result() -> None:
    subject = at(900, 20)
    assert subject.required_per_day is None
    assert subject.projection == 900
    assert subject.verdict() is Verdict.MISSED


def test_before_the_first_day_nothing_can_be_projected() -> None:
    subject = at(0, 0)
    assert subject.projection is None
    assert subject.pace_index is None
    assert subject.required_per_day == 50
    assert subject.verdict() is Verdict.NOT_STARTED


def test_more_returns_than_sales() -> None:
    subject = at(-200, 10)
    assert subject.attainment == Decimal("-0.2")
    assert subject.projection == -400
    assert subject.required_per_day == 120
    assert subject.verdict() is Verdict.FAR_BEHIND


def test_a_month_without_working_days() -> None:
    closed = Pace(Decimal(1000), Decimal(0), total_days=0, elapsed_days=0)
    assert closed.time_progress == 0
    assert closed.required_per_day is None
    assert closed.projection == 0
    assert closed.verdict() is Verdict.NOT_STARTED
    assert replace(closed, over=True).time_progress == 1
    assert replace(closed, over=True).verdict() is Verdict.MISSED
    assert replace(closed, sold=Decimal(1000)).verdict() is Verdict.REACHED


@pytest.mark.parametrize("target", [None, 0, -100])
def test_without_a_target_above_zero_there_is_no_attainment(target: int | None) -> None:
    subject = at(50, 10, target=target)
    assert subject.attainment is None
    assert subject.points_ahead is None
    assert subject.pace_index is None
    assert subject.required_per_day is None
    assert subject.projection == 100
    assert subject.verdict() is Verdict.NO_TARGET


def test_reached_needs_nothing_more() -> None:
    subject = at(1200, 10)
    assert subject.required_per_day == 0
    assert subject.gap == -200
    assert subject.verdict() is Verdict.REACHED


def test_a_seasonal_curve_changes_what_is_expected_but_not_the_time_gone() -> None:
    subject = at(300, 10, share="0.25")
    assert subject.time_progress == Decimal("0.5")
    assert subject.expected == 250
    assert subject.points_ahead == -20
    assert subject.points_ahead_of_curve == 5
    assert subject.projection == 1200
    assert subject.pace_index == Decimal("1.2")
    assert subject.verdict() is Verdict.AHEAD


def test_a_curve_that_expects_nothing_yet() -> None:
    subject = at(0, 1, share="0")
    assert subject.pace_index is None
    assert subject.projection is None
    assert subject.verdict() is Verdict.ON_PACE


@pytest.mark.parametrize(
    ("sold", "elapsed", "verdict"),
    [
        (1000, 1, Verdict.REACHED),
        (521, 10, Verdict.AHEAD),
        (520, 10, Verdict.ON_PACE),
        (480, 10, Verdict.ON_PACE),
        (479, 10, Verdict.SLIGHTLY_BEHIND),
        (450, 10, Verdict.SLIGHTLY_BEHIND),
        (449, 10, Verdict.BEHIND),
        (400, 10, Verdict.BEHIND),
        (399, 10, Verdict.FAR_BEHIND),
        (30, 1, Verdict.ON_PACE),
    ],
)
def test_verdict_at_its_edges(sold: int, elapsed: int, verdict: Verdict) -> None:
    assert at(sold, elapsed).verdict() is verdict


def test_a_company_may_move_the_thresholds() -> None:
    subject = at(450, 10)
    assert subject.verdict(tolerance_points=Decimal(5)) is Verdict.ON_PACE
    assert subject.verdict(behind_below=Decimal("0.95")) is Verdict.BEHIND
    assert subject.verdict(far_behind_below=Decimal("0.95")) is Verdict.FAR_BEHIND


@given(MONEY, st.none() | st.decimals(-1000, 0, places=2))
def test_growth_over_nothing_is_not_known(value: Decimal, base: Decimal | None) -> None:
    assert growth(value, base) is None


def test_growth_to_last_year_and_last_month() -> None:
    subject = Pace(None, Decimal(90), 1, 1, year_before=Decimal(100), period_before=Decimal(60))
    assert subject.year_growth == Decimal("-0.1")
    assert subject.period_growth == Decimal("0.5")


@pytest.mark.parametrize(("total", "elapsed"), [(20, 21), (20, -1), (-1, -1)])
def test_impossible_days_are_refused(total: int, elapsed: int) -> None:
    with pytest.raises(ValueError, match="working days gone"):
        Pace(Decimal(1), Decimal(0), total_days=total, elapsed_days=elapsed)


@pytest.mark.parametrize("share", ["-0.01", "1.01"])
def test_an_impossible_share_is_refused(share: str) -> None:
    with pytest.raises(ValueError, match="seasonal share"):
        at(1, 1, share=share)
