"""T30: ten thousand arguments nobody would type: an answer or a refusal, and nothing changed in the database."""

import json
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from bot.app import all_routes
from bot.limits import Limits
from bot.routes import Kind
from domain.names import Locale
from domain.people.queries import actor_of
from domain.refusals import Refusal
from domain.rules.company import load_company
from domain.targets import asking
from domain.targets.views import ScopeKind
from gateways.database.unit_of_work import unit_of_work
from templates.refusals.layout import refusal_message
from templates.targets.progress import layout
from tests.company import NOON, SLACK, make_company
from tests.security import requests as r
from tests.wire import Wire, wire

THOUGHT_OF, AT_THE_WIRE = 1500, 250
SQL = (
    "'; DROP TABLE person;--", "' OR '1'='1", "1; UPDATE role_grant SET role='admin'", "\\'; SELECT pg_sleep(9)--",
    "x'||pg_sleep(9)||'",
    "') UNION SELECT email FROM person--", "$$;COPY person TO PROGRAM 'id';$$", "%", "_", "%%%", "\\",
    "/*", "--", "E'\\x41'", "::regclass", ":name", "%(name)s", "{0}", "?", "@>", "\"", "`", "~*", "(?<", "[", "*",
    "(a+)+$",
)  # fmt: skip
WORDS = (
    "me", "company", "alice", "East", "華東", "2019-Q3", "FY2020-Q1", "2019-13", "month", "last", "year", "上月",
    "公司",
    "<@U0ALICE>", "<@U0BOB|bob>", "@", "2019", "-", "0000", "9999-99", "99999999999999999999", "2019-02-30", "１９",
    "Q5",
)  # fmt: skip
ARGUMENTS = st.lists(
    st.sampled_from(SQL)
    | st.sampled_from(WORDS)
    | st.text(max_size=12)
    | st.text(min_size=200, max_size=300),
    max_size=4,
).map(" ".join)


@pytest.fixture
def company(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        make_company(session)
    return engine


def catalogue(engine: Engine) -> tuple[object, ...]:
    """The schema, and how many rows everything has that an answer may not touch."""
    with engine.connect() as connection:
        columns = connection.execute(
            text(
                "SELECT table_schema, table_name, column_name, data_type, is_nullable, column_default"
                " FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
                " ORDER BY 1, 2, 3"
            )
        ).all()
        functions = connection.execute(
            text("SELECT proname, md5(prosrc) FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace"
                 " WHERE nspname = 'public' ORDER BY 1, 2")
        ).all()  # fmt: skip
        grants = connection.execute(text("SELECT rolname, rolsuper FROM pg_roles ORDER BY 1")).all()
        tables = sorted({row.table_name for row in columns if row.table_schema == "public"} - {"computation"})
        rows = [
            connection.execute(
                text(f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{t}" t')
            ).scalar()
            for t in tables
        ]
    return columns, functions, grants, tuple(zip(tables, rows, strict=True))


def made_up(number: int) -> str:
    """An argument of the other eight thousand: hypothesis would take longer to think of them."""
    dice = Random(number)
    words = [dice.choice((*SQL, *WORDS)) for _ in range(dice.randrange(4))]
    letters = [
        chr(dice.choice((dice.randrange(1, 128), dice.randrange(0x3000, 0xD7FF))))
        for _ in range(dice.randrange(9))
    ]
    return " ".join([*words, "".join(letters)])


def test_ten_thousand_arguments_are_answered_or_refused_and_change_nothing(company: Engine) -> None:
    before = catalogue(company)
    outcomes: Counter[str] = Counter()
    with Session(company) as session:
        settings_ = load_company(session)
        actors = [
            actor_of(session, SLACK[who], today=NOON.date(), default_locale=Locale.EN, default_timezone="UTC")
            for who in ("alice", "carol", "gina", "wei")
        ]

        def ask(line: str) -> None:
            actor = actors[outcomes.total() % len(actors)]
            try:
                found = asking.ask(session, actor, line, company=settings_, now=NOON)
                layout.build(found, locale=actor.locale, today=NOON.date(), currency="USD")
                outcomes["answered"] += 1
            except Refusal as refusal:
                refusal_message(refusal, actor.locale)
                outcomes[refusal.key] += 1

        @settings(
            max_examples=THOUGHT_OF, deadline=None, suppress_health_check=list(HealthCheck), database=None,
            phases=[Phase.explicit, Phase.generate], derandomize=True,
        )  # fmt: skip
        @given(ARGUMENTS)
        def thought_of(line: str) -> None:
            ask(line)

        thought_of()
        for number in range(10_000 - outcomes.total()):
            ask(made_up(number))
        session.rollback()
    assert outcomes.total() >= 10_000
    assert set(outcomes) <= {"answered", "unknown_period", "unknown_who", "ambiguous_who", "not_yours"}, (
        outcomes
    )
    assert min(outcomes[key] for key in ("answered", "unknown_period", "unknown_who", "not_yours")) > 20, (
        outcomes
    )
    assert catalogue(company) == before


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        made.context.limits = Limits(per_minute=10**6)
        yield made


def test_hundreds_at_the_wire_too(on: Wire) -> None:
    before = catalogue(on.engine)
    users = [on.workspace.state.user(name).id for name in ("alice", "gina", "wei")]
    commands = ("/target", "/parts", "/parts target", "/parts help", "/parts settings")
    ids = [route.id for route in all_routes() if route.kind is Kind.ACTION and not route.changes]
    periods = [json.dumps({"v": 1, "kind": kind, "id": 2**62, "period": "{}"}) for kind in ScopeKind]

    @settings(
        max_examples=AT_THE_WIRE, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        phases=[Phase.explicit, Phase.generate], derandomize=True,
    )  # fmt: skip
    @given(
        ARGUMENTS, st.sampled_from(commands), st.sampled_from(users), st.sampled_from(ids),
        st.text(max_size=40) | st.sampled_from(periods),
    )  # fmt: skip
    def answered(typed: str, command: str, user: str, action_id: str, value: str) -> None:
        name, _, verb = command.partition(" ")
        status, said = r.signed(on, r.command_body(on, user, f"{verb} {typed}".strip(), name))
        holds_nul = "\0" in typed
        assert status == (400 if holds_nul else 200), (typed, status)
        assert "reference" not in said, said
        status, _ = r.interaction(on, r.click(on, user, action_id, value.replace("{}", typed[:100])))
        assert status == (400 if "\0" in value.replace("{}", typed[:100]) else 200)

    with r.logged("WARNING") as written:
        answered()
    assert '"trouble"' not in written.getvalue()
    after = catalogue(on.engine)
    assert [t for t, u in zip(before[3], after[3], strict=True) if t != u] == []  # type: ignore[call-overload]
    assert after == before
