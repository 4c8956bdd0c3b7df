"""T34: history shows every touch, at its end too, and does not fork under eight writers."""

import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from domain.events.anchor import End, anchored, end, still_there
from domain.events.operations import append, broken_links
from gateways.database.unit_of_work import read_only, unit_of_work
from tests.conftest import ROOT

NOON = datetime(2026, 10, 23, 12, tzinfo=UTC)
COLUMNS = ("at", "actor", "on_behalf_of", "surface", "subject_type", "subject_id", "verb", "before", "after",
           "request_id", "prev_hash", "hash")  # fmt: skip


def write(engine: Engine, count: int) -> None:
    with unit_of_work(engine) as session:
        for number in range(count):
            append(
                session, at=NOON, actor="system", surface="cli", subject_type="setting", subject_id=f"key{number}",
                verb="changed", on_behalf_of="somebody", request_id="r1", before={"value": number - 1},
                after={"value": number, "名": "值"},
            )  # fmt: skip


def broken(engine: Engine) -> list[int]:
    with read_only(engine) as session:
        return list(broken_links(session))


def after(engine: Engine, *statements: str, **parameters: object) -> list[int]:
    """What verification finds after statements that got round the triggers; nothing is kept of them."""
    connection = engine.connect()
    try:
        for table in ("event", "event_head"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement), parameters)
        from sqlalchemy.orm import Session

        return list(broken_links(Session(connection)))
    finally:
        connection.rollback()
        connection.close()


@pytest.fixture
def history(engine: Engine) -> Engine:
    write(engine, 12)
    assert broken(engine) == []
    return engine


def test_one_byte_of_any_column_of_any_row_is_found(history: Engine) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(1, 12), st.sampled_from(COLUMNS), st.integers(0, 10**6))
    def flipped(seq: int, column: str, place: int) -> None:
        with history.connect() as connection:
            value = str(
                connection.scalar(text(f"SELECT {column}::text FROM event WHERE seq = :s"), {"s": seq})
            )
        digits = [i for i, c in enumerate(value) if c.isascii() and c.isalnum()]
        if column in ("before", "after", "at"):
            # Another digit is another value and still JSON, or still an instant.
            digits = [
                i
                for i, c in enumerate(value)
                if c.isdigit() and (column != "at" or (14 <= i <= 18 and i != 16))
            ]
        at = digits[place % len(digits)]
        other = "1" if value[at] != "1" else "2"
        changed = value[:at] + other + value[at + 1 :]
        kind = {"before": "jsonb", "after": "jsonb", "at": "timestamptz"}.get(column, "text")
        found = after(
            history, f"UPDATE event SET {column} = CAST(:v AS {kind}) WHERE seq = :s", v=changed, s=seq
        )
        assert found, (seq, column, value, changed)

    flipped()


def test_a_value_taken_away_is_found(history: Engine) -> None:
    for column in ("on_behalf_of", "before", "after", "request_id"):
        assert after(history, f"UPDATE event SET {column} = NULL WHERE seq = 5")


def test_rows_cut_off_anywhere_are_found(history: Engine) -> None:
    for first in range(1, 13):
        assert after(history, "DELETE FROM event WHERE seq = :s", s=first)
        assert after(history, "DELETE FROM event WHERE seq >= :s", s=first), "the rest of the chain is whole"


def test_all_rows_gone_an_inserted_one_and_two_swapped_are_found(history: Engine) -> None:
    assert after(history, "DELETE FROM event")
    assert after(history, "TRUNCATE event")
    assert after(history, "DELETE FROM event_head"), "no anchor is no proof"
    assert after(history, "UPDATE event SET seq = CASE seq WHEN 3 THEN 1004 ELSE 1003 END WHERE seq IN (3, 4)",
                 "UPDATE event SET seq = seq - 1000 WHERE seq > 1000")  # fmt: skip
    copy = "INSERT INTO event (at, actor, surface, subject_type, subject_id, verb, prev_hash, hash) SELECT at, actor, "
    assert after(
        history, f"{copy} surface, subject_type, subject_id, verb, prev_hash, 'x' FROM event WHERE seq = 12"
    )
    # Even one whose own hash is right: history did not end there when it was last written to.
    forged = forge(history)
    assert len(forged) == 1


def forge(engine: Engine) -> list[int]:
    """A row appended behind our back, with its hash as we would have made it."""
    from sqlalchemy.orm import Session

    from domain.events.model import Event
    from domain.events.operations import _digest

    connection = engine.connect()
    try:
        session = Session(connection)
        last = anchored(session)
        row = Event(
            at=NOON, actor="x", surface="cli", subject_type="a", subject_id="b", verb="c", prev_hash=last.hash
        )
        row.hash = _digest(row)
        session.add(row)
        session.flush()
        return list(broken_links(session))
    finally:
        connection.rollback()
        connection.close()


def test_whoever_rewrites_everything_is_caught_by_the_end_kept_elsewhere(history: Engine) -> None:
    """What the anchor cannot prove: it lies in the same database."""
    with read_only(history) as session:
        kept = end(str(anchored(session)))
        assert still_there(session, kept)
        assert still_there(session, End(0, "0" * 64))
    with history.begin() as connection:
        for table in ("event", "event_head"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        connection.execute(text("TRUNCATE event"))
        connection.execute(text("UPDATE event_head SET seq = 0, hash = repeat('0', 64)"))
    write(history, 20)
    assert broken(history) == [], "a whole new history looks whole"
    with read_only(history) as session:
        assert not still_there(session, kept)


@pytest.mark.parametrize(
    "wrong", ["", "7", "7:", ":" + "0" * 64, "x:" + "0" * 64, "7:" + "g" * 64, "7:" + "0" * 63]
)
def test_an_end_is_read_strictly(wrong: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        end(wrong)


def test_the_database_lets_the_end_move_forward_only(history: Engine) -> None:
    for statement in (
        "UPDATE event_head SET seq = 1", "UPDATE event_head SET hash = 'x'", "DELETE FROM event_head",
        "TRUNCATE event_head", "INSERT INTO event_head VALUES (2, 0, '')",
    ):  # fmt: skip
        with pytest.raises(DBAPIError), history.begin() as connection:
            connection.execute(text(statement))


# Eight processes forked from one, so that the test pays for the imports once.
WRITERS = """
import os, sys
from datetime import UTC, datetime
from domain.events.operations import append
from gateways.database.engine import make_engine
from gateways.database.unit_of_work import unit_of_work

def write(name):
    engine = make_engine(sys.argv[1], pool_size=1)
    for number in range(25):
        with unit_of_work(engine) as session:
            append(session, at=datetime.now(UTC), actor=name, surface="job", subject_type="t", subject_id=str(number),
                   verb="wrote")

children = []
for number in range(8):
    if not (child := os.fork()):
        write(f"writer{number}")
        os._exit(0)
    children.append(child)
sys.exit(any([os.waitpid(child, 0)[1] for child in children]))
"""


def test_eight_processes_append_without_a_fork(engine: Engine, database_url: str) -> None:
    writers = subprocess.Popen([sys.executable, "-c", WRITERS, database_url], cwd=ROOT)
    seen = 0
    while writers.poll() is None:
        assert broken(engine) == [], "verified while eight append"
        seen += 1
        time.sleep(0.05)
    assert writers.returncode == 0
    assert broken(engine) == [] and seen
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT count(*), count(DISTINCT prev_hash), max(seq) FROM event")
        ).one()
        assert rows[:2] == (200, 200)
        assert connection.scalar(text("SELECT seq FROM event_head")) == rows[2]
