"""History shows every touch."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from domain.events.operations import append, broken_links
from gateways.database.unit_of_work import unit_of_work

NOON = datetime(2026, 10, 23, 12, tzinfo=UTC)


def write(session: Session, number: int) -> None:
    append(
        session,
        at=NOON,
        actor="system",
        surface="cli",
        subject_type="setting",
        subject_id=f"key{number}",
        verb="changed",
        after={"value": number},
    )


@pytest.fixture
def five_events(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        for number in range(5):
            write(session, number)
    return engine


def tamper(engine: Engine, statement: str) -> list[int]:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE event DISABLE TRIGGER ALL"))
        connection.execute(text(statement))
    with unit_of_work(engine) as session:
        return list(broken_links(session))


def test_an_untouched_history_verifies(five_events: Engine) -> None:
    with unit_of_work(five_events) as session:
        assert list(broken_links(session)) == []


@pytest.mark.parametrize(
    ("touch", "statement"),
    [
        ("a changed value", """UPDATE event SET after = '{"value": 9}' WHERE subject_id = 'key2'"""),
        ("a changed actor", "UPDATE event SET actor = 'nobody' WHERE subject_id = 'key4'"),
        ("a deleted row", "DELETE FROM event WHERE subject_id = 'key1'"),
        (
            "two rows swapped",
            "UPDATE event SET seq = CASE subject_id WHEN 'key1' THEN 1000 ELSE 1001 END"
            " WHERE subject_id IN ('key1', 'key2')",
        ),
        (
            "an inserted row",
            "INSERT INTO event (at, actor, surface, subject_type, subject_id, verb, prev_hash, hash)"
            " VALUES (now(), 'x', 'cli', 'a', 'b', 'c', repeat('0', 64), 'forged')",
        ),
    ],
)
def test_the_chain_finds(touch: str, statement: str, five_events: Engine) -> None:
    assert tamper(five_events, statement), touch


@pytest.mark.parametrize("statement", ["UPDATE event SET actor = 'x'", "DELETE FROM event", "TRUNCATE event"])
def test_the_database_itself_refuses_to_rewrite_history(statement: str, five_events: Engine) -> None:
    with pytest.raises(DBAPIError, match="event rows are final"), five_events.begin() as connection:
        connection.execute(text(statement))
