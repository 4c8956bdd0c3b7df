"""Rows 32, 34, 35, 37: events and their retries, what users.info tells, features that are off."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from slack_bolt import App as BoltApp

from tests.sandbox.office import Office
from tests.sandbox.shapes import home, section


@contextmanager
def answering(
    status: int, headers: dict[str, str] | None = None
) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server that always answers the same and remembers what it was sent."""
    got: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            got.append({**{k.lower(): v for k, v in self.headers.items()}, "body": body})
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/slack/events", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def event_id(request: dict[str, str]) -> str:
    import json

    return str(json.loads(request["body"])["event_id"])


def test_row_32_three_retries_with_the_same_id(office: Office) -> None:
    with answering(500) as (url, got):
        office.workspace.connect(office.app, url)
        office.person("bob").says("#sales", "hello")
        assert len(got) == 2, "at once, and the first retry about at once"
        office.workspace.advance(59)
        assert len(got) == 2
        office.workspace.advance(1)
        assert len(got) == 3
        office.workspace.advance(300)
        office.workspace.advance(3600)
    assert [r.get("x-slack-retry-num") for r in got] == [None, "1", "2", "3"]
    assert got[1]["x-slack-retry-reason"] == "http_error"
    assert len({event_id(r) for r in got}) == 1


def test_row_32_no_retry_when_the_app_says_so(office: Office) -> None:
    with answering(500, {"X-Slack-No-Retry": "1"}) as (url, got):
        office.workspace.connect(office.app, url)
        office.person("bob").says("#sales", "hello")
        office.workspace.advance(1000)
    assert len(got) == 1


def test_row_32_nobody_there(office: Office) -> None:
    office.workspace.connect(office.app, "http://127.0.0.1:9/slack/events")
    office.person("bob").says("#sales", "hello")
    assert [e.error for e in office.workspace.sent("event")] == ["connection_failed"] * 2


def test_row_34_what_users_info_tells(offices: Callable[..., Office]) -> None:
    office = offices(scopes=["users:read"])
    alice = office.person("alice").id
    user = office.form("users.info", user=alice)["user"]
    assert "locale" not in user
    assert "email" not in user["profile"]
    assert user["tz"] == "Asia/Taipei"
    assert user["tz_offset"] == 8 * 3600
    assert office.form("users.info", user=alice, include_locale="true")["user"]["locale"] == "zh-TW"
    with_email = offices()
    user = with_email.form("users.info", user=with_email.person("alice").id)["user"]
    assert user["profile"]["email"] == "alice@parts.example"


def test_row_35_the_bots_own_posts_come_back_with_its_id(office: Office) -> None:
    with answering(200) as (url, got):
        office.workspace.connect(office.app, url)
        office.call("chat.postMessage", channel=office.sales, text="own")
        office.workspace.settle()
    assert office.app.bot_id in got[0]["body"]


def test_bolt_ignores_them(office: Office) -> None:
    heard: list[str] = []

    def register(app: BoltApp) -> None:
        app.event("message")(lambda event: heard.append(event["text"]))

    office.bot(register)
    office.call("chat.postMessage", channel=office.sales, text="own")
    office.person("bob").says("#sales", "theirs")
    assert heard == ["theirs"]


def test_row_37_home_off(offices: Callable[..., Office]) -> None:
    office = offices(home=False)
    answer = office.call("views.publish", user_id=office.person("alice").id, view=home(section("x")))
    assert answer == {"ok": False, "error": "not_enabled"}
    office.person("alice").opens_home()
    assert not office.workspace.sent("event")


def test_row_37_messages_tab_off(offices: Callable[..., Office]) -> None:
    office = offices(messages_tab=False)
    answer = office.call("chat.postMessage", channel=office.person("alice").id, text="x")
    assert answer == {"ok": False, "error": "messages_tab_disabled"}


def test_row_37_what_the_manifest_does_not_name_is_never_sent(offices: Callable[..., Office]) -> None:
    office = offices(events=["app_mention"])
    bob = office.person("bob")
    bob.says("#sales", "hello")
    assert not office.workspace.sent()
    assert bob.types("/unknown thing", "#sales").error == "not_a_command"
    assert not office.workspace.sent()
    bob.says("#sales", "hello @helper")
    assert office.workspace.sent("event")[0].method == "event app_mention"


def test_row_37_interactivity_off(offices: Callable[..., Office]) -> None:
    from tests.sandbox.shapes import actions, button

    office = offices(interactive=False)
    office.call("chat.postMessage", channel=office.sales, text="t", blocks=[actions(button("Go", "go"))])
    bob = office.person("bob")
    assert not bob.clicks(bob.last("#sales"), "Go").ok
    assert not office.workspace.sent("interaction")


def test_events_of_people_and_channels(office: Office) -> None:
    with answering(200):
        office.workspace.add_user("dora", announce=True)
        office.workspace.change_user("bob", tz="Europe/Paris")
        office.workspace.invite("sales", "dora")
        office.workspace.settle()
    kinds = sorted(e["event"]["type"] for e in office.workspace.wire.courier.seen)
    assert kinds == ["member_joined_channel", "team_join", "user_change"]
    joined = next(e["event"] for e in office.workspace.wire.courier.seen if e["event"]["type"] == "team_join")
    assert joined["user"]["locale"] == "en-US"


def test_no_events_from_channels_without_the_bot(office: Office) -> None:
    office.person("alice").says("#board", "secret")
    assert not office.workspace.wire.courier.seen
