"""Progresses to try messages with: the example of messages.md and its extremes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from domain.names import Names
from domain.rules.periods import Period, fiscal_year, month
from domain.targets.pace import Pace
from domain.targets.views import ChannelSales, Money, Progress, Scope, ScopeKind, TargetState

TODAY = date(2019, 11, 22)
AT = datetime(2019, 11, 22, 10, 0, tzinfo=UTC)
READING: dict[str, Any] = {"today": TODAY, "currency": "CNY", "timezone": "Asia/Taipei"}
NASTY = "<!channel> <@U1> <https://x|y> & {{7*7}} \u202e *bold* _it_ ~no~ `code` :tada:"
LONG = "配件與Parts & Zubehör Großhandelsgesellschaft 👩‍🔧" * 12

ME = Scope(ScopeKind.PERSON, 7, Names("Li Hua", "李華", "李华"), is_self=True)
EAST = Scope(ScopeKind.REGION, 2, Names("East", "華東", "华东"))
COMPANY = Scope(ScopeKind.COMPANY, 0, Names("Hengtong Parts", "恆通零配件", "恒通配件"))
NASTY_SCOPE = Scope(ScopeKind.REGION, 3, Names(NASTY, NASTY, NASTY))
LONG_SCOPE = Scope(ScopeKind.REGION, 2**62, Names(LONG, LONG, LONG))


def progress(
    scope: Scope = ME,
    period: Period | None = None,
    *,
    sold: str = "568603.17",
    target: str | None = "700000",
    total: int = 20,
    elapsed: int = 15,
    year_ago: str | None = "578475.40",
    over: bool = False,
    **changes: Any,
) -> Progress:
    """November as messages.md tells it, with changes."""
    of = period or month(2019, 11)
    pace = Pace(
        None if target is None else Decimal(target),
        Decimal(sold),
        total_days=total,
        elapsed_days=elapsed,
        year_before=None if year_ago is None else Decimal(year_ago),
        period_before=Decimal("540120.00"),
        over=over,
    )
    base = Progress(
        scope=scope,
        period=of,
        closed_to=of.last if over else TODAY,
        sold_to=of.last if over else TODAY,
        over=over,
        currency="CNY",
        sold=pace.sold,
        quantity=Decimal(1240),
        order_lines=214,
        unpriced_lines=0,
        target=pace.target,
        target_state=TargetState.NONE if target is None else TargetState.SET,
        target_version=None if target is None else 3,
        pace=pace,
        verdict=pace.verdict(),
        year_ago=pace.year_before,
        previous=pace.period_before,
        chance=None if over or target is None else 0.881,
        computation_id=4711,
        imported_at=AT,
    )
    return replace(base, **changes)


def behind(scope: Scope = EAST, **changes: Any) -> Progress:
    """East in October: 4 points behind."""
    values: dict[str, Any] = {
        "sold": "2210400.50", "target": "3000000", "total": 22, "elapsed": 17, "year_ago": "2405000",
        "closed_to": date(2019, 10, 23), "sold_to": date(2019, 10, 23), "chance": 0.12, "order_lines": 1204,
        "computation_id": 4712,
    }  # fmt: skip
    return progress(scope, month(2019, 10), **(values | changes))


def empty(scope: Scope = ME, **changes: Any) -> Progress:
    """Nothing sold, nothing set, nothing imported."""
    values: dict[str, Any] = {
        "sold": "0", "target": None, "year_ago": None, "order_lines": 0, "quantity": Decimal(0),
        "previous": None, "imported_at": None, "elapsed": 0,
    }  # fmt: skip
    return progress(scope, **(values | changes))


def longest(scope: Scope = LONG_SCOPE, **changes: Any) -> Progress:
    """Everything that can be said at once, in large numbers."""
    values: dict[str, Any] = {
        "sold": "98765432109.99", "target": "123456789012.00", "total": 250, "elapsed": 99,
        "year_ago": "88888888888.88", "unpriced_lines": 12_345, "order_lines": 9_876_543,
        "outside": (
            ChannelSales("direct", None, 27_659, 27_659),
            ChannelSales("dealer", Decimal("1234567.89"), 3_210, 12),
            ChannelSales("agent", Decimal("-42.00"), 1, 0),
        ),
        "other_currencies": (Money(Decimal("12300.55"), "USD"), Money(Decimal("400000"), "JPY")),
        "may_share": True, "usual_share": Decimal("0.52"), "chance": 0.9996, "computation_id": 2**62,
    }  # fmt: skip
    return progress(scope, fiscal_year(2020, 7), **(values | changes))


def hostile(scope: Scope = NASTY_SCOPE, **changes: Any) -> Progress:
    """User text that would like to be more than text."""
    values: dict[str, Any] = {"outside": (ChannelSales(NASTY, Decimal(5), 2, 1),), "may_share": True}
    return progress(scope, **(values | changes))
