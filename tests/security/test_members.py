"""T28: rights end when they end, and Slack's word on people holds at once, also when it should harm somebody."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.limits import Limits
from gateways.database.unit_of_work import unit_of_work
from gateways.slack import member_of
from tests.company import settle
from tests.security import requests as r
from tests.wire import Wire, wire

SOLD = {"alice": "611101.17", "bob": "622202.29"}
SEEN = {"alice": "611,101", "bob": "622,202"}
ROLES = "role_grant g USING person p WHERE p.id = g.person_id AND p.code"


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        made.context.limits = Limits(per_minute=10**6)
        with unit_of_work(engine) as session:
            for name, amount in SOLD.items():
                made.made.sells(session, name, date(2019, 11, 4), amount)
            settle(session)
        yield made


def sql(on: Wire, statement: str) -> Any:
    with on.engine.begin() as connection:
        found = connection.execute(text(statement))
        return found.all() if found.returns_rows else None


def reads(on: Wire, who: str, typed: str = "/target") -> str:
    person = on.person(who)
    assert person.types(typed, "#general").ok
    return person.last("#general").text_content


def changes(on: Wire, who: str, **fields: Any) -> None:
    """What Slack tells when a member changes; told twice, as Slack may."""
    on.workspace.fault("duplicate", "event")
    on.workspace.change_user(who, **fields)
    assert on.workspace.settle()


def told(on: Wire, who: str, **fields: Any) -> int:
    """A user_change with fields the sandbox does not know."""
    user = on.workspace.state.user(who)
    shown = {
        "id": user.id, "team_id": on.workspace.state.team_id, "profile": {"email": user.email}, **fields,
    }  # fmt: skip
    return r.tell(on, r.event(on, {"type": "user_change", "user": shown}))[0]


def test_a_role_that_ended_a_second_ago_refuses_every_way_to_the_number(on: Wire) -> None:
    gina = on.person("gina")
    assert SEEN["alice"] in reads(on, "gina", "/target alice")
    card = gina.last("#general")
    reads(on, "gina", "/target company")
    company = gina.last("#general")
    sql(on, f"DELETE FROM {ROLES} = 'gina'")
    for key in ("Why?", "By Week"):
        gina.clicks(card, key)
        assert "You can see your own numbers" in gina.last("#general").text_content
    gina.clicks(company, "Share")
    assert "You can see your own numbers" in gina.last("#general").text_content
    assert "You can see your own numbers" in reads(on, "gina", "/target alice")
    gina.opens_home()
    home = gina.home()
    assert home is not None and "1,233,303" not in home.text_content
    assert sql(on, "SELECT 1 FROM outbox") == []


def test_who_left_or_is_deactivated_reads_nothing_any_more(on: Wire) -> None:
    assert SEEN["alice"] in reads(on, "alice")
    changes(on, "alice", deleted=True)
    assert SEEN["alice"] not in reads(on, "alice")
    changes(on, "alice", deleted=False)
    assert SEEN["alice"] in reads(on, "alice")
    sql(on, "UPDATE person SET left_on = '2019-11-14' WHERE code = 'alice'")
    assert SEEN["alice"] not in reads(on, "alice")
    verbs = sql(on, "SELECT after FROM event WHERE verb = 'linked' ORDER BY seq")
    assert [row.after["deactivated"] for row in verbs] == [True, False], "each change once, though told twice"


def test_language_and_zone_hold_at_once(on: Wire) -> None:
    assert "working days gone" in reads(on, "alice")
    changes(on, "alice", locale="zh-TW", tz="Asia/Taipei")
    assert "工作天" in reads(on, "alice")
    assert sql(on, "SELECT timezone FROM person WHERE code = 'alice'")[0].timezone == "Asia/Taipei"
    assert told(on, "alice", tz="Nowhere/../../etc", locale="zh-TW") == 200
    assert sql(on, "SELECT timezone FROM person WHERE code = 'alice'")[0].timezone == "Asia/Taipei"


def test_an_address_of_somebody_else_shows_nobodys_numbers(on: Wire) -> None:
    """Bob's account gets Alice's address: it becomes neither Alice's nor stays Bob's until that is settled."""
    changes(on, "bob", email="alice@parts.example")
    for typed in ("/target", "/target alice", "/target bob"):
        read = reads(on, "bob", typed)
        assert SEEN["alice"] not in read and SEEN["bob"] not in read, typed
    assert SEEN["alice"] in reads(on, "alice"), "Alice has lost nothing"
    changes(on, "bob", email="bob@parts.example")
    assert SEEN["bob"] in reads(on, "bob")


def test_an_address_of_somebody_who_has_never_written_shows_nothing_either(on: Wire) -> None:
    sql(on, "UPDATE person SET slack_user_id = NULL WHERE code = 'alice'")
    changes(on, "bob", email="Alice@Parts.Example")
    assert SEEN["alice"] not in reads(on, "bob")
    assert sql(on, "SELECT slack_user_id FROM person WHERE code = 'alice'")[0].slack_user_id is None


def test_a_new_address_that_is_nobodys_changes_nothing(on: Wire) -> None:
    changes(on, "alice", email="alice.married@parts.example")
    assert SEEN["alice"] in reads(on, "alice")


def test_who_joins_is_known_before_they_write(on: Wire) -> None:
    sql(on, "UPDATE person SET email = 'nora@parts.example', slack_user_id = NULL WHERE code = 'alice'")
    made = on.workspace.add_user("nora", "nora@parts.example", locale="zh-CN", announce=True)
    assert on.workspace.settle()
    row = sql(on, "SELECT slack_user_id, slack_locale FROM person WHERE code = 'alice'")[0]
    assert tuple(row) == (made.id, "zh-CN")


@pytest.mark.parametrize(
    "changed",
    [
        {"deleted": True}, {"is_restricted": True}, {"is_ultra_restricted": True}, {"is_stranger": True},
        {"team_id": "T0ELSEWHERE"},
    ],
    ids=lambda c: next(iter(c)),
)  # fmt: skip
def test_guests_and_people_of_other_workspaces_are_shut_out(on: Wire, changed: dict[str, Any]) -> None:
    assert SEEN["alice"] in reads(on, "alice")
    assert told(on, "alice", **changed) == 200
    assert SEEN["alice"] not in reads(on, "alice")
    assert told(on, "alice") == 200
    assert SEEN["alice"] in reads(on, "alice")


def test_an_address_slack_has_not_confirmed_is_none() -> None:
    user = {"id": "U1", "profile": {"email": "a@b.example"}, "is_email_confirmed": False}
    found = member_of(user, "T1")
    assert found is not None and found.email == ""
    for nobody in ({}, {"id": ""}, {"id": 7}, {"id": "U1", "is_bot": True}, {"id": "USLACKBOT"}):
        assert member_of(nobody, "T1") is None


def test_requests_of_another_workspace_get_no_number_whoever_they_say_they_are(on: Wire) -> None:
    alice = on.workspace.state.user("alice").id
    reads(on, "alice")
    number = sql(on, "SELECT max(id) AS id FROM computation")[0].id
    status, said = r.signed(on, r.command_body(on, alice, "me", team_id="T0ELSEWHERE"))
    assert status == 200 and "611" not in said and "does not know you" in said
    from templates import actions

    why = actions.WHY.encode(actions.ComputationRef(number))
    before = len(on.workspace.calls())
    foreign = ({"team": {"id": "T0ELSEWHERE"}}, {"user": {"id": alice, "team_id": "T0ELSEWHERE"}})
    for change in foreign:
        assert r.interaction(on, r.click(on, alice, actions.WHY.id, why) | change)[0] == 200
    member = {"id": alice, "team_id": "T0ELSEWHERE", "deleted": True, "profile": {}}
    status, _ = r.tell(on, r.event(on, {"type": "user_change", "user": member}, team_id="T0ELSEWHERE"))
    assert status == 200
    assert "611" not in str([call.args for call in on.workspace.calls()[before:]])
    assert SEEN["alice"] in reads(on, "alice"), "another workspace cannot deactivate her either"
