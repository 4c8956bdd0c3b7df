"""Questions as people ask them: typed, or by a button; rights checked before anything is read."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.computations.operations import explain
from domain.computations.views import Explanation
from domain.names import Names
from domain.people.rights import Actor, Right, may_see_company, may_see_region
from domain.refusals import NoShare, NotKnownAnymore, UnknownPeriodText
from domain.rules.company import Company
from domain.rules.periods import (
    Period,
    PeriodKind,
    UnknownPeriod,
    parse_period,
    period_at,
    split_who_and_period,
)
from domain.targets.digests import weeks
from domain.targets.history import Remembered
from domain.targets.queries import FORMULA, Moment, progress
from domain.targets.scopes import company_scope, resolve, scope_by_id, self_scope
from domain.targets.views import MyDay, Progress, Scope, ScopeKind, Weeks


def ask(
    session: Session,
    actor: Actor,
    typed: str,
    *,
    company: Company,
    now: datetime,
    remembered: Remembered | None = None,
) -> Progress:
    """The answer to `[who] [period]`; both may be left out (me, this month).

    Raises UnknownPeriodText, UnknownWho, AmbiguousWho, NotYours.
    """
    today = company.today(now)
    try:
        who, period = split_who_and_period(typed, today=today, fiscal_year_start=company.fiscal_year_start)
    except UnknownPeriod as unknown:
        raise UnknownPeriodText(unknown.text, unknown.suggestions) from unknown
    scope = resolve(session, actor, who, company)
    asked = period or period_at(PeriodKind.MONTH, today)
    return _answer(session, actor, scope, asked, company, now, remembered)


def ask_for(
    session: Session, actor: Actor, kind: ScopeKind, id_: int, code: str, *, company: Company, now: datetime
) -> Progress:
    """The answer to a button drawn for a scope and a period. Raises like `ask`."""
    scope = scope_by_id(session, actor, kind, id_, company)
    return _answer(session, actor, scope, _period(code, company, now), company, now)


def weeks_for(
    session: Session, actor: Actor, kind: ScopeKind, id_: int, code: str, *, company: Company, now: datetime
) -> Weeks:
    """The same taken apart by week."""
    return weeks(session, ask_for(session, actor, kind, id_, code, company=company, now=now), company)


def explain_for(
    session: Session, actor: Actor, computation_id: int, *, company: Company
) -> tuple[Explanation, Names]:
    """Why a number is what it is, and whose it is. Raises NotKnownAnymore, NotYours."""
    found = explain(session, computation_id)
    if found.formula != FORMULA:
        raise NotKnownAnymore
    kind = ScopeKind(found.inputs["scope_kind"])
    scope = scope_by_id(session, actor, kind, int(found.inputs["scope_id"]), company)
    return found, scope.names


def channel_to_share(answer: Progress, company: Company) -> str:
    """The channel in which a region's or the company's progress may be told. Raises NoShare."""
    if answer.scope.kind is ScopeKind.PERSON:
        raise NoShare("personal")
    channel = (
        company.channels.get("company")
        if answer.scope.kind is ScopeKind.COMPANY
        else company.channel_of_region(answer.scope.names.name)
    )
    if not channel:
        raise NoShare("no_channel")
    return channel


def my_day(session: Session, actor: Actor, *, company: Company, now: datetime) -> MyDay:
    """What `/parts` and Home open with: own numbers, regions led, the company for those who see it."""
    period = period_at(PeriodKind.MONTH, company.today(now))

    def told(scope: Scope) -> Progress:
        return _answer(session, actor, scope, period, company, now)

    regions = [scope_by_id(session, actor, ScopeKind.REGION, id_, company) for id_ in sorted(actor.leads)]
    return MyDay(
        own=told(self_scope(actor)) if actor.sells else None,
        regions=tuple(told(scope) for scope in regions),
        company=told(company_scope(company)) if actor.has(Right.SEE_REGIONS) else None,
        manages=actor.has(Right.MANAGE),
    )


def _period(code: str, company: Company, now: datetime) -> Period:
    try:
        return parse_period(code, today=company.today(now), fiscal_year_start=company.fiscal_year_start)
    except UnknownPeriod as unknown:
        raise UnknownPeriodText(unknown.text, unknown.suggestions) from unknown


def _answer(
    session: Session,
    actor: Actor,
    scope: Scope,
    period: Period,
    company: Company,
    now: datetime,
    remembered: Remembered | None = None,
) -> Progress:
    shares = {
        ScopeKind.PERSON: False,
        ScopeKind.REGION: may_see_region(actor, scope.id) and _has_channel(scope, company),
        ScopeKind.COMPANY: may_see_company(actor) and bool(company.channels.get("company")),
    }
    moment = Moment.now(company, now)
    return progress(
        session,
        scope,
        period,
        company=company,
        moment=moment,
        now=now,
        may_share=shares[scope.kind],
        remembered=remembered,
    )


def _has_channel(scope: Scope, company: Company) -> bool:
    return company.channel_of_region(scope.names.name) is not None
