"""What is said about targets: frozen answers, ready to be worded in any language."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.names import Names
from domain.rules.periods import Period
from domain.targets.pace import Pace, Verdict


class ScopeKind(StrEnum):
    """Whose numbers."""

    PERSON = "person"
    REGION = "region"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Scope:
    """A person, a region or the company (id 0). `is_self`: the reader's own numbers."""

    kind: ScopeKind
    id: int
    names: Names
    is_self: bool = False


class TargetState(StrEnum):
    """Why there is or is not a target to hold the sales against."""

    SET = "set"
    NONE = "none"  # nobody has set one
    NOT_SPLIT = "not_split"  # people serve several regions and nobody has split their target
    OTHER_CURRENCY = "other_currency"  # it is set in a currency nothing was sold in


@dataclass(frozen=True, slots=True)
class ChannelSales:
    """Sales of a channel that does not count towards the target. Amount None: no price is known."""

    channel: str
    amount: Decimal | None
    lines: int
    unpriced_lines: int


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a scope stands in a period.

    Amounts are in `currency`. `closed_to` is the last day counted as elapsed, `sold_to` the last day whose
    sales are in. `year_ago` and `previous` are the sales of the same span one year and one period earlier
    (the whole earlier period once this one is over). `chance` is the probability of reaching the target,
    0..1, None where it is not known. `unpriced_lines` were sold at a price nobody has told us: they are
    missing from `sold`.
    """

    scope: Scope
    period: Period
    closed_to: date | None
    sold_to: date | None
    over: bool
    currency: str
    sold: Decimal
    quantity: Decimal
    order_lines: int
    unpriced_lines: int
    target: Decimal | None
    target_state: TargetState
    target_version: int | None
    pace: Pace
    verdict: Verdict
    year_ago: Decimal | None
    previous: Decimal | None
    chance: float | None
    computation_id: int
    imported_at: datetime | None
    outside: tuple[ChannelSales, ...] = ()
    other_currencies: tuple[Money, ...] = ()
    may_share: bool = False
    usual_share: Decimal | None = None  # usually sold of such a period by now; None: too little past


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the chart: cumulative sales and what was expected by the end of that day."""

    day: date
    sold: Decimal | None  # None: still to come
    expected: Decimal | None  # None: no target


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a digest's table: a region, or a part category where the region has no other split.

    `per_day` is what is still needed per remaining working day. Never a person: personal performance does
    not appear in a channel.
    """

    names: Names
    target: Decimal | None
    sold: Decimal
    attainment: Decimal | None
    year_ago: Decimal | None
    growth: Decimal | None
    per_day: Decimal | None


@dataclass(frozen=True, slots=True)
class Lever:
    """Something to do: what a customer group buys less of than in the same days last year."""

    category: Names
    customer_group: str
    sold: Decimal
    year_ago: Decimal
    shortfall: Decimal


@dataclass(frozen=True, slots=True)
class Digest:
    """The daily progress of a region or the company as its channel reads it.

    `rows` are worst first, at most eight; `more_rows` is how many were left out.
    """

    progress: Progress
    points: tuple[Point, ...]
    rows: tuple[Row, ...]
    rows_are: str  # "regions" or "categories"
    more_rows: int
    levers: tuple[Lever, ...]
    at_time: str  # "08:30", the schedule's hour, for "why did I get this"
    schedule: str = "daily_progress"


@dataclass(frozen=True, slots=True)
class Step:
    """Sales of a week of the period, Monday to Sunday, clipped to the period."""

    first: date
    last: date
    sold: Decimal


@dataclass(frozen=True, slots=True)
class Weeks:
    """A progress taken apart by week; the steps add up to what was sold."""

    progress: Progress
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class MyDay:
    """What `/parts` and Home open with."""

    own: Progress | None
    regions: tuple[Progress, ...] = ()
    company: Progress | None = None
    commands: tuple[str, ...] = field(default=())
    manages: bool = False  # the company's settings
