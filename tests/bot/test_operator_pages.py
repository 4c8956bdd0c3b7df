"""What an operator asks the web process: /healthz, /readyz, /metrics, each at the wire."""

import re
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import Engine, text

from tests.conftest import ROOT
from tests.wire import Wire, wire


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    """A bot with a clock that ticked a moment ago."""
    with wire(engine) as connected:
        sql(
            connected,
            "INSERT INTO heartbeat VALUES ('clock', now()), ('clock_business', '2019-11-15T12:00Z')",
        )
        yield connected


def sql(on: Wire, statement: str) -> None:
    with on.engine.begin() as connection:
        connection.execute(text(statement))


def asked(on: Wire, path: str, *, method: str = "GET") -> tuple[int, str]:
    """Status and body."""
    try:
        with urlopen(Request(f"{on.url}{path}", method=method), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


PENDING = (
    "INSERT INTO outbox (key, channel, thing, payload, feature, state, created_at) "
    "VALUES ('{0}', '{1}', 't', '{{}}', 'targets', 'pending', now() - interval '{2} seconds')"
)
SLOT = (
    "INSERT INTO slot (schedule, local_date, local_time, zone, due_at, state) VALUES "
    "('digest', '2019-11-15', '11:50', 'UTC', '2019-11-15T12:00Z'::timestamptz - interval '{0} seconds', '{1}')"
)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (SLOT.format(310, "due"), "slot_late"),
        (SLOT.format(280, "due"), ""),
        (SLOT.format(310, "done"), ""),
        (PENDING.format("a", "#east", 310), "post_late"),
        (PENDING.format("a", "#east", 280), ""),
        ("UPDATE heartbeat SET at = now() - interval '125 seconds' WHERE name = 'clock'", "clock_silent"),
        ("UPDATE heartbeat SET at = now() - interval '115 seconds' WHERE name = 'clock'", ""),
        ("INSERT INTO gate VALUES ('*', now(), 'token_revoked', now())", "token:token_revoked"),
        ("INSERT INTO gate VALUES ('#east', now(), 'is_archived', now())", ""),
    ],
)
def test_ready_says_what_is_wrong_and_since_when_that_matters(on: Wire, statement: str, problem: str) -> None:
    assert asked(on, "/readyz") == (200, "ready\n")
    sql(on, statement)
    assert asked(on, "/readyz") == ((503, f"{problem}\n") if problem else (200, "ready\n"))


def test_messages_of_a_closed_channel_are_not_late(on: Wire) -> None:
    sql(on, "INSERT INTO gate VALUES ('#east', now(), 'is_archived', now())")
    sql(on, PENDING.format("a", "#east", 3600))
    assert asked(on, "/readyz")[0] == 200
    sql(on, PENDING.format("b", "#west", 3600))
    assert asked(on, "/readyz") == (503, "post_late\n")


def test_everything_at_once_is_a_line_each(on: Wire) -> None:
    for statement in (SLOT.format(400, "due"), PENDING.format("a", "#east", 400),
                      "INSERT INTO gate VALUES ('*', now(), 'account_inactive', now())",
                      "UPDATE heartbeat SET at = at - interval '150 seconds'"):  # fmt: skip
        sql(on, statement)
    assert asked(on, "/readyz") == (503, "clock_silent\nslot_late\npost_late\ntoken:account_inactive\n")


def test_without_the_database_the_process_lives_and_is_not_ready(on: Wire) -> None:
    """The database goes away under a running bot, and comes back."""
    sql(on, "ALTER TABLE heartbeat RENAME TO away")
    assert asked(on, "/readyz") == (503, "database\n")
    assert asked(on, "/healthz") == (200, "ok\n")
    status, shown = asked(on, "/metrics")
    assert status == 200 and "partsplan_posts_total" not in shown
    sql(on, "ALTER TABLE away RENAME TO heartbeat")
    assert asked(on, "/readyz")[0] == 200


def test_operators_read_and_change_nothing(on: Wire) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert asked(on, path, method="POST")[0] == 405
        assert asked(on, path, method="HEAD")[0] == 200
    assert asked(on, "/")[0] == asked(on, "/metrics/x")[0] == 404


def test_every_figure_is_in_the_handbook_and_the_handbook_names_no_other(on: Wire) -> None:
    on.person("alice").types("/target", "#sales")
    sql(on, PENDING.format("a", "#east", 42))
    sql(
        on,
        "UPDATE outbox SET state = 'sent', sent_at = now(), payload = jsonb_build_object('due', created_at)",
    )
    sql(on, SLOT.format(10, "done"))
    sql(
        on,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args) VALUES ('jobs', 'x', 0, '{}')",
    )
    status, shown = asked(on, "/metrics")
    assert status == 200
    families = set(re.findall(r"^# TYPE (partsplan_\w+) ", shown, re.MULTILINE))
    families = {name for name in families if not name.endswith("_created")}
    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(partsplan_[a-z_]+)`", handbook))
    assert {name.removesuffix("_total") for name in families} == {
        n.removesuffix("_total") for n in documented
    }
    assert 'partsplan_feature_slot_to_slack_seconds{feature="targets"} 42.' in shown
    assert "partsplan_queue_age_seconds 0." in shown
    assert "partsplan_clock_age_seconds" in shown and "partsplan_workers 0.0" in shown
    assert 'kind="command",outcome="ok",route="target"' in shown


def test_every_trouble_and_every_reason_is_in_the_handbook() -> None:
    from domain.monitoring.troubles import Kind
    from gateways.delivery import outcomes

    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    codes = outcomes.TOKEN | outcomes.CHANNEL | outcomes.BLOCKS | {"gave_up"}
    missing = [word for word in (*Kind, *sorted(codes)) if f"`{word}`" not in handbook]
    assert missing == []
