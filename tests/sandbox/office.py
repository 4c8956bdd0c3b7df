"""A workspace on a port, with an app installed and people in it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import App as BoltApp
from slack_sdk import WebClient

from sandbox import App, Person, SandboxServer, Settings, VirtualClock, Workspace
from tests.sandbox.bots import bolt, listening, manifest


@dataclass
class Office:
    """Alice and Bob, #sales (with the bot), #board (private, without it), and one app."""

    workspace: Workspace
    server: SandboxServer
    app: App
    client: WebClient
    stack: ExitStack

    @property
    def sales(self) -> str:
        return self.workspace.state.channel("sales").id

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    def call(self, method: str, args: Any = None, *, token: str | None = None, **more: Any) -> dict[str, Any]:
        """POST JSON as the bot; the parsed body."""
        return self.raw(method, json.dumps({**(args or {}), **more}).encode(), token=token)[2]

    def form(self, method: str, **args: Any) -> dict[str, Any]:
        return self.raw(method, urlencode(args).encode(), kind="application/x-www-form-urlencoded")[2]

    def raw(
        self,
        method: str,
        body: bytes | None,
        *,
        kind: str | None = "application/json; charset=utf-8",
        token: str | None = None,
        verb: str = "POST",
    ) -> tuple[int, dict[str, str], dict[str, Any]]:
        """Any request to the Web API: status, headers, body."""
        headers = {"Content-Type": kind} if kind is not None else {}
        bearer = self.app.bot_token if token is None else token
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        status, given, raw = fetch(self.server.api_url + method, body, headers, verb)
        return status, given, json.loads(raw)

    def bot(self, register: Callable[[BoltApp], None]) -> BoltApp:
        """Start a Bolt app over HTTP; it stops with the test."""
        made = bolt(self.app, self.server.api_url)
        register(made)
        self.stack.enter_context(listening(made, self.app, self.server))
        return made


class _Bare(urllib.request.AbstractHTTPHandler):
    """No default Content-Type."""

    def http_open(self, request: Any) -> Any:
        import http.client

        return self.do_open(http.client.HTTPConnection, request)


def fetch(
    url: str, body: bytes | None, headers: dict[str, str], verb: str = "POST"
) -> tuple[int, dict[str, str], bytes]:
    """One HTTP request without surprises."""
    opener = urllib.request.OpenerDirector()
    opener.add_handler(_Bare())
    if body is not None:
        headers = {**headers, "Content-Length": str(len(body))}
    request = urllib.request.Request(url, data=body, headers=headers, method=verb)
    with opener.open(request, timeout=10) as answer:
        return answer.status, dict(answer.headers.items()), answer.read()


def make_office(stack: ExitStack, settings: Settings | None = None, **changes: Any) -> Office:
    """An office of one's own making."""
    workspace = Workspace(seed=3, clock=VirtualClock(), settings=settings or Settings(ack_seconds=1.0))
    workspace.add_user("alice", is_admin=True, locale="zh-TW", tz="Asia/Taipei")
    workspace.add_user("bob")
    workspace.add_channel("sales", ["alice", "bob"])
    workspace.add_channel("board", ["alice"], is_private=True)
    app = workspace.install_app(manifest(**changes), channels_=["sales"])
    server = stack.enter_context(SandboxServer(workspace))
    client = WebClient(app.bot_token, base_url=server.api_url, retry_handlers=[], timeout=5)
    return Office(workspace, server, app, client, stack)


@pytest.fixture
def office() -> Iterator[Office]:
    with ExitStack() as stack:
        yield make_office(stack)


@pytest.fixture
def offices() -> Iterator[Callable[..., Office]]:
    """For tests that want another manifest or other settings."""
    with ExitStack() as stack:
        yield lambda settings=None, **changes: make_office(stack, settings, **changes)
