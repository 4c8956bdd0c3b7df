"""Who is who in Slack, and the first message after installing."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from domain.delivery.model import OutboxRow
from domain.events.model import Event
from domain.people.model import Department, Person, RoleGrant
from gateways.database.unit_of_work import read_only, unit_of_work
from jobs.people.tasks import MATCH_PEOPLE
from jobs.people.welcome import WELCOME
from jobs.registry import Registry
from jobs.runs import RunResult, run_slot_now
from tests.gateways.delivery.desk import Desk, open_desk

REGISTRY = Registry((MATCH_PEOPLE, WELCOME))
NIGHT = datetime(2026, 3, 30, 3, 30, tzinfo=UTC)


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    with open_desk(engine) as opened:
        with unit_of_work(engine) as session:
            session.add(Department(code="sales", name="Sales"))
            session.flush()
            for name in ("Alice", "Bob", "Chen"):
                email = f"{name.lower()}@parts.example"
                session.add(Person(code=name, name=name, email=email.upper(), department="sales"))
        opened.workspace.change_user("bob", locale="zh-TW", tz="Asia/Taipei")
        yield opened


def run(desk: Desk, name: str, minute: int = 30) -> RunResult:
    at = NIGHT.replace(minute=minute)
    return run_slot_now(desk.engine, name, at, registry=REGISTRY, environment=desk.environment)[0]


def person(desk: Desk, code: str) -> Person:
    with read_only(desk.engine) as session:
        return session.scalars(select(Person).where(Person.code == code)).one()


def test_people_are_found_by_their_address(desk: Desk) -> None:
    assert run(desk, "match_people").note == "linked:2"
    bob = person(desk, "Bob")
    assert (bob.slack_user_id, bob.slack_locale, bob.timezone) == (
        desk.workspace.state.user("bob").id,
        "zh-TW",
        "Asia/Taipei",
    )
    assert person(desk, "Chen").slack_user_id is None


def test_who_is_gone_is_noted_once(desk: Desk) -> None:
    run(desk, "match_people")
    desk.workspace.deactivate("bob")
    run(desk, "match_people", 31)
    run(desk, "match_people", 32)
    assert person(desk, "Bob").slack_deactivated
    with read_only(desk.engine) as session:
        events = session.scalars(select(Event).where(Event.verb == "linked")).all()
    assert len(events) == 3, "two linked, one gone; nothing new the third time"


def test_the_owner_is_welcomed_once_where_there_is_no_admin_yet(desk: Desk) -> None:
    desk.workspace.state.user("alice").is_owner = True
    run(desk, "welcome")
    assert run(desk, "welcome", 31).note == "said_before"
    with read_only(desk.engine) as session:
        rows = session.scalars(select(OutboxRow)).all()
    desk.deliver(rows[0].id)
    assert len(rows) == len(desk.in_dm("alice")) == 1


def test_admins_are_welcomed_in_their_language(desk: Desk) -> None:
    run(desk, "match_people")
    with unit_of_work(desk.engine) as session:
        for code in ("Alice", "Bob"):
            found = session.scalars(select(Person).where(Person.code == code)).one()
            session.add(RoleGrant(person_id=found.id, role="admin"))
    run(desk, "welcome")
    with read_only(desk.engine) as session:
        texts = {row.channel: row.payload["text"] for row in session.scalars(select(OutboxRow))}
    assert len(texts) == 2
    assert texts[desk.workspace.state.user("alice").id] != texts[desk.workspace.state.user("bob").id]
