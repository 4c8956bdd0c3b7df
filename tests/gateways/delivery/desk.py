"""A delivery desk in front of a local Slack: outbox, courier, workspace."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import Engine, select, text

from domain.delivery.model import Gate, OutboxRow
from gateways.clock import real_now
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery.courier import Courier
from gateways.delivery.outbox import enqueue
from gateways.delivery.pacing import Pace
from gateways.environment import Environment
from gateways.slack import web_client
from sandbox import SandboxServer, Settings, Workspace

SCOPES = [
    "chat:write", "channels:read", "groups:read", "channels:history", "groups:history", "im:history",
    "im:write", "users:read", "users:read.email",
]  # fmt: skip
FAST = Pace(channel=0.0, workspace=0.0, edit=0.0)


def manifest(scopes: list[str]) -> dict[str, Any]:
    """The smallest app Slack takes."""
    return {
        "display_information": {"name": "PartsPlan"},
        "features": {
            "bot_user": {"display_name": "PartsPlan"},
            "app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        },
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {"socket_mode_enabled": True},
    }


@dataclass
class Desk:
    """What a test holds. `later` moves the desk's clock, not the world's."""

    engine: Engine
    workspace: Workspace
    app: Any
    environment: Environment
    client: WebClient
    courier: Courier
    shift: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """The real time, moved by what `later` has added."""
        return real_now() + self.shift

    def later(self, seconds: float) -> None:
        """Let time pass for the courier."""
        self.shift += timedelta(seconds=seconds)

    def say(self, words: str, channel: str = "#sales", **about: Any) -> int:
        """Put a message into the outbox; its id."""
        options = {name: about.pop(name) for name in ("expires_at", "key", "thing") if name in about}
        with unit_of_work(self.engine) as session:
            row = enqueue(
                session,
                key=options.get("key", words),
                channel=channel,
                thing=options.get("thing", words),
                payload={"text": words, **about},
                feature="targets",
                now=self.now(),
                expires_at=options.get("expires_at"),
            )
            assert row is not None
            return row.id

    def deliver(self, outbox_id: int, *, most: int = 50) -> None:
        """Deliver the channel of a message to its end, letting time pass wherever delivery would wait."""
        for _ in range(most):
            until = self.courier.deliver(outbox_id)
            if until is None:
                return
            self.later(max(0.0, (until - self.now()).total_seconds()) + 0.001)
        raise AssertionError("delivery does not come to an end")

    def row(self, outbox_id: int) -> OutboxRow:
        """The row as it is."""
        with read_only(self.engine) as session:
            return session.get_one(OutboxRow, outbox_id)

    def states(self) -> dict[str, tuple[str, str | None]]:
        """State and reason by the words of the message."""
        with read_only(self.engine) as session:
            rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        return {str(row.payload["text"]): (row.state, row.reason) for row in rows}

    def gate(self, channel: str) -> Gate:
        """The gate as it is."""
        with read_only(self.engine) as session:
            return session.get_one(Gate, channel)

    def shown(self, channel: str = "sales") -> list[str]:
        """What stands in a channel, oldest first, replies included."""
        found = self.workspace.state.channel(channel)
        return [message.text for message in found.messages if message.bot_id]

    def in_dm(self, name: str) -> list[str]:
        """What the app has said to a person directly."""
        user = self.workspace.state.user(name)
        return [
            message.text
            for channel in self.workspace.state.channels.values()
            if channel.kind == "im" and user.id in channel.members
            for message in channel.messages
            if message.bot_id
        ]

    def calls(self, method: str) -> int:
        """How often a method was called."""
        return len(self.workspace.calls(method))

    def jobs(self) -> list[tuple[str, str]]:
        """Task and lock of the jobs in the queue."""
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT task_name, lock FROM procrastinate_jobs ORDER BY id"))
            return [(row.task_name, row.lock) for row in rows]


@contextmanager
def open_desk(
    engine: Engine,
    *,
    pace: Pace = FAST,
    scopes: list[str] | None = None,
    settings: Settings | None = None,
    timeout: int = 2,
) -> Iterator[Desk]:
    """A workspace with #sales, #east and alice, its app, and a courier that writes to it."""
    workspace = Workspace(settings=settings or Settings(rate_limits=False))
    workspace.add_user("alice", is_admin=True)
    workspace.add_user("bob")
    for name in ("sales", "east"):
        workspace.add_channel(name)
    app = workspace.install_app(manifest(scopes or SCOPES), channels_=["sales", "east"])
    with SandboxServer(workspace) as server:
        environment = Environment(SLACK_BOT_TOKEN=app.bot_token, SLACK_API_URL=server.api_url)
        client = web_client(environment, timeout=timeout)
        desk: Desk
        courier = Courier(engine, client, pace=pace, clock=lambda: desk.now())
        desk = Desk(engine, workspace, app, environment, client, courier)
        yield desk
