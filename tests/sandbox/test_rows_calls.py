"""Rows 1 to 10 of the checklist: tokens, scopes, arguments, rates, channels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox import Settings
from tests.sandbox.office import Office

NOT_AUTHED = {"ok": False, "error": "not_authed"}


def test_row_1_without_a_token(office: Office) -> None:
    assert office.call("auth.test", token="") == NOT_AUTHED


def test_row_2_token_nobody_issued(office: Office) -> None:
    assert office.call("auth.test", token="xoxb-1") == {"ok": False, "error": "invalid_auth"}


def test_row_2_revoked_token(office: Office) -> None:
    office.workspace.revoke_token(office.app)
    assert office.call("auth.test") == {"ok": False, "error": "token_revoked"}


def test_row_2_bot_token_where_an_app_token_belongs(office: Office) -> None:
    assert office.call("apps.connections.open")["error"] == "not_allowed_token_type"
    assert office.call("auth.test", token=office.app.app_token)["error"] == "not_allowed_token_type"


def test_row_3_missing_scope(offices: Callable[..., Office]) -> None:
    office = offices(scopes=["chat:write"])
    answer = office.form("users.lookupByEmail", email="bob@parts.example")
    assert answer == {
        "ok": False,
        "error": "missing_scope",
        "needed": "users:read.email",
        "provided": "chat:write",
    }


def test_row_3_scopes_in_the_headers(offices: Callable[..., Office]) -> None:
    office = offices(scopes=["chat:write", "users:read"])
    _, headers, _ = office.raw("auth.test", b"{}")
    assert headers["x-oauth-scopes"] == "chat:write,users:read"


def test_row_4_unknown_method(office: Office) -> None:
    assert office.call("chat.nonsense") == {
        "ok": False,
        "error": "unknown_method",
        "req_method": "chat.nonsense",
    }


def test_row_4_real_method_not_served(office: Office) -> None:
    status, _, body = office.raw("admin.users.list", b"{}")
    assert status == 501
    assert "admin.users.list" in body["detail"]


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        (None, b"channel=C1", "missing_post_type"),
        ("text/yaml", b"channel: C1", "invalid_post_type"),
        ("application/x-www-form-urlencoded", b"\xff\xfe", "invalid_form_data"),
        ("application/json", b"{nonsense", "invalid_json"),
        ("multipart/form-data", b"no boundary", "invalid_form_data"),
    ],
)
def test_row_5_bodies_slack_does_not_read(office: Office, kind: str | None, body: bytes, code: str) -> None:
    assert office.raw("chat.postMessage", body, kind=kind)[2]["error"] == code


def test_row_5_no_json_for_methods_that_take_none(office: Office) -> None:
    answer = office.call("users.info", user=office.person("bob").id)
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]
    assert office.form("users.info", user=office.person("bob").id)["ok"]


def test_row_6_required_argument_absent(office: Office) -> None:
    assert office.call("chat.postMessage", text="hello") == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {"messages": ["[ERROR] missing required field: channel"]},
    }


def test_row_7_rate_exceeded_per_method(office: Office) -> None:
    for _ in range(20):
        assert office.form("users.list")["ok"]
    status, headers, body = office.raw("users.list", b"")
    assert (status, body) == (429, {"ok": False, "error": "ratelimited"})
    wait = int(headers["Retry-After"])
    assert 1 <= wait <= 60
    assert office.form("users.info", user=office.person("bob").id)["ok"], "another method has its own count"
    office.workspace.advance(wait)
    assert office.form("users.list")["ok"]


def test_row_8_a_burst_is_tolerated_and_then_one_message_a_second(offices: Callable[..., Office]) -> None:
    office = offices(Settings(post_burst=3))
    for _ in range(3):
        assert office.call("chat.postMessage", channel=office.sales, text="x")["ok"]
    status, headers, _ = office.raw(
        "chat.postMessage", b'{"channel": "%s", "text": "x"}' % office.sales.encode()
    )
    assert (status, headers["Retry-After"]) == (429, "1")
    office.workspace.advance(1)
    assert office.call("chat.postMessage", channel=office.sales, text="x")["ok"]
    assert not office.call("chat.postMessage", channel=office.sales, text="x")["ok"]
    log = office.workspace.state.log
    assert [v["kind"] for v in log.violations] == ["refused", "refused"]
    assert len(log.bursts) == 2


def test_row_8_another_channel_has_its_own_pace(offices: Callable[..., Office]) -> None:
    office = offices(Settings(post_burst=1))
    assert office.call("chat.postMessage", channel=office.sales, text="x")["ok"]
    assert office.call("chat.postMessage", channel=office.person("bob").id, text="x")["ok"]


def test_row_9_channels(offices: Callable[..., Office]) -> None:
    office = offices(scopes=["chat:write"])
    ask = lambda channel: office.call("chat.postMessage", channel=channel, text="x")["error"]  # noqa: E731
    assert ask("C0NOSUCH") == "channel_not_found"
    assert ask(office.workspace.state.channel("board").id) == "channel_not_found", "private and not a member"
    office.workspace.add_channel("open")
    assert ask("#open") == "not_in_channel"
    office.workspace.archive("sales")
    assert ask(office.sales) == "is_archived"


def test_row_10_nothing_to_say(office: Office) -> None:
    assert office.call("chat.postMessage", channel=office.sales) == {"ok": False, "error": "no_text"}
