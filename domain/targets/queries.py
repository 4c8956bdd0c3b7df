"""Where somebody stands: the answer behind `/target`, the digests and Home."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from domain.computations.operations import keep, key_of
from domain.rules.company import Company
from domain.rules.periods import Period
from domain.targets.chance import chance_of_reaching
from domain.targets.history import Outlook, Reader, Remembered, whole_outlook
from domain.targets.pace import Pace, Verdict
from domain.targets.sums import Sums, Target, Window, sums_and_target
from domain.targets.views import ChannelSales, Money, Progress, Scope, ScopeKind, TargetState

FORMULA, VERSION = "targets.progress", 1
ZERO = Decimal(0)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the answer looks: sales up to `sold_to`, working days gone up to `closed_to`, both included."""

    today: date
    sold_to: date
    closed_to: date

    @classmethod
    def now(cls, company: Company, now: datetime) -> "Moment":
        """Everything sold so far; today's working day counts as gone from 18:00 on."""
        today = company.today(now)
        return cls(today, today, today if company.day_is_over(now) else today - ONE_DAY)

    @classmethod
    def yesterday(cls, company: Company, now: datetime) -> "Moment":
        """Full days only: what a morning digest tells."""
        today = company.today(now)
        return cls(today, today - ONE_DAY, today - ONE_DAY)


def progress(
    session: Session,
    scope: Scope,
    period: Period,
    *,
    company: Company,
    moment: Moment,
    now: datetime,
    may_share: bool = False,
    remembered: Remembered | None = None,
) -> Progress:
    """Where the scope stands in the period. Rights are the caller's to check (`scopes.resolve`).

    The computation behind it is kept, so that every number can be explained as it was shown. `remembered`
    spares a process that answers often what it has read before.
    """
    remembered = remembered or Remembered()
    facts = _facts(session, scope, period, company, moment)
    pace = _pace(facts, period, company)
    reader = Reader(session, scope, facts.currency, company)
    undecided = facts.goal is not None and pace.remaining_days > 0
    ahead = None
    if undecided:
        read = (facts.currency, facts.target.batch, company.calendar, company.target_channels)
        key = (scope.kind, scope.id, period, facts.closed_to, *read)
        ahead = remembered.get(key, lambda: whole_outlook(reader, period, facts.closed_to))
    begun = facts.closed_to >= period.first
    answer = Progress(
        scope=scope,
        period=period,
        closed_to=facts.closed_to if begun else None,
        sold_to=facts.sold_to if facts.sold_to >= period.first else None,
        over=facts.over,
        currency=facts.currency,
        sold=pace.sold,
        quantity=_total(r.quantity for r in facts.counted),
        order_lines=sum(r.lines for r in facts.main),
        unpriced_lines=sum(r.unpriced_lines for r in facts.main),
        target=facts.goal,
        target_state=_state(facts.target, facts.goal),
        target_version=facts.target.version,
        pace=pace,
        verdict=_verdict(pace, company),
        year_ago=pace.year_before,
        previous=pace.period_before,
        chance=_chance(pace, ahead),
        computation_id=0,
        imported_at=facts.target.imported_at,
        outside=facts.outside,
        other_currencies=facts.other_currencies,
        may_share=may_share and scope.kind is not ScopeKind.PERSON,
        usual_share=ahead.usual if ahead else None,
    )
    inputs, result = _content(answer, ahead, company)
    content = key_of(FORMULA, VERSION, inputs, result)
    kept = remembered.get(
        content, lambda: keep(session, FORMULA, VERSION, inputs=inputs, result=result, at=now)
    )
    return replace(answer, computation_id=kept)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What was read for one answer. `counted`: channels that count; `main`: of those, the main currency."""

    sold_to: date
    closed_to: date
    over: bool
    target: Target
    currency: str
    counted: tuple[Sums, ...]
    main: tuple[Sums, ...]
    outside: tuple[ChannelSales, ...]

    @property
    def goal(self) -> Decimal | None:
        """The target in the main currency."""
        return self.target.by_currency.get(self.currency)

    @property
    def other_currencies(self) -> tuple[Money, ...]:
        """Sales that cannot be added up with the rest."""
        return tuple(
            Money(r.sold, r.currency)
            for r in self.counted
            if r.currency != self.currency and r.sold is not None
        )


def _facts(session: Session, scope: Scope, period: Period, company: Company, moment: Moment) -> _Facts:
    sold_to = min(moment.sold_to, period.last)
    over = period.closed_by(moment.today)
    year_ago = _same_span(period.year_before(), period, sold_to, over)
    previous = _same_span(period.previous(), period, sold_to, over)
    months = Window(period.first, period.last)
    now = Window(period.first, sold_to)
    rows, set_target = sums_and_target(session, scope, now, year_ago, previous, months)
    currency = _currency(rows, set_target, company)
    counted = tuple(r for r in rows if company.counts(r.channel))
    return _Facts(
        sold_to=sold_to,
        closed_to=min(moment.closed_to, period.last),
        over=over,
        target=set_target,
        currency=currency,
        counted=counted,
        main=tuple(r for r in counted if r.currency == currency),
        outside=tuple(_outside(r) for r in rows if not company.counts(r.channel) and r.lines),
    )


def _pace(facts: _Facts, period: Period, company: Company) -> Pace:
    return Pace(
        facts.goal,
        _total(r.sold for r in facts.main),
        total_days=company.calendar.count(period.first, period.last),
        elapsed_days=company.calendar.count(period.first, facts.closed_to),
        year_before=_known(r.year_ago for r in facts.main),
        period_before=_known(r.previous for r in facts.main),
        over=facts.over,
    )


def _verdict(pace: Pace, company: Company) -> Verdict:
    """How the target stands, by the company's own thresholds."""
    found = company.thresholds
    return pace.verdict(
        tolerance_points=found.tolerance_points,
        behind_below=found.behind_percent / 100,
        far_behind_below=found.far_behind_percent / 100,
    )


def _same_span(earlier: Period, period: Period, sold_to: date, over: bool) -> Window:
    """The earlier period whole once this one is over, else its first days, as many as this one has had."""
    if over or sold_to >= period.last:
        return Window(earlier.first, earlier.last)
    days = sold_to - period.first
    return Window(earlier.first, min(earlier.first + days, earlier.last))


def _currency(rows: list[Sums], set_target: Target, company: Company) -> str:
    """The company's currency where it is in play, else the target's, else that of the largest sales."""
    sold_in = {r.currency: r.sold or ZERO for r in rows if company.counts(r.channel)}
    if company.currency in sold_in or company.currency in set_target.by_currency:
        return company.currency
    if set_target.by_currency:
        return min(set_target.by_currency)
    return max(sold_in, key=lambda c: sold_in[c], default=company.currency)


def _state(set_target: Target, goal: Decimal | None) -> TargetState:
    if set_target.state is TargetState.SET and goal is None:
        return TargetState.OTHER_CURRENCY
    return set_target.state


def _chance(pace: Pace, ahead: Outlook | None) -> float | None:
    if ahead is None:
        return chance_of_reaching(pace.target, pace.sold, 0, None) if pace.over else None
    return chance_of_reaching(pace.target, pace.sold, pace.remaining_days, ahead.history, ahead.comparables)


def _total(values: Any) -> Decimal:
    return sum((v for v in values if v is not None), ZERO)


def _known(values: Any) -> Decimal | None:
    """The sum of the known values; None where none is known."""
    known = [v for v in values if v is not None]
    return sum(known, ZERO) if known else None


def _outside(row: Sums) -> ChannelSales:
    known = row.sold if row.lines > row.unpriced_lines else None
    return ChannelSales(row.channel, known, row.lines, row.unpriced_lines)


def _written(value: object) -> str | None:
    """A number as the computation keeps it: exact, without an exponent."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return format(value.quantize(Decimal("0.000001")).normalize(), "f")
    return format(Decimal(str(value)).quantize(Decimal("0.000001")).normalize(), "f")


def _content(
    answer: Progress, ahead: Outlook | None, company: Company
) -> tuple[dict[str, Any], dict[str, Any]]:
    pace = answer.pace
    inputs = {
        "scope_kind": answer.scope.kind.value,
        "scope_id": answer.scope.id,
        # People are named when they are shown, never kept: they can be erased.
        "scope_name": None if answer.scope.kind is ScopeKind.PERSON else answer.scope.names.name,
        "period_first": answer.period.first.isoformat(),
        "period_last": answer.period.last.isoformat(),
        "sold_to": answer.sold_to and answer.sold_to.isoformat(),
        "closed_to": answer.closed_to and answer.closed_to.isoformat(),
        "currency": answer.currency,
        "sold": _written(answer.sold),
        "order_lines": answer.order_lines,
        "unpriced_lines": answer.unpriced_lines,
        "target": _written(answer.target),
        "target_state": answer.target_state.value,
        "target_version": answer.target_version,
        "days_total": pace.total_days,
        "days_elapsed": pace.elapsed_days,
        "year_ago": _written(answer.year_ago),
        "previous": _written(answer.previous),
        "chance_days": ahead.history.n if ahead else None,
        "chance_mean": _written(ahead.history.mean) if ahead else None,
        "chance_variance": _written(ahead.history.variance) if ahead else None,
        "chance_comparables": [_written(c) for c in ahead.comparables] if ahead else [],
        "usual_share": _written(answer.usual_share),
        "channels": list(company.target_channels),
        "imported_at": answer.imported_at and answer.imported_at.isoformat(),
    }
    result = {
        "attainment": _written(pace.attainment),
        "time_progress": _written(pace.time_progress),
        "points_ahead": _written(pace.points_ahead),
        "pace_index": _written(pace.pace_index),
        "projection": _written(pace.projection),
        "required_per_day": _written(pace.required_per_day),
        "gap": _written(pace.gap),
        "yoy": _written(pace.year_growth),
        "mom": _written(pace.period_growth),
        "chance": _written(answer.chance),
    }
    return inputs, result
