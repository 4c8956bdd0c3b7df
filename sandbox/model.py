"""What a workspace consists of, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["public", "private", "im", "mpim"]


@dataclass
class User:
    """A member. Bots are members too (`is_bot`); `deleted` means deactivated."""

    id: str
    name: str
    real_name: str
    email: str
    locale: str = "en-US"
    tz: str = "America/New_York"
    title: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    bot_id: str = ""
    app_id: str = ""
    deleted: bool = False
    updated: int = 0
    dnd: bool = False


@dataclass
class Message:
    """One message. `to` names the only person who sees it (ephemeral), `thread_ts` its parent.

    `chosen` holds per member what they chose or typed in its elements, in the form of `state.values`.
    """

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    bot_id: str = ""
    app_id: str = ""
    subtype: str = ""
    thread_ts: str = ""
    metadata: Json | None = None
    edited: Json | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    to: str = ""
    client_msg_id: str = ""
    broadcast: bool = False
    chosen: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """In a thread, and not its parent."""
        return bool(self.thread_ts) and self.thread_ts != self.ts


@dataclass
class Channel:
    """A conversation. `read` holds per member the ts up to which it was read."""

    id: str
    name: str
    kind: ChannelKind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    topic: str = ""
    purpose: str = ""
    archived: bool = False
    messages: list[Message] = field(default_factory=list)
    ephemerals: list[Message] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)
    opened: bool = False

    @property
    def is_direct(self) -> bool:
        """A conversation between people, not a named channel."""
        return self.kind in ("im", "mpim")


@dataclass
class App:
    """An installed app with its credentials. `request_url` wins over the URLs of the manifest."""

    app_id: str
    name: str
    manifest: Json
    bot_id: str
    bot_user_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    request_url: str = ""
    token_revoked: bool = False
    disabled: bool = False


@dataclass
class View:
    """A modal or a Home tab as one person has it before them; `values` is what was filled in."""

    id: str
    app_id: str
    user: str
    kind: Literal["modal", "home"]
    payload: Json
    hash: str
    root_id: str
    previous_id: str = ""
    values: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    open: bool = True


@dataclass
class Trigger:
    """The right to open one modal, `view_id` being the modal it was given from."""

    id: str
    app_id: str
    user: str
    born: float
    view_id: str = ""
    used: bool = False


@dataclass
class ResponseUrl:
    """A place to answer to: at most `uses` times and not after `expires`."""

    path: str
    app_id: str
    channel: str
    user: str
    uses: int
    expires: float
    message_ts: str = ""
    ephemeral: bool = False
    thread_ts: str = ""
    from_command: bool = False


@dataclass
class Stored:
    """A file: first a promise (`uploaded` False), then bytes, then shared into channels."""

    id: str
    name: str
    title: str
    user: str
    app_id: str
    length: int
    created: int
    upload_path: str
    content: bytes = b""
    alt_text: str = ""
    uploaded: bool = False
    completed: bool = False
    processed: bool = False
    deleted: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass
class Scheduled:
    """A message waiting for `post_at` (epoch seconds)."""

    id: str
    channel: str
    post_at: int
    app_id: str
    args: Json
    created: int


@dataclass
class Toast:
    """Something the client told one person outside any message, e.g. a time-out."""

    user: str
    text: str
    code: str
    at: float


@dataclass
class AppEvent:
    """Something that happened and that subscribed apps hear of."""

    subscription: str
    body: Json
    channel: str = ""
    only_app: str = ""
    not_app: str = ""
