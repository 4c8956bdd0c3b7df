"""Every way to ask, generated from the route table: for every route, role and person whose numbers it is about.

A new route has to say here how it names other people's data (`PAYLOADS`, `TYPED`, `FORMS`, `OPTIONS`, `EVENTS`); until
then `probes` fails for it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import text

from bot.routes import Route
from domain.models import Person, PersonRegion, RoleGrant
from domain.people.rights import Role
from domain.rules.views import Spot
from domain.targets.views import ScopeKind
from gateways.database.unit_of_work import unit_of_work
from sandbox.deliver.answers import new_response_url
from sandbox.log import Entry
from templates import actions
from templates.forms import sealed
from tests.company import settle
from tests.security import requests as r
from tests.wire import Wire

# What each has sold and should sell: no two numbers begin alike, so that any of them is known anywhere.
SOLD = {
    "alice": (611_101, "East"),
    "bob": (322_202, "West"),
    "lin": (133_303, "West"),
    "carol": (244_404, "East"),
}
AIMS = {"alice": 951_117, "bob": 962_223, "lin": 973_331, "carol": 984_447}
NOVEMBER = date(2019, 11, 1)
PERSON, REGION, COMPANY = ScopeKind.PERSON, ScopeKind.REGION, ScopeKind.COMPANY


@dataclass(frozen=True)
class Whose:
    """A person, region or the company, with the numbers that give them away."""

    name: str
    kind: ScopeKind
    id: int
    numbers: tuple[int, ...]

    def is_in(self, said: str) -> bool:
        """Whether one of the numbers can be read, to the unit or rounded to three digits."""
        written = (f"{n:,}" for n in self.numbers)
        return any(w in said or w[:3] + ",000" in said or w.replace(",", "") in said for w in written)


@dataclass
class Company:
    """The wire with one person of every role in it."""

    on: Wire
    scopes: dict[str, Whose] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)  # name -> Slack id
    computations: dict[str, int] = field(default_factory=dict)

    def sees(self, who: str) -> set[str]:
        """Whose numbers somebody may see, written down here and not read from the code under test."""
        everything = set(self.scopes)
        if who in ("sales_manager", "planner", "executive"):
            return everything
        if who in ("finance", "market_analyst"):
            return {"East", "West", "company"} | ({who} & everything)
        if who == "region_lead":
            return {"East", "alice", "carol", "region_lead"}
        return {who} & everything


def build(on: Wire) -> Company:
    """Everybody there is, and what they sold."""
    made = Company(on)
    with unit_of_work(on.engine) as session:
        for role in (*Role, "nothing"):
            slack = on.workspace.add_user(f"the-{role}", f"{role}@parts.example", tz="UTC")
            person = Person(
                code=f"code-{role}", name=f"The {role}", email=f"{role}@parts.example", department="sales",
                slack_user_id=slack.id,
            )  # fmt: skip
            session.add(person)
            session.flush()
            on.made.people[role] = person.id
            made.actors[role] = slack.id
            if role != "nothing":
                region = on.made.regions["East"] if role == "region_lead" else None
                session.add(RoleGrant(person_id=person.id, role=role, region_id=region))
            if role == "region_lead":
                session.add(PersonRegion(person_id=person.id, region_id=region))
        for name, (amount, region) in SOLD.items():
            on.made.sells(session, name, date(2019, 11, 4), f"{amount}.00", region=region)
            on.made.aims(session, name, NOVEMBER, str(AIMS[name]))
        on.made.sells(session, "rep", date(2019, 11, 4), "455505.00", region="West")
        settle(session)
    _name_scopes(made)
    made.actors["a stranger"] = on.workspace.add_user("eve", "eve@elsewhere.example").id
    made.actors["departed"] = on.workspace.state.user("lin").id
    with on.engine.begin() as connection:
        connection.execute(text("UPDATE person SET left_on = '2019-11-14' WHERE code = 'lin'"))
    _compute(made)
    return made


def _name_scopes(made: Company) -> None:
    people = {name: (amount, AIMS[name]) for name, (amount, _) in SOLD.items()} | {"rep": (455_505,)}
    for name, numbers in people.items():
        made.scopes[name] = Whose(name, PERSON, made.on.made.people[name], numbers)
    east, west = SOLD["alice"][0] + SOLD["carol"][0], SOLD["bob"][0] + SOLD["lin"][0] + 455_505
    made.scopes["East"] = Whose("East", REGION, made.on.made.regions["East"], (east,))
    made.scopes["West"] = Whose("West", REGION, made.on.made.regions["West"], (west,))
    made.scopes["company"] = Whose("company", COMPANY, 0, (east + west,))


def _compute(made: Company) -> None:
    """A kept computation of everybody's, as the executive was shown it."""
    for name, scope in made.scopes.items():
        status, said = r.signed(made.on, r.command_body(made.on, made.actors["executive"], typed(scope)[0]))
        assert status == 200 and scope.is_in(said), (name, said[:200])
        with made.on.engine.connect() as connection:
            newest = connection.scalar(text("SELECT max(id) FROM computation"))
        made.computations[name] = int(newest or 0)
    assert len(set(made.computations.values())) == len(made.scopes)


def typed(scope: Whose) -> list[str]:
    """How somebody's numbers can be asked for."""
    if scope.kind is COMPANY:
        return ["company", "公司", "Parts & Co 2019-11"]
    if scope.kind is REGION:
        return [scope.name, scope.name.upper()]
    code = f"code-{scope.name}" if scope.name == "rep" else scope.name
    return [code, f"{scope.name}@parts.example 2019-11"]


@dataclass(frozen=True)
class Answered:
    """Everything that went over the wire for one request, and what is to be posted."""

    status: int
    body: str
    calls: list[Entry]
    posts: list[tuple[str, str]]  # channel, payload

    @property
    def said(self) -> str:
        return "\n".join([self.body, *(json.dumps(c.args, ensure_ascii=False) for c in self.calls)])


@dataclass(frozen=True)
class Probe:
    """One request; `about` is whose numbers it asks for, where it asks for somebody's."""

    route: Route
    about: Whose | None
    ask: Callable[[str], tuple[int, str]]  # the actor's Slack id


def run(made: Company, probe: Probe, who: str) -> Answered:
    """Ask, and gather everything that came of it."""
    log, engine = made.on.workspace.state.log, made.on.engine
    before = log.entries[-1].number if log.entries else 0
    with engine.connect() as connection:
        last = connection.scalar(text("SELECT coalesce(max(id), 0) FROM outbox"))
    status, body = probe.ask(made.actors[who])
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT channel, payload::text AS p FROM outbox WHERE id > :last"), {"last": last}
        )
        posts = [(row.channel, row.p) for row in rows]
    calls = [e for e in log.entries if e.number > before and e.direction == "in"]
    return Answered(status, body, calls, posts)


def probes(made: Company, route: Route) -> Iterator[Probe]:
    """Every request of a route that can be about somebody's numbers. KeyError for a route nobody described."""
    ways = {
        "command": _commands,
        "action": _clicks,
        "view": _forms,
        "event": _events,
        "options": _suggestions,
    }
    yield from ways[str(route.kind)](made, route)


def _commands(made: Company, route: Route) -> Iterator[Probe]:
    for about, words in TYPED[route.id](made):
        line = f"{route.id} {words}".strip()
        yield Probe(
            route,
            about,
            lambda user, line=line: r.signed(made.on, r.command_body(made.on, user, line, "/parts")),
        )
        if route.alias:
            yield Probe(
                route,
                about,
                lambda user, words=words: r.signed(
                    made.on, r.command_body(made.on, user, words, route.alias or "")
                ),
            )


def _clicks(made: Company, route: Route) -> Iterator[Probe]:
    action = next(a for a in actions.ACTIONS if a.id == route.id)
    for about, payload in PAYLOADS[action.payload](made):
        yield Probe(route, about, _pressed(made, route.id, action.encode(payload)))


def _pressed(made: Company, action_id: str, value: str) -> Callable[[str], tuple[int, str]]:
    def press(user: str) -> tuple[int, str]:
        state = made.on.workspace.state
        app = next(iter(state.apps.values()))
        place = new_response_url(state, app, r.general(made.on), user, kind="actions")
        payload = r.click(made.on, user, action_id, value, response_url=state.base_url + place.path)
        return r.interaction(made.on, payload)

    return press


def _forms(made: Company, route: Route) -> Iterator[Probe]:
    for about, values, more in FORMS[route.id](made):

        def submit(user: str, values: Any = values, more: Any = more) -> tuple[int, str]:
            payload = r.submission(made.on, user, route.id, values)
            payload["view"] |= more
            return r.interaction(made.on, payload)

        yield Probe(route, about, submit)


def _events(made: Company, route: Route) -> Iterator[Probe]:
    for about, body in EVENTS[route.id](made):
        yield Probe(
            route, about, lambda user, body=body: r.tell(made.on, r.event(made.on, {**body, "user": user}))
        )


def _suggestions(made: Company, route: Route) -> Iterator[Probe]:
    for about, typed_, view in OPTIONS[route.id](made):

        def look_up(user: str, typed: str = typed_, view: Any = view) -> tuple[int, str]:
            payload = r.click(made.on, user, route.id, "") | {"type": "block_suggestion", "view": view}
            payload |= {"action_id": route.id, "block_id": "b", "value": typed}
            del payload["actions"]
            return r.interaction(made.on, payload)

        yield Probe(route, about, look_up)


Cases = Callable[[Company], list[Any]]


def _periods(made: Company) -> list[Any]:
    return [(s, actions.ScopePeriod(s.kind, s.id, "2019-11")) for s in made.scopes.values()]


def _computations(made: Company) -> list[Any]:
    known = [(made.scopes[name], actions.ComputationRef(id_)) for name, id_ in made.computations.items()]
    return [*known, (None, actions.ComputationRef(0)), (None, actions.ComputationRef(2**62))]


def _asked(made: Company) -> list[Any]:
    return [(None, ""), *((scope, words) for scope in made.scopes.values() for words in typed(scope))]


def _language(made: Company) -> list[Any]:
    """A form that claims to be another person's changes nobody's settings but the sender's."""
    alice = made.on.workspace.state.user("alice").id
    chosen = {"language": {actions.SETTINGS_LANGUAGE: {"selected_option": {"value": "en"}}}}
    chosen["digest"] = {actions.SETTINGS_DIGEST: {"selected_option": {"value": "monday"}}}
    return [
        (
            None,
            chosen,
            {"private_metadata": json.dumps({"user": alice, "person_id": 1}), "external_id": alice},
        )
    ]


def _field(action_id: str, **state: Any) -> dict[str, Any]:
    return {action_id: {action_id: state}}


def _picked(action_id: str, value: str) -> dict[str, Any]:
    return _field(action_id, selected_option={"value": value})


def _moved_on(about: str, spot: Spot) -> dict[str, Any]:
    """A form drawn when the setting had another value: nothing is changed by it."""
    return {"private_metadata": sealed(about, {spot: "what nobody set"})}


def _channel(_: Company) -> list[Any]:
    about = actions.CHANNEL_EDIT.encode(actions.ChannelUse("finance", 0))
    fields = _field(actions.CHANNEL_NAME, value="#finance") | _picked(actions.CHANNEL_LANGUAGE, "company")
    return [(None, fields, _moved_on(about, Spot("channels.finance")))]


def _schedule(_: Company) -> list[Any]:
    about = actions.SCHEDULE_EDIT.encode(actions.PlaceRef("#east"))
    fields = _field(actions.SCHEDULE_AT, selected_time="09:00") | _picked(actions.SCHEDULE_ZONE, "UTC")
    fields |= _field(actions.SCHEDULE_DAYS, selected_options=[{"value": "0"}])
    fields |= _picked(actions.SCHEDULE_ENABLED, "on")
    return [(None, fields, _moved_on(about, Spot("schedules.daily_progress.channels", "#east")))]


def _basics(_: Company) -> list[Any]:
    fields = _picked(actions.BASICS_LANGUAGE, "en") | _field(actions.BASICS_QUIET_FROM, selected_time="18:00")
    fields |= _field(actions.BASICS_QUIET_TO, selected_time="08:00")
    return [(None, fields, _moved_on("", Spot("quiet.from")))]


def _thresholds(_: Company) -> list[Any]:
    values = {
        actions.THRESHOLDS_TOLERANCE: "3",
        actions.THRESHOLDS_BEHIND: "90",
        actions.THRESHOLDS_FAR: "70",
    }
    fields = {name: {name: {"value": value}} for name, value in values.items()}
    return [(None, fields, _moved_on("", Spot("thresholds.tolerance_points")))]


def _past_day(_: Company) -> list[Any]:
    fields = _field(actions.CALENDAR_DAY, selected_date="2019-01-01") | _picked(actions.CALENDAR_KIND, "off")
    return [(None, fields, {})]


def _whose_roles(made: Company) -> list[Any]:
    people = [made.on.made.people[name] for name in SOLD]
    return [(None, _picked(actions.ROLES_PERSON, str(id_)), {}) for id_ in people]


def _role_of_yesterday(made: Company) -> list[Any]:
    fields = _picked(actions.ROLE_ROLE, "executive") | _picked(actions.ROLE_REGION, "0")
    fields |= _field(actions.ROLE_FIRST, selected_date="2019-01-01")
    return [(None, fields, {"private_metadata": str(made.on.made.people["alice"])})]


def _pause(_: Company) -> list[Any]:
    return [(None, _picked(actions.PAUSE_KIND, "all") | _picked(actions.PAUSE_UNTIL, "monday"), {})]


def _asked_in_a_modal(typed_: str) -> Cases:
    return lambda _: [
        (None, typed_, {"id": "V1", "type": "modal", "callback_id": "any", "state": {"values": {}}})
    ]


_CHANNELS = ("", "#sales", "#east", "#west")
PAYLOADS: dict[type[actions.Payload], Cases] = {
    actions.ScopePeriod: _periods,
    actions.ComputationRef: _computations,
    actions.Nothing: lambda _: [(None, actions.Nothing())],
    actions.Snooze: lambda _: [(None, actions.Snooze(until)) for until in actions.Until],
    actions.HelpTopic: lambda _: [(None, actions.HelpTopic(topic)) for topic in actions.Topic],
    actions.CompanyPage: lambda _: [(None, actions.CompanyPage(page)) for page in actions.Page],
    actions.ChannelUse: lambda made: [
        (None, actions.ChannelUse("company", 0)),
        (None, actions.ChannelUse("", made.on.made.regions["East"])),
    ],
    actions.PlaceRef: lambda _: [(None, actions.PlaceRef(channel)) for channel in _CHANNELS],
    actions.DayRef: lambda _: [(None, actions.DayRef("2019-12-24"))],
    actions.GrantRef: lambda _: [(None, actions.GrantRef(0)), (None, actions.GrantRef(2**62))],
    actions.DigestSource: lambda _: [(None, actions.DigestSource("daily_progress", "#sales", "08:30"))],
}
TYPED: dict[str, Cases] = {
    "target": _asked,
    "day": lambda _: [(None, "")],
    "settings": lambda _: [(None, "")],
    "company": lambda _: [(None, "")],
    "doctor": lambda _: [(None, "")],
    "help": lambda _: [(None, ""), (None, "numbers")],
}
FORMS: dict[str, Cases] = {
    actions.SETTINGS_SAVE: _language,
    actions.PAUSE_SAVE: _pause,
    actions.CHANNEL_SAVE: _channel,
    actions.SCHEDULE_SAVE: _schedule,
    actions.BASICS_SAVE: _basics,
    actions.THRESHOLDS_SAVE: _thresholds,
    actions.CALENDAR_ADD: _past_day,
    actions.ROLES_FIND: _whose_roles,
    actions.ROLE_GIVE: _role_of_yesterday,
}
OPTIONS: dict[str, Cases] = {
    actions.SETTINGS_ZONE: _asked_in_a_modal("taipei"),
    actions.SCHEDULE_ZONE: _asked_in_a_modal("taipei"),
    actions.ROLES_PERSON: _asked_in_a_modal("alice"),
}  # whose, what is typed, the view it is typed in
EVENTS: dict[str, Cases] = {"app_home_opened": lambda _: [(None, {"type": "app_home_opened", "tab": "home"})]}
