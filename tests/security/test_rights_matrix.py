"""T27: every route x every role x everybody's data: what one may not see is nowhere on the wire."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from bot.app import all_routes
from bot.facts import FACTS
from bot.limits import Limits
from bot.manifest import manifest
from bot.route_table import FILE, rendered
from bot.routes import Kind
from domain.people.rights import RIGHTS, Right, Role
from tests.conftest import ROOT
from tests.security.matrix import Answered, Company, Probe, build, probes, run
from tests.wire import wire

# Whom a right opens a route to, written down here and not read from the code under test.
OPEN = {
    Right.MEMBER: {*Role, "nothing"},
    Right.SEE_OWN: {*Role, "nothing"},
    Right.SEE_PEOPLE: {"sales_manager", "planner", "executive"},
    Right.SEE_REGIONS: {"sales_manager", "planner", "executive", "finance", "market_analyst"},
    Right.MANAGE: {"admin"},
}


@pytest.fixture
def company(engine: Engine) -> Iterator[Company]:
    with wire(engine) as on:
        on.context.limits = Limits(per_minute=10**6)
        yield build(on)


def everybody(company: Company) -> dict[str, str]:
    with company.on.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT slack_user_id, row(locale, snoozed_until, name, email)::text AS own FROM person")
        )
        return {row.slack_user_id: row.own for row in rows}


def test_nobody_reads_what_is_not_theirs_to_read(company: Company) -> None:
    asked: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for who, user in company.actors.items():
        before = everybody(company)
        may_see = company.sees(who) if who in (*Role, "nothing") else set()
        for route in all_routes():
            for probe in probes(company, route):
                answered = run(company, probe, who)
                asked[route.id] += 1
                where = (who, route.id, probe.about and probe.about.name)
                assert answered.status == 200, where
                for name, scope in company.scopes.items():
                    if name not in may_see:
                        assert not scope.is_in(answered.said), (*where, name, answered.said)
                    elif probe.about is scope:
                        shown[route.id] += scope.is_in(answered.said)
                its_posts_are_declared(probe, answered, where)
                it_is_for_the_person_alone(answered, user, where)
        after = everybody(company)
        assert {u for u in after if after[u] != before[u]} <= {user}, f"{who} changed somebody else"
    assert set(asked) == {route.id for route in all_routes()}
    # The guard against a test that sees nothing: whoever may see a number was shown it.
    for id_ in ("target", "targets.progress.show", "targets.progress.weeks", "targets.progress.why"):
        assert shown[id_] >= 3 * len(company.scopes) + 8, (id_, shown[id_])


def its_posts_are_declared(probe: Probe, answered: Answered, where: object) -> None:
    if not probe.route.public:
        assert answered.posts == [], where
        return
    for channel, payload in answered.posts:
        assert channel.startswith("#"), where
        assert probe.about is not None and probe.about.kind != "person", where
        assert probe.about.is_in(payload), where


def it_is_for_the_person_alone(answered: Answered, user: str, where: object) -> None:
    assert "in_channel" not in answered.said, where
    for call in answered.calls:
        if call.method == "response_url":
            assert call.args["response_type"] == "ephemeral", where
        elif call.method == "chat.postMessage":
            assert call.args["channel"] == user, where
        elif call.method in ("chat.postEphemeral", "users.info"):
            assert call.args["user"] == user, where
        elif call.method == "views.publish":
            assert call.args["user_id"] == user, where
        else:
            assert call.method in ("views.open", "views.push", "auth.test"), (where, call.method)


def test_a_route_opens_to_those_with_its_right_alone(company: Company) -> None:
    guarded = [route for route in all_routes() if route.needs is not Right.MEMBER]
    assert guarded
    for route in guarded:
        for who in (*Role, "nothing"):
            probe = next(iter(probes(company, route)))
            said = run(company, probe, who).said
            refused = "administrator" in said and "choose" not in said
            if route.kind is Kind.OPTIONS:
                # A menu cannot say no: it offers nothing.
                refused = '"options": []' in said
            assert refused == (who not in OPEN[route.needs]), (route.id, who, said)


def test_every_right_is_written_down_and_gives_what_the_code_gives() -> None:
    assert set(OPEN) == set(Right)
    for right in (Right.SEE_PEOPLE, Right.SEE_REGIONS, Right.MANAGE):
        assert {role for role in Role if right in RIGHTS[role]} == OPEN[right]


def test_every_route_declares_its_right_and_stands_in_the_document() -> None:
    for route in all_routes():
        assert isinstance(route.needs, Right), route.id
        assert not route.public or route.changes, f"{route.id} posts; a repetition must not post again"
        assert route.kind is not Kind.SHORTCUT or route.id, route.id
    assert len({(r.kind, r.id) for r in all_routes()}) == len(all_routes())
    subscribed = set(manifest()["settings"]["event_subscriptions"]["bot_events"])
    heard = {r.id for r in all_routes() if r.kind is Kind.EVENT} | {fact.id for fact in FACTS}
    assert subscribed == heard, "an event that Slack sends and nobody hears, or the other way round"
    assert (ROOT / FILE).read_text(encoding="utf-8") == rendered(), "run `python -m bot.route_table`"
