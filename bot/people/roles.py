"""Giving people roles and ending them, and telling whom it concerns."""

from bot import payloads
from bot.calls import Call
from bot.replies import OpenModal, Reply
from bot.rules.forms import Form
from bot.rules.pages import roles_page
from domain.names import Names
from domain.people.manners import manners_of
from domain.people.model import Person
from domain.people.queries import known_regions
from domain.people.rights import Role
from domain.people.roles import RoleRefused, Wanted, end, give, roles_of
from domain.people.views import HeldRole, Kind
from domain.rules.company import load_company
from gateways.delivery.telling import tell
from templates import actions
from templates.actions import BadPayload
from templates.people.role_news.layout import RoleNews
from templates.people.role_news.layout import build as news
from templates.people.roles import layout as roles
from templates.rules.parts import Note

# Under which field the reason stands; those that are not here stand on top of the page.
FIELDS = {
    "needs_region": actions.ROLE_REGION,
    "no_region": actions.ROLE_REGION,
    "past": actions.ROLE_FIRST,
    "backwards": actions.ROLE_LAST,
    "own_admin": actions.ROLE_ROLE,
    "has_it": actions.ROLE_ROLE,
}


def person_page(call: Call, person_id: int, note: Note | None = None) -> Reply:
    """Somebody with their roles; the question who where there is no such person."""
    person = call.session.get(Person, person_id)
    if person is None:
        return OpenModal(roles_page(call))
    view = roles.Person(
        id=person.id,
        names=_names(person),
        roles=tuple(roles_of(call.session, person.id, today=call.today)),
        regions=tuple((region.id, region.names) for region in known_regions(call.session)),
        drawn=call.request_id[:8],
    )
    return OpenModal(roles.build_person(view, note=note, **call.seeing))


def _names(person: Person) -> Names:
    return Names(person.name, person.name_zh_hant, person.name_zh_hans)


def find_person(call: Call) -> Reply:
    """The person that was chosen."""
    form = Form(call, actions.ROLES_FIND, sealed=False)
    return person_page(call, _number(form.text(actions.ROLES_PERSON), form.callback_id))


def give_role(call: Call) -> Reply:
    """A role for a person, from and until a day."""
    form = Form(call, actions.ROLE_GIVE, sealed=False)
    person = call.session.get(Person, _number(payloads.metadata(call.body), form.callback_id))
    if person is None:
        return OpenModal(roles_page(call))
    wanted = _wanted(form)
    if why := _dates(wanted, call):
        return form.error(FIELDS[why], roles.refused_words(why, call.locale))
    try:
        held = give(
            call.session, person.id, wanted, actor=call.actor, today=call.today, now=call.now,
            request_id=call.request_id,
        )  # fmt: skip
    except RoleRefused as refused:
        return form.error(FIELDS[refused.why], roles.refused_words(refused.why, call.locale))
    tell_of_role(call, person.id, held, ended=False)
    return person_page(call, person.id, roles.given_note(_names(person), held))


def end_role(call: Call) -> Reply:
    """A role ends now."""
    grant_id = actions.ROLE_END.decode(call.value).id
    try:
        person_id, held = end(
            call.session, grant_id, actor=call.actor, today=call.today, now=call.now,
            request_id=call.request_id,
        )  # fmt: skip
    except RoleRefused as refused:
        person_id = refused.person_id
        return person_page(call, person_id, roles.refused_note(refused.why))
    tell_of_role(call, person_id, held, ended=True)
    names = _names(call.session.get_one(Person, person_id))
    return person_page(call, person_id, roles.ended_note(names, held))


def _wanted(form: Form) -> Wanted:
    first = form.day(actions.ROLE_FIRST)
    region = _number(form.text(actions.ROLE_REGION), form.callback_id)
    known = {found.id for found in known_regions(form.call.session)}
    if first is None or (region and region not in known):
        raise BadPayload(form.callback_id, "region or first day")
    try:
        role = Role(form.text(actions.ROLE_ROLE))
    except ValueError as error:
        raise BadPayload(form.callback_id, actions.ROLE_ROLE) from error
    return Wanted(role, region or None, first, form.day(actions.ROLE_LAST))


def _dates(wanted: Wanted, call: Call) -> str:
    if wanted.first < call.today:
        return "past"
    return "backwards" if wanted.last is not None and wanted.last < wanted.first else ""


def _number(written: str, callback_id: str) -> int:
    if not written.isascii() or not written.isdecimal() or len(written) > 18:
        raise BadPayload(callback_id, "no number")
    return int(written)


def tell_of_role(call: Call, person_id: int, held: HeldRole, *, ended: bool) -> None:
    """The person hears of it, not whoever did it, and not at night."""
    company = load_company(call.session)
    reader = manners_of(call.session, company, person_id, today=call.today)
    if reader is None:
        return
    view = RoleNews(call.actor.names, held, ended)

    def payload() -> dict[str, object]:
        made = news(view, locale=reader.locale, today=call.today)
        return {"text": made.text, "blocks": made.blocks}

    tell(
        call.session, reader, Kind.NEWS, thing=f"role:{held.id}", fact="ended" if ended else "given",
        payload=payload, company=company, actor_id=call.actor.person_id, now=call.now, feature="people",
    )  # fmt: skip
