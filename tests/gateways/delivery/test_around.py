"""What stands around delivery: answers by response_url, logs, figures, readiness."""

import json
import logging
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from domain.delivery.model import Gate, Heartbeat, OutboxRow
from domain.rules.model import Slot
from gateways import metrics
from gateways.clock import real_now
from gateways.database.engine import make_engine
from gateways.database.unit_of_work import unit_of_work
from gateways.delivery.outcomes import BLOCKS, CHANNEL, IN_DOUBT, LIMITED, PARENT, TOKEN
from gateways.delivery.pacing import Pace, allowed_at, backoff, spend
from gateways.environment import Environment
from gateways.logs import QUIET, redact
from gateways.queue import conninfo
from gateways.readiness import readiness
from gateways.slack import ForeignHook, is_hook, respond
from sandbox import Settings
from tests.conftest import ROOT
from tests.gateways.delivery.desk import open_desk

NOW = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)


@given(st.integers(1, 10_000))
def test_the_pause_grows_and_stays_within_five_minutes(tries: int) -> None:
    assert timedelta(seconds=1) <= backoff(tries) <= backoff(tries + 1) <= timedelta(seconds=300)


@given(st.lists(st.floats(0, 30), min_size=1, max_size=200), st.integers(0, 20))
def test_no_more_goes_than_the_pace_and_one_burst(pauses: list[float], burst: int) -> None:
    interval, now, spent, went = 0.5, NOW, NOW, 0
    for pause in pauses:
        now += timedelta(seconds=pause)
        if allowed_at(spent, interval, burst) <= now:
            spent, went = spend(spent, now, interval), went + 1
    assert went <= (now - NOW).total_seconds() / interval + burst + 1


def test_a_code_of_slack_means_one_thing() -> None:
    groups = (TOKEN, CHANNEL, BLOCKS, PARENT, IN_DOUBT, LIMITED)
    assert sum(map(len, groups)) == len(frozenset().union(*groups))


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/actions/T/1", "https://hooks.slack.com.evil.example/x",
        "https://evil.example/", "https://hooks.slack.com@evil.example/x", "https://hooks.slack.com:8443/x",
        "file:///etc/passwd", "", "http://127.0.0.1:8484/response",
    ],
)  # fmt: skip
def test_an_answer_goes_to_slack_only(url: str) -> None:
    environment = Environment(SLACK_API_URL="http://127.0.0.1:8485/api/")
    assert not is_hook(environment, url)
    with pytest.raises(ForeignHook):
        respond(environment, url, text="secret")
    assert is_hook(environment, "https://hooks.slack.com/actions/T/1/x")
    assert is_hook(environment, "http://127.0.0.1:8485/response/1")


def test_secrets_are_struck_out_wherever_they_stand() -> None:
    said = {
        "event": "refused xoxb-123-456-abcDEF and xapp-1-A0-9-ff",
        "response_url": "https://anything",
        "deep": [{"url": "https://hooks.slack.com/actions/T0/1/abc?x=1"}, ("xoxe.xoxp-1-aB",)],
        "body": "response_url=https%3A%2F%2Fx&signing_secret=abcdef",
        "kept": "81.2 %",
    }
    struck = json.dumps(redact(said))
    for secret in ("123-456", "A0-9", "anything", "actions", "xoxp", "https%3A", "abcdef"):
        assert secret not in struck
    assert "81.2 %" in struck


NOISE = """
import logging, structlog
from gateways.logs import configure_logs
configure_logs("INFO")
token = "xoxb-" + "1-2-secret"
structlog.get_logger("jobs").info("hello", text=token, name2="a\\nb")
logging.getLogger("anything").warning("url %s", "https://hooks.slack.com/x/y")
logging.getLogger("slack_bolt.RequestVerification").info("body " + token)
logging.getLogger("procrastinate.worker").info("deliver[1](outbox_id=1)")
try:
    raise ValueError(token)
except ValueError:
    structlog.get_logger("jobs").error("broke", exc_info=True)
"""


def test_every_line_of_the_log_is_json_without_secrets() -> None:
    done = subprocess.run([sys.executable, "-c", NOISE], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines] == ["hello", "url https://[redacted]", "broke"]
    assert lines[0]["logger"] == "jobs" and lines[0]["level"] == "info"
    assert "ValueError" in lines[2]["exception"] and "secret" not in done.stderr


def post(session: Session, *, age: timedelta, channel: str = "#east", state: str = "pending") -> None:
    at = real_now() - age
    session.add(
        OutboxRow(
            key=f"{channel}{age}", channel=channel, thing="t", payload={"text": "x"}, feature="targets",
            created_at=at, state=state, attempts=1, sent_at=real_now() if state == "sent" else None,
        )
    )  # fmt: skip


def test_ready_means_that_everything_moves(engine: Engine) -> None:
    now = real_now()
    assert readiness(engine, now) == ["clock_silent"]
    with unit_of_work(engine) as session:
        session.add(Heartbeat(name="clock", at=now))
        session.add(Heartbeat(name="clock_business", at=NOW))
        post(session, age=timedelta(minutes=4))
    assert readiness(engine, now) == []
    with unit_of_work(engine) as session:
        late = NOW - timedelta(minutes=6)
        session.add(
            Slot(schedule="digest", local_date=late.date(), local_time=late.time(), zone="UTC", due_at=late)
        )
        session.add(Gate(channel="*", next_at=now, paused="token_revoked"))
        session.add(Gate(channel="#closed", next_at=now, paused="is_archived"))
        post(session, age=timedelta(minutes=30), channel="#closed")
    assert readiness(engine, now) == ["slot_late", "token:token_revoked"]
    later = now + timedelta(minutes=3)
    assert readiness(engine, later) == ["clock_silent", "slot_late", "post_late", "token:token_revoked"]


def test_without_a_database_that_is_what_is_wrong() -> None:
    gone = make_engine("postgresql+psycopg://nobody@127.0.0.1:9/none")
    assert readiness(gone, NOW) == ["database"]
    assert b"partsplan_acks" in metrics.render(gone)


def test_the_figures_of_all_processes_are_shown(engine: Engine) -> None:
    metrics.acked("command", "/target", "ok", 0.02)
    with unit_of_work(engine) as session:
        post(session, age=timedelta(seconds=90))
        post(session, age=timedelta(seconds=30), state="sent")
    shown = metrics.render(engine).decode()
    assert 'partsplan_acks_total{kind="command",outcome="ok",route="/target"}' in shown
    assert 'partsplan_posts_total{feature="targets",state="sent"} 1.0' in shown
    age = next(line for line in shown.splitlines() if line.startswith("partsplan_outbox_age_seconds "))
    assert 89 < float(age.split()[1]) < 100
    assert 'partsplan_post_seconds{quantile="0.5"} 30' in shown


def test_a_message_a_second_in_each_channel_and_never_too_fast(engine: Engine) -> None:
    """Slack's own limits are on. The courier waits where the gate says so and is refused nowhere."""
    with open_desk(engine, pace=Pace(), settings=Settings(post_burst=1)) as desk:
        said = [
            desk.say(f"{channel} {n}", channel=channel) for n in range(2) for channel in ("#sales", "#east")
        ]
        waiting = set(said[:2])
        while waiting:
            for outbox_id in list(waiting):
                if desk.courier.deliver(outbox_id) is None:
                    waiting.discard(outbox_id)
            time.sleep(0.02)
        assert desk.workspace.state.log.violations == []
        assert [call.status for call in desk.workspace.calls("chat.postMessage")] == [200] * 4


def test_urls_of_any_kind_become_connection_strings() -> None:
    assert conninfo("postgresql+psycopg://u:p%40w@db:5433/parts?sslmode=require") == (
        "host=db dbname=parts user=u password=p@w port=5433 sslmode=require"
    )
    assert "host=/tmp/x" in conninfo("postgresql+psycopg://postgres:@/postgres?host=%2Ftmp%2Fx")


def test_importing_the_queue_is_cheap() -> None:
    """The bot imports it."""
    code = "import sys, gateways.queue; print(any(m.split('.')[0] == 'apscheduler' for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_logger_of_bodies_is_quiet() -> None:
    assert QUIET["slack_bolt.RequestVerification"] >= logging.WARNING
