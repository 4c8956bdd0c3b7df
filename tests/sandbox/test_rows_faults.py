"""Row 36: misfortunes on demand, also with the real client; and posting exactly once in spite of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from http.client import HTTPException

import pytest
from slack_bolt import App as BoltApp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.office import Office

GONE = (OSError, HTTPException)


def texts(office: Office) -> list[str]:
    return [m.text for m in office.person("bob").sees("#sales")]


def test_429_on_demand(office: Office) -> None:
    office.workspace.fault("ratelimited", "chat.postMessage", seconds=30)
    office.workspace.fault("ratelimited", "chat.postMessage", seconds=7)
    status, headers, body = office.raw("chat.postMessage", b"{}")
    assert (status, headers["Retry-After"], body) == (429, "30", {"ok": False, "error": "ratelimited"})
    with pytest.raises(SlackApiError):
        office.client.chat_postMessage(channel=office.sales, text="x")
    assert texts(office) == []


@pytest.mark.parametrize(("kind", "status"), [("http_500", 500), ("http_503", 503)])
def test_server_errors_before_anything_happened(office: Office, kind: str, status: int) -> None:
    office.workspace.fault(kind, "chat.*")
    body = json.dumps({"channel": office.sales, "text": "x"}).encode()
    assert office.raw("chat.postMessage", body)[0] == status
    assert texts(office) == []
    assert office.raw("chat.postMessage", body)[0] == 200, "once only"


def test_503_after_accepting(office: Office) -> None:
    office.workspace.fault("http_503_after", "chat.postMessage")
    body = json.dumps({"channel": office.sales, "text": "x"}).encode()
    assert office.raw("chat.postMessage", body)[0] == 503
    assert texts(office) == ["x"]


def test_accepted_then_dropped(office: Office) -> None:
    office.workspace.fault("drop_after", "chat.postMessage")
    with pytest.raises(GONE):
        office.client.chat_postMessage(channel=office.sales, text="once")
    assert texts(office) == ["once"]
    call = office.workspace.calls("chat.postMessage")[0]
    assert (call.committed, call.answer, call.fault) == (True, None, "drop_after")


def test_a_default_client_posts_twice_then(office: Office) -> None:
    """What the product must not use: retries of the client on a dropped connection."""
    office.workspace.fault("drop_after", "chat.postMessage")
    client = WebClient(office.app.bot_token, base_url=office.server.api_url)
    client.chat_postMessage(channel=office.sales, text="twice")
    assert texts(office) == ["twice", "twice"]


def test_dropped_before(office: Office) -> None:
    office.workspace.fault("drop_before", "chat.postMessage")
    with pytest.raises(GONE):
        office.client.chat_postMessage(channel=office.sales, text="never")
    assert texts(office) == []


def test_internal_error_after_accepting(office: Office) -> None:
    office.workspace.fault("internal_error_after", "chat.postMessage")
    assert office.call("chat.postMessage", channel=office.sales, text="x")["error"] == "internal_error"
    assert texts(office) == ["x"]


def test_timeout(office: Office) -> None:
    office.workspace.fault("timeout", "chat.postMessage", seconds=0.6)
    hasty = WebClient(office.app.bot_token, base_url=office.server.api_url, retry_handlers=[], timeout=0.2)  # type: ignore[arg-type]
    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel=office.sales, text="x")
    assert texts(office) == ["x"]


def test_slow(office: Office) -> None:
    office.workspace.fault("slow", "auth.test", seconds=0.15)
    began = time.monotonic()
    assert office.call("auth.test")["ok"]
    assert time.monotonic() - began >= 0.15


def test_named_error(office: Office) -> None:
    office.workspace.fault("error", "chat.postMessage", error="fatal_error", skip=1)
    assert office.call("chat.postMessage", channel=office.sales, text="x")["ok"]
    assert office.call("chat.postMessage", channel=office.sales, text="y")["error"] == "fatal_error"
    assert texts(office) == ["x"]


def test_token_revoked_in_the_middle(office: Office) -> None:
    office.workspace.fault("token_revoked", "chat.postMessage")
    assert office.call("chat.postMessage", channel=office.sales, text="x")["error"] == "token_revoked"
    assert office.call("auth.test")["error"] == "token_revoked"


@pytest.mark.parametrize("kind", ["is_archived", "not_in_channel"])
def test_the_channel_changes(offices: Callable[..., Office], kind: str) -> None:
    office = offices(scopes=["chat:write"])
    office.workspace.fault(kind, "chat.postMessage")
    for _ in range(2):
        assert office.call("chat.postMessage", channel=office.sales, text="x")["error"] == kind


def test_a_person_is_deactivated(office: Office) -> None:
    bob = office.person("bob").id
    dm = office.call("chat.postMessage", channel=bob, text="x")["channel"]
    office.workspace.deactivate("bob")
    assert office.call("conversations.open", users=bob)["error"] == "user_disabled"
    assert office.call("chat.postMessage", channel=dm, text="x")["error"] == "user_disabled"
    assert office.call("chat.postMessage", channel=bob, text="x")["error"] == "user_disabled"


def test_only_one_channel(office: Office) -> None:
    office.workspace.fault("error", "chat.postMessage", channel=office.sales, count=None)
    assert not office.call("chat.postMessage", channel=office.sales, text="x")["ok"]
    assert office.call("chat.postMessage", channel=office.person("bob").id, text="x")["ok"]


def test_probability_is_repeatable(offices: Callable[..., Office]) -> None:
    def run() -> list[bool]:
        office = offices()
        with office.workspace.state.lock:
            office.workspace.state.faults.reseed(5)
        office.workspace.fault("http_500", "auth.test", count=None, probability=0.5)
        return [office.raw("auth.test", b"{}")[0] == 200 for _ in range(12)]

    first = run()
    assert first == run()
    assert True in first
    assert False in first


def test_events_delivered_twice_and_lost(office: Office) -> None:
    heard: list[str] = []

    def register(app: BoltApp) -> None:
        app.event("message")(lambda body: heard.append(body["event_id"]))

    office.bot(register)
    office.workspace.fault("duplicate", "event")
    office.person("bob").says("#sales", "one")
    assert len(heard) == 2
    assert len(set(heard)) == 1
    office.workspace.fault("lost", "event")
    office.person("bob").says("#sales", "two")
    assert len(heard) == 3, "the first retry brings it"


def test_response_urls_too(office: Office) -> None:
    from slack_sdk.webhook import WebhookClient

    office.bot(lambda app: app.command("/stock")(lambda ack: ack()) and None)
    office.person("bob").types("/stock", "#sales")
    url = str(office.workspace.sent("command")[0].args["response_url"])
    office.workspace.fault("drop_after", "response_url")
    with pytest.raises(GONE):
        WebhookClient(url, retry_handlers=[]).send(text="once")
    assert texts(office) == ["once"]


def test_an_unknown_kind_is_named(office: Office) -> None:
    with pytest.raises(ValueError, match="no such fault: earthquake"):
        office.workspace.fault("earthquake", "chat.postMessage")
