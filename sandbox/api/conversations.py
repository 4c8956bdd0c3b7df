"""conversations.*: finding, opening, joining, making."""

from __future__ import annotations

import re

from sandbox import channels
from sandbox.api.paging import page
from sandbox.api.registry import Call, conversation_scopes, method
from sandbox.errors import Refusal
from sandbox.model import Channel, Json, Message

_READ = conversation_scopes("read")
_TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
_SCOPES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
_MOST_PEOPLE = 8


@method("conversations.open", 3, "im:write", "mpim:write")
def open_(call: Call) -> Json:
    """Open the DM with one person, or a group DM with up to 8."""
    state, args = call.state, call.args
    if args.has("channel"):
        channel = call.channel()
        return {"no_op": True, "already_open": True, "channel": _opened(call, channel)}
    wanted = args.names("users")
    if not wanted:
        raise Refusal("users_list_not_supplied")
    if len(wanted) > _MOST_PEOPLE:
        raise Refusal("too_many_users")
    for user_id in wanted:
        user = state.users.get(user_id)
        if user is None:
            raise Refusal("user_not_found")
        if user.deleted:
            raise Refusal("user_disabled")
    call.need("im:write" if len(wanted) == 1 else "mpim:write")
    channel = channels.direct(state, [call.app.bot_user_id, *wanted])
    again = {"no_op": True, "already_open": True} if channel.opened else {}
    channel.opened = True
    return {**again, "channel": _opened(call, channel)}


def _opened(call: Call, channel: Channel) -> Json:
    if call.args.flag("return_im"):
        return channels.to_json(call.state, channel, call.app.bot_user_id)
    return {"id": channel.id}


@method("conversations.list", 2, *_READ, json_body=False)
def list_(call: Call) -> Json:
    """Conversations the bot sees, by `types` (public channels when not given)."""
    kinds = call.args.names("types") or ["public_channel"]
    for kind in kinds:
        if kind not in _TYPES:
            raise Refusal("invalid_types")
        call.need(f"{_SCOPES[_TYPES[kind]]}:read")
    wanted = {_TYPES[kind] for kind in kinds}
    bot = call.app.bot_user_id
    found = [
        c
        for c in call.state.channels.values()
        if c.kind in wanted
        and channels.sees(c, bot)
        and not (c.archived and call.args.flag("exclude_archived"))
    ]
    shown, cursor = page(call.args, found, 100, 1000)
    listed = [channels.to_json(call.state, c, bot) for c in shown]
    return {"channels": listed, "response_metadata": {"next_cursor": cursor}}


@method("conversations.info", 3, *_READ, required=("channel",), json_body=False)
def info(call: Call) -> Json:
    """One conversation; `include_num_members` adds the count."""
    channel = call.channel("read")
    shown = channels.to_json(call.state, channel, call.app.bot_user_id)
    if not call.args.flag("include_num_members"):
        shown.pop("num_members", None)
    if call.args.flag("include_locale"):
        shown["locale"] = "en-US"
    return {"channel": shown}


@method("conversations.members", 4, *_READ, required=("channel",), json_body=False)
def members(call: Call) -> Json:
    """Ids of the members."""
    channel = call.channel("read")
    shown, cursor = page(call.args, channel.members, 100, 1000)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


@method("conversations.join", 3, "channels:join", required=("channel",))
def join(call: Call) -> Json:
    """Join a public channel."""
    channel = call.channel()
    if channel.kind != "public":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    already = call.app.bot_user_id in channel.members
    channels.join(call.state, channel, call.app.bot_user_id)
    shown = channels.to_json(call.state, channel, call.app.bot_user_id)
    extra = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": shown, **(extra if already else {})}


def _inside(call: Call) -> Channel:
    """A channel the bot is a member of and may change."""
    channel = call.channel()
    if call.app.bot_user_id not in channel.members:
        raise Refusal("not_in_channel")
    if channel.archived:
        raise Refusal("is_archived")
    return channel


_INVITING = ("channels:manage", "groups:write", "channels:write.invites", "groups:write.invites")


@method("conversations.invite", 3, *_INVITING, required=("channel", "users"))
def invite(call: Call) -> Json:
    """Bring people into a channel the bot is in."""
    channel = _inside(call)
    wanted = call.args.names("users")
    for user_id in wanted:
        user = call.state.users.get(user_id)
        if user is None or user.deleted:
            raise Refusal("user_not_found")
        if user_id == call.app.bot_user_id:
            raise Refusal("cant_invite_self")
        if user_id in channel.members:
            raise Refusal("already_in_channel")
    for user_id in wanted:
        channels.join(call.state, channel, user_id, inviter=call.app.bot_user_id)
    return {"channel": channels.to_json(call.state, channel, call.app.bot_user_id)}


@method("conversations.create", 2, "channels:manage", "groups:write", required=("name",))
def create(call: Call) -> Json:
    """A new channel with the bot in it."""
    name = call.args.text("name")
    private = call.args.flag("is_private")
    call.need("groups:write" if private else "channels:manage")
    if not name:
        raise Refusal("invalid_name_required")
    if len(name) > 80:
        raise Refusal("invalid_name_maxlength")
    if not re.search(r"\w", name):
        raise Refusal("invalid_name_punctuation")
    if name != name.lower() or re.search(r"[^\w-]", name):
        raise Refusal("invalid_name_specials")
    if any(c.name == name for c in call.state.channels.values()):
        raise Refusal("name_taken")
    bot = call.app.bot_user_id
    made = channels.create(call.state, name, "private" if private else "public", bot, [bot])
    return {"channel": channels.to_json(call.state, made, bot)}


@method(
    "conversations.setTopic",
    2,
    *conversation_scopes("write"),
    "channels:manage",
    required=("channel", "topic"),
)
def set_topic(call: Call) -> Json:
    """Change the topic and say so in the channel."""
    channel = _inside(call)
    topic = call.args.text("topic")
    if len(topic) > 250:
        raise Refusal("too_long")
    channel.topic = topic
    state = call.state
    text = f"set the channel topic: {topic}"
    channel.messages.append(
        Message(state.ids.ts(state.now()), channel.id, call.app.bot_user_id, text, subtype="channel_topic")
    )
    state.touch()
    return {"channel": channels.to_json(state, channel, call.app.bot_user_id)}


@method("conversations.archive", 2, "channels:manage", "groups:write", required=("channel",))
def archive(call: Call) -> Json:
    """Close a channel for good (until a person opens it again)."""
    channel = call.channel()
    if channel.archived:
        raise Refusal("already_archived")
    if channel.is_direct:
        raise Refusal("method_not_supported_for_channel_type")
    if channel.name == "general":
        raise Refusal("cant_archive_general")
    if call.app.bot_user_id not in channel.members:
        raise Refusal("not_in_channel")
    channels.archive(call.state, channel, call.app.bot_user_id)
    return {}
