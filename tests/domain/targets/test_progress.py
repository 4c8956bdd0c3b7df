"""Where somebody stands, on a real database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from domain.names import Names
from domain.rules.company import Company, load_company
from domain.rules.periods import Period, month, quarter, year
from domain.rules.working_days import Calendar
from domain.targets.pace import Verdict
from domain.targets.queries import Moment, progress
from domain.targets.views import Progress, Scope, ScopeKind, TargetState
from gateways.database.unit_of_work import unit_of_work
from tests.company import PartsAndCo, make_company, settle

NOVEMBER = month(2019, 11)
FIRST = date(2019, 11, 1)


@pytest.fixture
def made(session: Session) -> PartsAndCo:
    return make_company(session)


def scope(made: PartsAndCo, whose: str) -> Scope:
    if whose == "company":
        return Scope(ScopeKind.COMPANY, 0, Names("Parts & Co"))
    if whose in made.regions:
        return Scope(ScopeKind.REGION, made.regions[whose], Names(whose))
    return Scope(ScopeKind.PERSON, made.people[whose], Names(whose))


def stands(
    session: Session,
    made: PartsAndCo,
    whose: str,
    period: Period = NOVEMBER,
    now: datetime = datetime(2019, 11, 15, 12, tzinfo=UTC),
    company: Company | None = None,
) -> Progress:
    company = company or load_company(session)
    return progress(
        session, scope(made, whose), period, company=company, moment=Moment.now(company, now), now=now
    )


AFTER = datetime(2019, 12, 3, 9, tzinfo=UTC)


def test_a_persons_month_to_the_cent(session: Session, made: PartsAndCo) -> None:
    made.sells(session, "alice", date(2019, 11, 4), "500000.00")
    made.sells(session, "alice", date(2019, 11, 30), "68603.17", region="West")
    made.sells(session, "alice", date(2019, 12, 1), "1.00")
    made.aims(session, "alice", FIRST, "700000")
    settle(session)
    found = stands(session, made, "alice", now=AFTER)
    assert (found.sold, found.target) == (Decimal("568603.17"), Decimal(700000))
    assert round(found.pace.attainment or 0, 3) == Decimal("0.812")
    assert found.verdict is Verdict.MISSED
    assert found.over
    assert found.order_lines == 2


def test_what_is_sold_later_is_not_known_yet(session: Session, made: PartsAndCo) -> None:
    made.sells(session, "alice", date(2019, 11, 15), "10")
    made.sells(session, "alice", date(2019, 11, 16), "99")
    settle(session)
    assert stands(session, made, "alice").sold == 10


def test_today_counts_as_gone_from_six_in_the_evening(session: Session, made: PartsAndCo) -> None:
    noon = stands(session, made, "alice")
    evening = stands(session, made, "alice", now=datetime(2019, 11, 15, 18, tzinfo=UTC))
    assert (noon.pace.elapsed_days, evening.pace.elapsed_days) == (10, 11)


def test_a_region_whose_people_serve_others_too_has_no_target_until_it_is_split(
    session: Session, made: PartsAndCo
) -> None:
    made.sells(session, "bob", date(2019, 11, 5), "30")
    made.aims(session, "alice", FIRST, "100")
    made.aims(session, "bob", FIRST, "200")
    settle(session)
    found = stands(session, made, "East")
    assert (found.target_state, found.target, found.sold) == (TargetState.NOT_SPLIT, None, 30)
    session.execute(text("UPDATE target_line SET region_id = :e WHERE person_id = :b"),
                    {"e": made.regions["East"], "b": made.people["bob"]})  # fmt: skip
    assert stands(session, made, "East").target == 300
    assert stands(session, made, "West").target_state is TargetState.NONE


def test_a_regions_remainder_is_part_of_its_target(session: Session, made: PartsAndCo) -> None:
    made.aims(session, "alice", FIRST, "100")
    made.aims(session, None, FIRST, "40", region="East")
    settle(session)
    assert stands(session, made, "East").target == 140
    assert stands(session, made, "company").target == 140


def test_direct_sales_do_not_count_and_are_told_apart(session: Session, made: PartsAndCo) -> None:
    made.sells(session, "alice", date(2019, 11, 5), "70")
    made.sells(session, None, date(2019, 11, 5), "5", channel="direct")
    made.sells(session, None, date(2019, 11, 6), None, channel="direct", region="West")
    settle(session)
    found = stands(session, made, "company")
    assert found.sold == 70
    (outside,) = found.outside
    assert (outside.channel, outside.amount, outside.lines, outside.unpriced_lines) == ("direct", 5, 2, 1)
    (west,) = stands(session, made, "West").outside
    assert west.amount is None


def test_currencies_are_kept_apart(session: Session, made: PartsAndCo) -> None:
    made.sells(session, "alice", date(2019, 11, 5), "70")
    made.sells(session, "alice", date(2019, 11, 5), "900", currency="CNY")
    settle(session)
    found = stands(session, made, "alice")
    assert (found.sold, found.currency) == (70, "USD")
    assert [(m.amount, m.currency) for m in found.other_currencies] == [(900, "CNY")]


def test_a_running_month_is_held_against_the_same_days(session: Session, made: PartsAndCo) -> None:
    made.sells(session, "alice", date(2018, 11, 15), "50")
    made.sells(session, "alice", date(2018, 11, 16), "1000")
    made.sells(session, "alice", date(2019, 10, 31), "8")
    made.sells(session, "alice", date(2019, 11, 4), "60")
    settle(session)
    running = stands(session, made, "alice")
    assert running.year_ago == 50
    assert round(running.pace.year_growth or 0, 2) == Decimal("0.20")
    over = stands(session, made, "alice", now=AFTER)
    assert (over.year_ago, over.previous) == (1050, 8)


def test_nothing_sold_before_is_nothing_to_compare_with(session: Session, made: PartsAndCo) -> None:
    made.sells(session, "alice", date(2018, 11, 4), "-5")
    settle(session)
    found = stands(session, made, "alice")
    assert found.pace.year_growth is None
    assert found.previous is None


def test_a_period_to_come_has_nothing_yet(session: Session, made: PartsAndCo) -> None:
    made.aims(session, "alice", date(2020, 1, 1), "100")
    settle(session)
    found = stands(session, made, "alice", month(2020, 1))
    assert (found.sold_to, found.closed_to, found.sold, found.target) == (None, None, 0, 100)
    assert found.verdict is Verdict.NOT_STARTED


def test_the_last_day_divides_by_nothing(session: Session, made: PartsAndCo) -> None:
    made.aims(session, "alice", FIRST, "100")
    settle(session)
    found = stands(session, made, "alice", now=datetime(2019, 11, 29, 19, tzinfo=UTC))
    assert found.pace.remaining_days == 0
    assert found.pace.required_per_day is None


def test_a_month_without_working_days_divides_by_nothing(session: Session, made: PartsAndCo) -> None:
    made.aims(session, "alice", FIRST, "100")
    settle(session)
    closed = Calendar(closed=frozenset(date(2019, 11, d) for d in range(1, 31)))
    company = Company(calendar=closed)
    found = stands(session, made, "alice", company=company)
    assert found.pace.total_days == 0
    assert found.pace.projection == 0


def test_the_computation_is_kept_once_and_as_it_was(session: Session, made: PartsAndCo) -> None:
    made.sells(session, "alice", date(2019, 11, 4), "50")
    settle(session)
    first, again = stands(session, made, "alice"), stands(session, made, "alice")
    assert first.computation_id == again.computation_id
    made.sells(session, "alice", date(2019, 11, 5), "1")
    settle(session)
    assert stands(session, made, "alice").computation_id != first.computation_id


def test_the_chance_needs_a_month_of_history(session: Session, made: PartsAndCo) -> None:
    made.aims(session, "alice", FIRST, "1000")
    made.sells(session, "alice", date(2019, 11, 4), "50")
    settle(session)
    assert stands(session, made, "alice").chance is None
    for day in range(1, 29):
        made.sells(session, "alice", date(2019, 9, day), "60")
        made.sells(session, "alice", date(2019, 10, day), "60")
    settle(session)
    chance = stands(session, made, "alice").chance
    assert chance is not None
    assert 0 < chance < 1


SALE = st.tuples(
    st.sampled_from(["alice", "bob", "carol", "lin", None]),
    st.dates(date(2019, 1, 1), date(2019, 12, 31)),
    st.decimals(-1000, 100000, places=2),
    st.sampled_from(["East", "West"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SALE, max_size=30), st.lists(st.integers(0, 10**6), min_size=12, max_size=12))
def test_sums_hold_at_every_level(
    engine: Engine, sales: list[tuple[str | None, date, Decimal, str]], aims: list[int]
) -> None:
    """Months make the year, people and nobody make the region, regions make the company."""
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE person, region, target_set, setting, customer, part, part_category,"
                                " order_line, sales_daily, sales_scope_daily CASCADE"))  # fmt: skip
    with unit_of_work(engine) as session:
        made = make_company(session)
        for who, day, amount, region in sales:
            made.sells(session, who, day, str(amount), region=region)
        for number, amount in enumerate(aims, start=1):
            made.aims(session, "alice", date(2019, number, 1), str(amount))
        settle(session)
        now = datetime(2020, 1, 2, tzinfo=UTC)

        def sold(whose: str, period: Period) -> Decimal:
            return stands(session, made, whose, period, now).sold

        whole = year(2019)
        months = [month(2019, m) for m in range(1, 13)]
        quarters = [quarter(2019, q) for q in range(1, 5)]
        for whose in ("company", "East", "alice"):
            assert sum(sold(whose, m) for m in months) == sold(whose, whole)
            assert sum(sold(whose, q) for q in quarters) == sold(whose, whole)
        assert sold("East", whole) + sold("West", whole) == sold("company", whole)
        nobody = sum((a for who, _, a, _ in sales if who is None), Decimal(0))
        people = sum(sold(who, whole) for who in ("alice", "bob", "carol", "lin"))
        assert people + nobody == sold("company", whole)
        targets = [stands(session, made, "alice", m, now).target or 0 for m in months]
        assert sum(targets) == stands(session, made, "alice", whole, now).target == sum(aims)
