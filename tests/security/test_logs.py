"""T33: what the log must never tell, whatever goes wrong."""

import ast
import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import date

import pytest
import structlog
from sqlalchemy import Engine, text

from bot.app import all_routes
from bot.limits import Limits
from gateways.database.unit_of_work import unit_of_work
from gateways.logs import redact
from gateways.slack import respond
from jobs.runs import run_slot_now
from tests.company import NOON, settle
from tests.conftest import ROOT
from tests.security import requests as r
from tests.security.jobs import JOBS
from tests.security.logwatch import FORBIDDEN
from tests.security.matrix import Company, build, probes, run
from tests.wire import Wire, wire

NAMES = ("Alice Liddell", "愛麗絲", "爱丽丝", "alice@parts.example", "Ace Garage", "611,101", "611101")


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        made.context.limits = Limits(per_minute=10**6)
        with engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE person SET name = 'Alice Liddell', name_zh_hant = '愛麗絲', name_zh_hans = '爱丽丝'"
                    " WHERE code = 'alice'"
                )
            )
        yield made


def tells(on: Wire, written: io.StringIO) -> list[str]:
    """Lines with something that must not be there."""
    secrets = [
        on.environment.slack_signing_secret.get_secret_value(), on.environment.slack_bot_token.get_secret_value(),
        "xoxb-", "xapp-", "hooks.slack.com/commands", "/actions/T", "/commands/T", *NAMES,
    ]  # fmt: skip
    lines = written.getvalue().splitlines()
    return [line[:400] for line in lines if FORBIDDEN.search(line) or any(s in line for s in secrets)]


def everything(company: Company) -> None:
    for who in ("rep", "executive", "admin", "a stranger", "departed"):
        for route in all_routes():
            for number, probe in enumerate(probes(company, route)):
                if number < 3:
                    run(company, probe, who)


def test_every_route_also_where_it_fails(on: Wire) -> None:
    """At INFO, and with the database, Slack and our own code failing in turn."""
    company = build(on)
    with r.logged("DEBUG") as written:
        everything(company)
        for kind, target in (
            ("http_500", "*"), ("drop_after", "*"), ("error", "*"), ("ratelimited", "*"),
            ("token_revoked", "users.info"), ("http_500", "response_url"), ("drop_after", "response_url"),
        ):  # fmt: skip
            options = {"seconds": 1} if kind != "error" else {"error": "fatal_error"}
            on.workspace.fault(kind, target, count=12, **options)
            everything_small(company)
        breaks(on, "ALTER TABLE computation RENAME TO computation_gone", company)
        breaks(
            on,
            "ALTER TABLE person ADD CONSTRAINT nobody CHECK (locale IS DISTINCT FROM 'en') NOT VALID",
            company,
        )
        breaks(on, "ALTER TABLE person RENAME COLUMN pseudonym TO pseudonym_gone", company)
    assert '"trouble"' in written.getvalue() and "Traceback" in written.getvalue(), "things did fail"
    assert tells(on, written) == []


def everything_small(company: Company) -> None:
    for route in all_routes():
        run(company, next(iter(probes(company, route))), "executive")


def breaks(on: Wire, statement: str, company: Company) -> None:
    with on.engine.begin() as connection:
        connection.execute(text(statement))
    everything_small(company)
    undo = {
        "computation": "ALTER TABLE computation_gone RENAME TO computation",
        "nobody": "ALTER TABLE person DROP CONSTRAINT nobody",
        "pseudonym": "ALTER TABLE person RENAME COLUMN pseudonym_gone TO pseudonym",
    }
    with on.engine.begin() as connection:
        connection.execute(text(next(fix for word, fix in undo.items() if word in statement)))


def test_what_the_database_says_about_a_row_it_refuses(on: Wire) -> None:
    """PostgreSQL quotes the row, SQLAlchemy the parameters: neither may reach the log."""
    statements = (
        "INSERT INTO person (code, name, email, department) SELECT 'x', name, email, department FROM person",
        "UPDATE person SET department = NULL WHERE code = 'alice'",
        "UPDATE person SET department = :d WHERE name = :n",
        "SELECT CAST(name AS integer) FROM person WHERE code = 'alice'",
    )
    with r.logged() as written:
        for statement in statements:
            try:
                with on.engine.begin() as connection:
                    connection.execute(text(statement), {"d": "nowhere", "n": NAMES[0]})
            except Exception:
                structlog.get_logger("bot").error("trouble", exc_info=True)
                logging.getLogger("library").exception("trouble")
    assert written.getvalue().count("Traceback") >= 8
    assert tells(on, written) == []


def test_jobs_and_a_foreign_response_url(on: Wire) -> None:
    with unit_of_work(on.engine) as session:
        on.made.sells(session, "alice", date(2019, 11, 4), "611101.17")
        settle(session)
    with r.logged("DEBUG") as written:
        run_slot_now(on.engine, "match_people", NOON, registry=JOBS, environment=on.environment)
        run_slot_now(on.engine, "daily_progress", NOON, registry=JOBS, environment=on.environment)
        alice = on.workspace.state.user("alice").id
        foreign = r.click(
            on,
            alice,
            "help.open",
            '{"v":1,"topic":"who"}',
            response_url="https://evil.example/x?token=xoxb-1-2-3",
        )
        assert r.interaction(on, foreign)[0] == 200
        with pytest.raises(ValueError, match="response_url"):
            respond(on.environment, "http://169.254.169.254/latest", text="x")
    assert "foreign_response_url" in written.getvalue()
    assert tells(on, written) == []


def test_a_trace_shows_lines_of_code_and_no_values() -> None:
    """Neither structlog nor rich renders what the variables held."""

    def fails(secret_name: str) -> None:
        held = {"person": secret_name}
        raise RuntimeError(len(held))

    with r.logged() as written:
        try:
            fails(" ".join(("Alice", "Liddell")))
        except RuntimeError:
            structlog.get_logger("bot").error("trouble", exc_info=True)
            logging.getLogger("anybody").exception("trouble")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(lines) == 2 and all("RuntimeError: 1" in line["exception"] for line in lines)
    assert "Alice Liddell" not in written.getvalue()


SECRETS = (
    "xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx", "xoxe.xoxp-1-Mi0yLTEyMw", "xapp-1-A0B-123-abcdef0123",
    "https://hooks.slack.com/commands/T1DC2JH3J/397700885554/96rGlfmibIGlgcZRskXaIFfN", "alice.o'x+y@parts-co.example",
    "postgresql://user:hunter2@db.example/x",
)  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("shape", ["{}", "x={} y", "['{}']", '{{"a": "{}"}}', "({})", "{}\n{}", "…{}…"])
def test_a_secret_is_struck_out_in_any_setting(secret: str, shape: str) -> None:
    for value in (
        shape.format(secret, secret),
        [shape.format(secret, secret)],
        {"deep": {"k": (shape.format(secret, secret),)}},
    ):
        said = json.dumps(redact(value), ensure_ascii=False)
        for part in ("AbCdEfGh", "Mi0yLTEyMw", "abcdef0123", "96rGlfmib", "@parts-co.example", "hunter2"):
            assert part not in said, said


def test_nobody_writes_a_person_into_the_log() -> None:
    """The fields of log calls are codes, ids and numbers. `name` is that of a job or a worker."""
    found = set()
    for room in ("bot", "jobs", "gateways"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                is_log = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                if is_log and isinstance(node.func.value, ast.Name) and node.func.value.id == "log":
                    found |= {keyword.arg for keyword in node.keywords if keyword.arg}
    personal = {field for field in found if re.search(r"name|mail|user|text|body|payload|value|title", field)}
    assert personal - {"name"} == set(), found
