"""The coverage table: every method served, with its tier, scopes and required arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox import channels, manifest
from sandbox.api.arguments import Arguments
from sandbox.errors import Refusal
from sandbox.model import App, Channel, Json
from sandbox.state import State

Handler = Callable[["Call"], Json]
_SCOPE_PREFIX = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


@dataclass
class Call:
    """One call on its way: the workspace (locked), who calls, and with what."""

    state: State
    app: App
    method: str
    args: Arguments

    def need(self, scope: str) -> None:
        """Refusal missing_scope unless the app was granted `scope`."""
        granted = manifest.scopes(self.app)
        if scope not in granted:
            raise Refusal("missing_scope", needed=scope, provided=",".join(granted))

    def granted(self, scope: str) -> bool:
        """Whether the app was granted `scope`."""
        return scope in manifest.scopes(self.app)

    def channel(self, verb: str = "", name: str = "channel") -> Channel:
        """The conversation named by an argument, visible to the bot; with `verb` its scope is checked."""
        channel = channels.visible(self.state, self.app.bot_user_id, self.args.text(name))
        if verb:
            self.need(f"{_SCOPE_PREFIX[channel.kind]}:{verb}")
        return channel


@dataclass(frozen=True)
class Method:
    """`scopes`: any one of them lets the call pass; `tier` 0 is Slack's "special"."""

    name: str
    handler: Handler
    tier: int
    scopes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    json_body: bool = True
    token: Literal["bot", "app", "none"] = "bot"


METHODS: dict[str, Method] = {}


def method(
    name: str,
    tier: int,
    *scopes: str,
    required: tuple[str, ...] = (),
    json_body: bool = True,
    token: Literal["bot", "app", "none"] = "bot",
) -> Callable[[Handler], Handler]:
    """Enter a handler into the coverage table."""

    def enter(handler: Handler) -> Handler:
        METHODS[name] = Method(name, handler, tier, scopes, required, json_body, token)
        return handler

    return enter


def conversation_scopes(verb: str) -> tuple[str, ...]:
    """`channels:read`, `groups:read`, ... of which any lets the call begin."""
    return tuple(f"{prefix}:{verb}" for prefix in _SCOPE_PREFIX.values())
