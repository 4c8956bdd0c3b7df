"""Everything a workspace remembers, behind one lock."""

from __future__ import annotations

import threading
from collections.abc import Callable

from sandbox.clock import Clock
from sandbox.errors import NobodyThere
from sandbox.faults import Faults
from sandbox.ids import Ids
from sandbox.limits import Limits
from sandbox.log import Log
from sandbox.model import (
    App,
    AppEvent,
    Channel,
    Message,
    ResponseUrl,
    Scheduled,
    Stored,
    Toast,
    Trigger,
    User,
    View,
)
from sandbox.settings import Settings

SLACKBOT = "USLACKBOT"


class State:
    """The data. Take `lock` before touching it; call `touch()` after a change people can see."""

    def __init__(self, name: str, seed: int, clock: Clock, settings: Settings) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.version = 0
        self.closing = False
        self.clock = clock
        self.settings = settings
        self.ids = Ids(seed)
        self.faults = Faults()
        self.faults.reseed(seed)
        self.log = Log()
        self.limits = Limits(settings, self.log)
        self.team_id = self.ids.make("T")
        self.team_name = name
        self.team_domain = "".join(c for c in name.lower() if c.isalnum()) or "workspace"
        self.base_url = "http://127.0.0.1"
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.apps: dict[str, App] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[tuple[str, str], str] = {}
        self.stacks: dict[str, list[str]] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, Stored] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.tickets: dict[str, str] = {}
        self.toasts: list[Toast] = []
        self.listeners: list[Callable[[AppEvent], None]] = []
        self._add_slackbot()

    def now(self) -> float:
        """Epoch seconds of the workspace's clock."""
        return self.clock.now()

    def touch(self) -> None:
        """Tell everybody who waits that something visible changed."""
        self.version += 1
        self.changed.notify_all()

    def emit(self, event: AppEvent) -> None:
        """Hand an event to whoever delivers events."""
        for listener in self.listeners:
            listener(event)

    def toast(self, user: str, text: str, code: str) -> None:
        """Show `text` to one person outside any message."""
        self.toasts.append(Toast(user, text, code, self.now()))
        self.touch()

    def user(self, key: str) -> User:
        """A member by id, handle, e-mail or full name. NobodyThere when unknown."""
        if key in self.users:
            return self.users[key]
        wanted = key.lstrip("@").casefold()
        for user in self.users.values():
            if wanted in (user.name.casefold(), user.email.casefold(), user.real_name.casefold()):
                return user
        raise NobodyThere(f"no member called {key!r}")

    def channel(self, key: str) -> Channel:
        """A conversation by id, `#name` or name. NobodyThere when unknown."""
        if key in self.channels:
            return self.channels[key]
        wanted = key.lstrip("#")
        for channel in self.channels.values():
            if channel.name == wanted and not channel.is_direct:
                return channel
        raise NobodyThere(f"no channel called {key!r}")

    def app(self, key: str | None = None) -> App:
        """An app by id or name; the only one installed when no key is given."""
        if key is None and len(self.apps) == 1:
            return next(iter(self.apps.values()))
        for app in self.apps.values():
            if key in (app.app_id, app.name):
                return app
        raise NobodyThere(f"no app called {key!r}" if key else "say which app: there is not exactly one")

    def message(self, channel_id: str, ts: str) -> Message | None:
        """A message that stays in the history, or None."""
        channel = self.channels.get(channel_id)
        if channel is None:
            return None
        return next((m for m in reversed(channel.messages) if m.ts == ts), None)

    def _add_slackbot(self) -> None:
        self.users[SLACKBOT] = User(SLACKBOT, "slackbot", "Slackbot", "", is_bot=True)
