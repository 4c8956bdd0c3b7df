"""Requests as Slack would send them, and as it never would; and what the log said meanwhile."""

import http.client
import io
import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog

from gateways.logs import configure_logs
from sandbox.deliver.transport import signature
from tests.wire import Wire

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
SECRET_WORDS = ("response_url", "trigger_id")


def headers(on: Wire, body: bytes, kind: str, *, age: float = 0, **changes: str) -> dict[str, str]:
    """The headers of a request signed `age` seconds ago."""
    secret = on.environment.slack_signing_secret.get_secret_value()
    stamp = str(int(time.time() - age))
    made = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(secret, stamp, body),
    }
    return made | changes


def send(
    on: Wire, body: bytes, given: dict[str, str], *, method: str = "POST", path: str = "/slack/events"
) -> tuple[int, str]:
    """Status and body of the answer."""
    connection = http.client.HTTPConnection(urlsplit(on.url).netloc, timeout=20)
    try:
        connection.request(method, path, body, {k: v.encode("utf-8") for k, v in given.items()})  # type: ignore[arg-type]
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def signed(on: Wire, body: bytes, kind: str = FORM, *, age: float = 0) -> tuple[int, str]:
    """The answer to a signed body."""
    return send(on, body, headers(on, body, kind, age=age))


_numbers = iter(range(10**9))


def new_trigger() -> str:
    """A trigger nobody has used."""
    return f"77.88.{next(_numbers)}"


def command_body(on: Wire, user: str, text: str, command: str = "/target", **changes: Any) -> bytes:
    """The form of a slash command."""
    values = {
        "token": "x", "team_id": on.workspace.state.team_id, "channel_id": general(on), "channel_name": "general",
        "user_id": user, "user_name": "x", "command": command, "text": text, "trigger_id": new_trigger(),
        "response_url": "https://hooks.slack.com/commands/T/1/x", "api_app_id": "A", **changes,
    }  # fmt: skip
    return urlencode({k: v for k, v in values.items() if v is not None}).encode()


def general(on: Wire) -> str:
    """The id of #general."""
    return on.workspace.state.channel("general").id


def click(on: Wire, user: str, action_id: str, value: str, **changes: Any) -> dict[str, Any]:
    """The payload of a button pressed in a channel."""
    team = on.workspace.state.team_id
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": team},
        "team": {"id": team},
        "api_app_id": "A",
        "trigger_id": new_trigger(),
        "channel": {"id": general(on), "name": "general"},
        "container": {"type": "message", "channel_id": general(on), "message_ts": "1.2"},
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
        **changes,
    }


def submission(on: Wire, user: str, callback_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """The payload of a modal submitted."""
    team = on.workspace.state.team_id
    return {
        "type": "view_submission",
        "user": {"id": user, "team_id": team},
        "team": {"id": team},
        "trigger_id": new_trigger(),
        "view": {"id": "V1", "type": "modal", "callback_id": callback_id, "state": {"values": values}},
    }


def event(on: Wire, body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An event in its envelope."""
    return {
        "type": "event_callback",
        "team_id": on.workspace.state.team_id,
        "api_app_id": "A",
        "event_id": f"Ev{next(_numbers)}",
        "event": body,
        **changes,
    }


def interaction(on: Wire, payload: Any, *, age: float = 0) -> tuple[int, str]:
    """The answer to an interaction."""
    return signed(on, urlencode({"payload": json.dumps(payload)}).encode(), age=age)


def tell(on: Wire, payload: Any, *, age: float = 0) -> tuple[int, str]:
    """The answer to an event."""
    return signed(on, json.dumps(payload).encode(), JSON, age=age)


@contextmanager
def logged(level: str = "INFO") -> Iterator[io.StringIO]:
    """What the production set-up of logs writes meanwhile."""
    root = logging.getLogger()
    before, was = list(root.handlers), root.level
    names = ["slack_bolt", "slack_sdk", "slack_bolt.RequestVerification"]
    levels = {name: logging.getLogger(name).level for name in names}
    configured = structlog.get_config()
    configure_logs(level)
    structlog.configure(cache_logger_on_first_use=False)
    written = io.StringIO()
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    try:
        yield written
    finally:
        root.handlers[:] = before
        root.setLevel(was)
        for name, level_ in levels.items():
            logging.getLogger(name).setLevel(level_)
        structlog.configure(**configured)
