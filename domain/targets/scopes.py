"""Whose numbers are meant, and whether the reader may see them."""

import re
from collections.abc import Iterable

from sqlalchemy.orm import Session

from domain.names import Names
from domain.people.lookup import fold, nearest
from domain.people.queries import KnownPerson, KnownRegion, known_people, known_regions
from domain.people.rights import Actor, Right, may_see_company, may_see_person, may_see_region
from domain.refusals import AmbiguousWho, NotYours, UnknownWho
from domain.rules.company import Company
from domain.targets.views import Scope, ScopeKind

_MENTION = re.compile(r"^<@([UW][A-Z0-9]+)(\|[^>]*)?>$")
ME = frozenset(map(fold, ("me", "my", "mine", "我", "我的", "自己", "本人")))
COMPANY = frozenset(map(fold, ("company", "all", "total", "公司", "全公司", "總公司", "总公司", "全部")))


def company_scope(company: Company) -> Scope:
    """The whole company."""
    return Scope(ScopeKind.COMPANY, 0, Names(company.name or "PartsPlan"))


def self_scope(actor: Actor) -> Scope:
    """The actor's own numbers."""
    return Scope(ScopeKind.PERSON, actor.person_id, actor.names, is_self=True)


def resolve(session: Session, actor: Actor, who: str, company: Company) -> Scope:
    """The scope meant by `who`, which the actor may see.

    Empty: what is closest to the actor (own numbers, a region they lead, the company). Raises UnknownWho,
    AmbiguousWho, or NotYours when the numbers are somebody else's.
    """
    scope = _find(session, actor, who.strip(), company)
    authorise(session, actor, scope)
    return scope


def authorise(session: Session, actor: Actor, scope: Scope) -> None:
    """Raise NotYours unless the actor may see the scope's numbers now."""
    if scope.kind is ScopeKind.COMPANY:
        allowed = may_see_company(actor)
    elif scope.kind is ScopeKind.REGION:
        allowed = may_see_region(actor, scope.id)
    elif scope.id == actor.person_id:
        allowed = True
    else:
        person = next((p for p in known_people(session) if p.id == scope.id), None)
        allowed = person is not None and may_see_person(actor, person.id, person.regions)
    if not allowed:
        raise NotYours("region" if actor.leads else "own")


def scope_by_id(session: Session, actor: Actor, kind: ScopeKind, id_: int, company: Company) -> Scope:
    """The scope a button was drawn for, checked against what the actor may see at the click."""
    if kind is ScopeKind.COMPANY:
        scope = company_scope(company)
    elif kind is ScopeKind.PERSON and id_ == actor.person_id:
        scope = self_scope(actor)
    else:
        known: Iterable[KnownPerson | KnownRegion] = (
            known_people(session) if kind is ScopeKind.PERSON else known_regions(session)
        )
        match = next((k for k in known if k.id == id_), None)
        if match is None:
            raise UnknownWho(str(id_), ())
        scope = Scope(kind, match.id, match.names)
    authorise(session, actor, scope)
    return scope


def _find(session: Session, actor: Actor, who: str, company: Company) -> Scope:
    folded = fold(who)
    if not folded:
        return _closest(session, actor, company)
    if folded in ME:
        return self_scope(actor)
    if folded in COMPANY or folded == fold(company.name):
        return company_scope(company)
    mention = _MENTION.match(who)
    if mention is None:
        return _by_name(session, actor, who)
    user = mention.group(1)
    if user == actor.slack_user_id:
        return self_scope(actor)
    person = next((p for p in known_people(session) if p.slack_user_id == user), None)
    if person is None:
        raise UnknownWho(who, ())
    return Scope(ScopeKind.PERSON, person.id, person.names)


def _closest(session: Session, actor: Actor, company: Company) -> Scope:
    if actor.sells:
        return self_scope(actor)
    if actor.has(Right.SEE_REGIONS):
        return company_scope(company)
    if actor.leads:
        return scope_by_id(session, actor, ScopeKind.REGION, min(actor.leads), company)
    return self_scope(actor)


def _by_name(session: Session, actor: Actor, who: str) -> Scope:
    people, regions = known_people(session), known_regions(session)
    wanted = fold(who.lstrip("@＠"))
    spellings: list[tuple[set[str], Scope]] = [
        ({fold(n) for n in (*r.names.all(), r.code)}, Scope(ScopeKind.REGION, r.id, r.names)) for r in regions
    ] + [
        (
            {fold(n) for n in (*p.names.all(), p.code, p.email, p.email.partition("@")[0])},
            Scope(ScopeKind.PERSON, p.id, p.names, is_self=p.id == actor.person_id),
        )
        for p in people
    ]
    exact = [scope for names, scope in spellings if wanted in names]
    found = exact or [scope for names, scope in spellings if any(_begins(n, wanted) for n in names)]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousWho(who, tuple(scope.names.in_locale(actor.locale) for scope in found[:3]))
    names = [n for r in regions for n in r.names.all()] + [n for p in people for n in p.names.all()]
    raise UnknownWho(who, nearest(who, names))


def _begins(name: str, wanted: str) -> bool:
    """Whether a name begins with what was typed; one letter is not enough in Latin script."""
    return name.startswith(wanted) and (len(wanted) > 2 or not wanted.isascii())
