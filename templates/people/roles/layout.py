"""People and their roles: finding somebody, and what they have and may be given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.names import Locale, Names
from domain.people.rights import Role
from domain.people.views import HeldRole
from templates.actions import (
    ROLE_END,
    ROLE_FIRST,
    ROLE_GIVE,
    ROLE_LAST,
    ROLE_REGION,
    ROLE_ROLE,
    ROLES_FIND,
    ROLES_PERSON,
    GrantRef,
    Page,
)
from templates.blocks import (
    Block,
    View,
    button,
    datepicker,
    external_select,
    input_block,
    option,
    section,
    static_select,
)
from templates.formats import Reader
from templates.i18n import words
from templates.rules.parts import Note, page
from templates.text import Mrkdwn

FOLDER = "people/roles"
WHOLE = "0"
MOST_REGIONS, MOST_ROLES = 98, 40


@dataclass(frozen=True, slots=True)
class Find:
    """The question who."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with their roles in force and to come; `regions` to choose from; `drawn` tells fresh fields apart."""

    id: int
    names: Names
    roles: tuple[HeldRole, ...]
    regions: tuple[tuple[int, Names], ...]
    drawn: str = "0"


def role_name(role: Role, locale: Locale) -> Mrkdwn:
    """A role in words."""
    say = words(locale, FOLDER)
    return {
        Role.REP: say.rep, Role.REGION_LEAD: say.region_lead, Role.SALES_MANAGER: say.sales_manager,
        Role.PLANNER: say.planner, Role.BUYER: say.buyer, Role.STOREKEEPER: say.storekeeper,
        Role.LOGISTICS: say.logistics, Role.FINANCE: say.finance, Role.MARKET_ANALYST: say.market_analyst,
        Role.TRAINER: say.trainer, Role.HR: say.hr, Role.EXECUTIVE: say.executive, Role.ADMIN: say.admin,
    }[role]()  # fmt: skip


def plain_words(held: HeldRole, reader: Reader) -> Mrkdwn:
    """A role with its region."""
    role = role_name(held.role, reader.locale)
    if held.region is None:
        return role
    return words(reader.locale, FOLDER).role_of(role, reader.name(held.region))


def held_words(held: HeldRole, reader: Reader) -> Mrkdwn:
    """A role with its region and its days."""
    say, role = words(reader.locale, FOLDER), plain_words(held, reader)
    if held.from_list:
        return say.always(role)
    if held.first is None:
        return say.until(role, reader.day(held.last))
    if held.last is not None:
        return say.between(role, reader.day(held.first), reader.day(held.last))
    begun = held.first <= reader.today
    return (say.since if begun else say.starting)(role, reader.day(held.first))


def build(
    view: Find, *, locale: Locale, today: date, timezone: str = "UTC", note: Note | None = None
) -> View:
    """Whose roles?"""
    del view
    say, reader = words(locale, FOLDER), Reader(locale, today, timezone=timezone)
    blocks = [input_block("person", say.person(), external_select(ROLES_PERSON), hint=say.person_hint())]
    return page(say.title(), blocks, reader, callback_id=ROLES_FIND, note=note, submit=say.find())


def build_person(
    view: Person, *, locale: Locale, today: date, timezone: str = "UTC", note: Note | None = None
) -> View:
    """Their roles, each with the way to end it, and below them the form for another."""
    say, reader = words(locale, FOLDER), Reader(locale, today, timezone=timezone)
    blocks = [section(say.about(reader.name(view.names)))]
    blocks += [_entry(held, reader) for held in view.roles[:MOST_ROLES]] or [section(say.no_roles())]
    blocks += _form(view, reader)
    return page(
        say.title(), blocks, reader, callback_id=ROLE_GIVE, note=note, submit=say.give(), metadata=str(view.id),
        back=Page.ROLES,
    )  # fmt: skip


def _entry(held: HeldRole, reader: Reader) -> Block:
    say, said = words(reader.locale, FOLDER), held_words(held, reader)
    label = say.end_label(role_name(held.role, reader.locale))
    return section(said, accessory=button(say.end(), ROLE_END.use(GrantRef(held.id)), label=label))


def _form(view: Person, reader: Reader) -> Sequence[Block]:
    say = words(reader.locale, FOLDER)
    roles = [option(role_name(role, reader.locale), role.value) for role in Role]
    regions = [option(say.whole_company(), WHOLE)]
    regions += [option(reader.name(names), str(id_)) for id_, names in view.regions[:MOST_REGIONS]]
    first = datepicker(ROLE_FIRST, initial=reader.today.isoformat())
    return [
        input_block(f"role.{view.drawn}", say.role(), static_select(ROLE_ROLE, roles)),
        input_block(
            f"region.{view.drawn}", say.region(), static_select(ROLE_REGION, regions, initial=WHOLE),
            hint=say.region_hint(),
        ),
        input_block(f"first.{view.drawn}", say.first(), first),
        input_block(
            f"last.{view.drawn}", say.last(), datepicker(ROLE_LAST), hint=say.last_hint(), optional=True
        ),
    ]  # fmt: skip


def given_note(names: Names, held: HeldRole) -> Note:
    """They have it."""
    return lambda reader: words(reader.locale, FOLDER).given(reader.name(names), held_words(held, reader))


def ended_note(names: Names, held: HeldRole) -> Note:
    """They have it no more; and what to do so that it stays so."""

    def note(reader: Reader) -> Mrkdwn:
        say, role = words(reader.locale, FOLDER), plain_words(held, reader)
        return reader.sentences(
            say.ended(reader.name(names), role), say.ended_list() if held.from_list else None
        )

    return note


def refused_words(why: str, locale: Locale) -> Mrkdwn:
    """Why a role is not given or ended."""
    say = words(locale, FOLDER)
    return {
        "own_admin": say.own_admin, "last_admin": say.last_admin, "gone": say.gone, "past": say.past,
        "needs_region": say.needs_region, "no_region": say.no_region, "backwards": say.backwards,
        "has_it": say.has_it,
    }[why]()  # fmt: skip


def refused_note(why: str) -> Note:
    """The same on top of the page."""
    return lambda reader: refused_words(why, reader.locale)
