"""T36: an erased person is nowhere: not in the database, not in an export, not after the next import."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.limits import Limits
from cli.forget import forget
from cli.wiring import Refused
from domain.computations.operations import keep
from domain.events.operations import broken_links
from domain.people.erasure import code_hash
from domain.people.identity import Identity, occurrences
from gateways.clock import real_now
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery.outbox import enqueue
from gateways.feeds.importing import import_folder
from jobs.runs import run_slot_now
from tests.company import NOON, settle
from tests.security.jobs import JOBS
from tests.wire import Wire, wire

# A name with everything in it: accents, marks of Slack's and of JSON, two scripts.
NAME, HANT, HANS = 'Zoë "Zo" O\'Quint & <Söhne>', "鍾無艷", "钟无艳"
EMAIL, CODE, TITLE = "zoe.quint@parts.example", "EMP-77031", "Queen of brake pads"
SOLD = "611101.17"


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        made.context.limits = Limits(per_minute=10**6)
        with engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE person SET name = :n, name_zh_hant = :t, name_zh_hans = :s, email = :e, code = :c,"
                    " title = :i WHERE code = 'alice'"
                ),
                {"n": NAME, "t": HANT, "s": HANS, "e": EMAIL, "c": CODE, "i": TITLE},
            )
        with unit_of_work(engine) as session:
            made.made.sells(session, "alice", date(2019, 11, 4), SOLD)
            made.made.aims(session, "alice", date(2019, 11, 1), "700000")
            settle(session)
        yield made


def words(on: Wire) -> list[str]:
    return [NAME, HANT, HANS, EMAIL, CODE, TITLE, on.workspace.state.user("alice").id]


def found(engine: Engine, needles: list[str]) -> list[tuple[str, str, str]]:
    """Every text, JSON or array column of every table of the database, the queue's included."""
    spelled = {
        n
        for word in needles
        for n in (word, json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1])
    }
    spelled |= {n.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for n in set(spelled)}
    hits = []
    with engine.connect() as connection:
        columns = connection.execute(
            text(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            )
        ).all()
        assert len(columns) > 150
        for table, column in columns:
            for (value,) in connection.execute(text(f'SELECT DISTINCT "{column}"::text FROM "{table}"')):
                hits += [(table, column, n) for n in spelled if value and n.casefold() in value.casefold()]
    return hits


def live(on: Wire) -> None:
    """A month in the life: she asks, is asked about, shares, is told things, is deactivated and comes back."""
    alice, gina = on.person("alice"), on.person("gina")
    for typed in ("/target", "/target 2019", "/parts settings", "/parts"):
        assert alice.types(typed, "#general").ok
    assert gina.types(f"/target {CODE}", "#general").ok
    assert NAME in gina.last("#general").text_content
    with on.engine.begin() as connection:
        connection.execute(
            text("UPDATE role_grant SET role = 'executive' WHERE person_id = :p"), {"p": pid(on)}
        )
    alice.types("/target company", "#general")
    alice.clicks(alice.last("#general"), "Share")
    on.workspace.change_user("alice", locale="zh-TW", deleted=True)
    on.workspace.settle()
    on.workspace.change_user("alice", deleted=False)
    on.workspace.settle()
    slack = alice.id
    with unit_of_work(on.engine) as session:
        for state, channel, said in (
            ("sent", slack, f"Good morning {NAME}"), ("pending", slack, "Your day"), ("ambiguous", slack, "Hm"),
            ("pending", "#east", f"*{NAME}* has asked; see also {HANT}, <@{slack}>"), ("sent", "#east", f"Ask {HANS}"),
        ):  # fmt: skip
            blocks = [{"type": "section", "text": {"type": "plain_text", "text": said}}]
            row = enqueue(
                session, key=f"k:{state}:{channel}:{said}", channel=channel, thing=f"paused:{channel}",
                payload={"text": said, "blocks": blocks, "due": NOON.isoformat()}, feature="people",
            )  # fmt: skip
            assert row is not None
            row.state = state
        keep(
            session, "targets.progress", 1, inputs={"scope_kind": "person", "scope_id": pid(on), "scope_name": NAME},
            result={}, at=NOON,
        )  # fmt: skip
    with on.engine.begin() as connection:
        connection.execute(text("INSERT INTO slack_channel VALUES (:u, 'D0ALICE', now())"), {"u": slack})
        connection.execute(text("INSERT INTO gate (channel, next_at) VALUES (:u, now())"), {"u": slack})
        for whose, thing in ((pid(on), "x"), (on.made.people["bob"], "y")):
            connection.execute(
                text("INSERT INTO held_message VALUES (:p, :t, 'news', CAST(:j AS jsonb), now())"),
                {
                    "p": whose,
                    "t": thing,
                    "j": json.dumps({"text": f"{NAME}, {HANT}"}),
                },
            )
        connection.execute(
            text("INSERT INTO preference (person_id, timezone) VALUES (:p, 'Asia/Taipei')"), {"p": pid(on)}
        )
        connection.execute(
            text("INSERT INTO posted_message VALUES ('x', :u, 'D0ALICE', '1.2', now())"), {"u": slack}
        )
    run_slot_now(on.engine, "daily_progress", NOON, registry=JOBS, environment=on.environment)


def pid(on: Wire) -> int:
    return on.made.people["alice"]


def erased(on: Wire, reason: str = "asked us to, ticket 4711") -> Any:
    with unit_of_work(on.engine) as session:
        return forget(session, pid(on), reason=reason, now=NOON)


def test_nothing_names_the_erased_and_history_still_verifies(on: Wire) -> None:
    live(on)
    needles = words(on)
    assert {table for table, _, _ in found(on.engine, needles)} >= {
        "person", "outbox", "computation", "procrastinate_jobs", "slack_channel", "gate", "posted_message",
    }  # fmt: skip
    assert "event" not in {table for table, _, _ in found(on.engine, needles)}, "history never knew a name"
    done = erased(on)
    assert done.left == ()
    assert done.messages >= 6
    assert found(on.engine, needles) == []
    with read_only(on.engine) as session:
        assert list(broken_links(session)) == []
        for table in ("held_message", "preference", "role_grant"):
            mine = text(f"SELECT count(*) FROM {table} WHERE person_id = :p")
            assert session.scalar(mine, {"p": pid(on)}) == 0, table
        waits = session.scalar(text("SELECT payload ->> 'text' FROM held_message WHERE thing = 'y'"))
    label = f"Former colleague {pid(on)}"
    assert waits == f"{label}, {label}", "what waits for others waits on"


def test_sales_stay_under_a_number_and_nobody_can_act_as_the_erased(on: Wire) -> None:
    live(on)
    erased(on)
    gina, alice = on.person("gina"), on.person("alice")
    gina.types(f"/target Former colleague {pid(on)} 2019-11", "#general")
    read = gina.last("#general").text_content
    assert "611,101" in read and f"Former colleague {pid(on)}" in read
    gina.clicks(gina.last("#general"), "Why?")
    assert "611,101.17" in gina.last("#general").text_content
    alice.types("/target", "#general")
    assert "611" not in alice.last("#general").text_content
    run_slot_now(on.engine, "match_people", NOON, registry=JOBS, environment=on.environment)
    with on.engine.connect() as connection:
        rows = connection.execute(text("SELECT state, channel, payload FROM outbox")).all()
        assert (
            connection.scalar(text("SELECT slack_user_id FROM person WHERE id = :p"), {"p": pid(on)}) is None
        )
    mine = [row for row in rows if row.channel == f"erased-{pid(on)}"]
    assert mine and all(row.state in ("sent", "dropped") for row in mine)
    (others,) = [row for row in rows if row.channel == "#east" and "has asked" in row.payload["text"]]
    assert others.state == "pending" and others.payload["due"] == NOON.isoformat()
    label = f"Former colleague {pid(on)}"
    assert others.payload["text"] == f"*{label}* has asked; see also {label}, <@{label}>"


def test_who_was_erased_is_not_erased_again_and_the_reason_names_nobody(on: Wire) -> None:
    for reason in (f"{NAME} asked", f"mail from {EMAIL.upper()}", f"leaves: {HANT}", CODE):
        with pytest.raises(Refused, match="leave out"):
            erased(on, reason)
    erased(on)
    with pytest.raises(Refused, match="already"):
        erased(on)


PEOPLE = """SELECT * FROM (VALUES
  ('{code}', 'Zoe Again', 'zoe.new@parts.example', 'sales', 'rep', 'East', NULL),
  ('new', 'Nora', 'nora@parts.example', 'sales', 'rep', 'East', '{code}')
) t(code, name, email, department, roles, regions, manager)"""
ORDERS = """SELECT 'SO-9' AS order_no, 1 AS line_no, DATE '2019-11-05' AS ordered_on, '{code}' AS person,
  'East' AS region, 'BP-0012' AS part_no, 1 AS quantity, 25.50 AS amount"""
TARGETS = "SELECT DATE '2019-12-01' AS month, '{code}' AS person, 800000 AS amount"


def feed(tmp_path: Path, code: str) -> tuple[Path, Path]:
    for name, sql in (("people", PEOPLE), ("orders", ORDERS), ("targets", TARGETS)):
        (tmp_path / f"{name}.sql").write_text(sql.format(code=code))
    return tmp_path, tmp_path


def person(on: Wire) -> dict[str, Any]:
    with on.engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM person WHERE id = :p"), {"p": pid(on)}).one()
        return dict(row._mapping)


def test_the_next_import_keeps_what_was_sold_and_brings_nobody_back(on: Wire, tmp_path: Path) -> None:
    live(on)
    needles = words(on)
    erased(on)
    before = person(on)
    # An ERP goes on exporting its employee, in any spelling of the code.
    for code in (CODE, CODE.lower()):
        report = import_folder(on.engine, *feed(tmp_path, code), clock=real_now)
        assert not report.refused, report.problems
    assert person(on) == before
    assert found(on.engine, [*needles, "Zoe Again", "zoe.new"]) == []
    with on.engine.connect() as connection:
        owner = connection.scalar(text("SELECT person_id FROM order_line WHERE order_no = 'SO-9'"))
        aimed = connection.scalar(text("SELECT person_id FROM target_line WHERE amount = 800000"))
        manager = connection.scalar(text("SELECT manager_id FROM person WHERE code = 'new'"))
    assert owner == aimed == manager == pid(on)


def test_force_takes_somebody_back(on: Wire, tmp_path: Path) -> None:
    erased(on)
    report = import_folder(on.engine, *feed(tmp_path, CODE), clock=real_now, dry_run=True, readmits=True)
    assert not report.refused and person(on)["code"] != CODE
    report = import_folder(on.engine, *feed(tmp_path, CODE), clock=real_now, readmits=True)
    assert not report.refused, report.problems
    back = person(on)
    assert (back["code"], back["name"], back["left_on"]) == (CODE, "Zoe Again", None)
    with on.engine.connect() as connection:
        verbs = connection.scalars(
            text("SELECT verb FROM event WHERE subject_type = 'person' ORDER BY seq")
        ).all()
    assert verbs[-1] == "readmitted"
    with read_only(on.engine) as session:
        assert list(broken_links(session)) == []


def test_what_cannot_be_erased_is_said(on: Wire) -> None:
    """A customer who is called the same, a setting that names her: left, and reported."""
    with on.engine.begin() as connection:
        connection.execute(text("UPDATE customer SET name = :n WHERE code = 'ACE'"), {"n": f"{NAME} Ltd"})
    done = erased(on)
    assert [(o.table, o.column, o.rows) for o in done.left] == [("customer", "name", 1)]


def test_a_short_name_is_not_found_in_other_words() -> None:
    li = Identity(frozenset({"Li", "李"}))
    assert li.without("Li's Line: Li, 李明, Berlin (LI)", "X") == "X's Line: X, X明, Berlin (X)"
    assert not li.is_in({"Line": ["Berlin", {"a": 1}]})
    assert li.is_in({"a": [{"b": "to Li"}]}) and li.is_in({"Li": None})
    assert code_hash("a", CODE) != code_hash("b", CODE)


def test_a_search_finds_every_column_of_ours(on: Wire) -> None:
    """Every text and JSON column that holds her now, by the search that reports what is left."""
    live(on)
    with read_only(on.engine) as session:
        from domain.people.model import Person

        identity = Identity.of(session.get_one(Person, pid(on)))
        reported = {(o.table, o.column) for o in occurrences(session, identity)}
    ours = {(t, c) for t, c, _ in found(on.engine, words(on)) if not t.startswith("procrastinate")}
    assert ours - {("person", "title")} <= reported
