"""The bot at the wire: our WSGI application on a port, a local Slack in front of it, a company behind it."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from sqlalchemy import Engine

from bot.app import build_app
from bot.context import BotContext
from bot.manifest import manifest
from bot.server import SECONDS, open_socket
from bot.wsgi import wsgi_app
from gateways.clock import business_clock
from gateways.database.unit_of_work import unit_of_work
from gateways.environment import Environment
from gateways.slack import web_client
from sandbox import SandboxServer, Workspace
from sandbox.person import Person
from tests.company import LOCALES, SLACK, PartsAndCo, make_company

AFTERNOON = datetime(2019, 11, 15, 12, tzinfo=UTC)


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@dataclass
class Wire:
    """A workspace with the bot in it. `url` is the bot's own address in HTTP mode."""

    workspace: Workspace
    engine: Engine
    made: PartsAndCo
    environment: Environment
    context: BotContext
    url: str

    def person(self, name: str) -> Person:
        """A member, as they use Slack."""
        return self.workspace.person(name)


def people_of_the_company(workspace: Workspace, engine: Engine) -> None:
    """Everybody is a member of the workspace, linked by the id Slack gave them."""
    from sqlalchemy import text

    with engine.begin() as connection:
        for name in SLACK:
            user = workspace.add_user(
                name,
                f"{name}@parts.example",
                locale=LOCALES.get(name, "en-US"),
                tz="UTC",
                is_admin=name == "adam",
            )
            connection.execute(
                text("UPDATE person SET slack_user_id = :id WHERE code = :name"),
                {"id": user.id, "name": name},
            )
    for channel in ("general", "sales", "east", "west"):
        workspace.add_channel(channel)


@contextmanager
def wire(engine: Engine, *, socket_mode: bool = False, now: datetime = AFTERNOON) -> Iterator[Wire]:
    """The whole of it with the small company, for one test."""
    with unit_of_work(engine) as session:
        made = make_company(session)
    workspace = Workspace("Parts & Co")
    people_of_the_company(workspace, engine)
    with connected(workspace, engine, socket_mode=socket_mode, now=now) as on:
        on.made = made
        yield on


@contextmanager
def connected(
    workspace: Workspace, engine: Engine, *, socket_mode: bool = False, now: datetime = AFTERNOON
) -> Iterator[Wire]:
    """The bot in a workspace whose people and channels are there already."""
    with ExitStack() as stack:
        server = stack.enter_context(SandboxServer(workspace))
        app = workspace.install_app(
            manifest(request_url=None if socket_mode else "http://127.0.0.1/slack/events"),
            channels_=[c.name for c in workspace.state.channels.values()],
        )
        environment = Environment(
            SLACK_BOT_TOKEN=app.bot_token,
            SLACK_SIGNING_SECRET=app.signing_secret,
            SLACK_APP_TOKEN=app.app_token if socket_mode else "",
            SLACK_API_URL=server.api_url,
        )  # type: ignore[call-arg]
        context = BotContext(
            engine, business_clock(now), web_client(environment, timeout=SECONDS), environment
        )
        bolt = build_app(environment, context)
        url = ""
        if socket_mode:
            handler = open_socket(environment, bolt)
            stack.callback(handler.close)
        else:
            url = stack.enter_context(_served(wsgi_app(bolt, context, accepts_slack=True)))
            workspace.connect(app, f"{url}/slack/events")
        yield Wire(workspace, engine, PartsAndCo(), environment, context, url)


@contextmanager
def _served(app: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, server_class=_Threaded, handler_class=_Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
