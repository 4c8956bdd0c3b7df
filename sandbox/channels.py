"""Conversations: who sees them, who is in them, and their JSON."""

from __future__ import annotations

from sandbox import manifest
from sandbox.errors import NobodyThere, Refusal
from sandbox.model import App, AppEvent, Channel, ChannelKind, Json, Message
from sandbox.state import State

_PREFIX = {"public": "C", "private": "C", "im": "D", "mpim": "G"}


def create(state: State, name: str, kind: ChannelKind, creator: str, members: list[str]) -> Channel:
    """A new conversation; the caller has checked the name."""
    channel = Channel(
        state.ids.make(_PREFIX[kind]), name, kind, creator, int(state.now()), list(dict.fromkeys(members))
    )
    state.channels[channel.id] = channel
    state.touch()
    return channel


def direct(state: State, user_ids: list[str]) -> Channel:
    """The DM (two) or group DM (more) of exactly these members, made on first use."""
    wanted = set(user_ids)
    for channel in state.channels.values():
        if channel.is_direct and set(channel.members) == wanted:
            return channel
    kind: ChannelKind = "im" if len(wanted) <= 2 else "mpim"
    name = "" if kind == "im" else "mpdm-" + "--".join(state.users[u].name for u in user_ids) + "-1"
    return create(state, name, kind, user_ids[0], user_ids)


def sees(channel: Channel, user_id: str) -> bool:
    """Public channels are visible to all, everything else to members only."""
    return channel.kind == "public" or user_id in channel.members


def visible(state: State, user_id: str, channel_id: str) -> Channel:
    """A conversation this member sees, by id only. Refusal channel_not_found otherwise."""
    channel = state.channels.get(channel_id)
    if channel is None or not sees(channel, user_id):
        raise Refusal("channel_not_found")
    return channel


def named(state: State, app: App, key: str) -> Channel:
    """Where chat.* writes: an id, a name, or a member's id (opens the DM). Refusal when none fits."""
    if key in state.users:
        user = state.users[key]
        if user.is_bot:
            raise Refusal("channel_not_found")
        if user.deleted:
            raise Refusal("user_disabled")
        return direct(state, [app.bot_user_id, user.id])
    try:
        channel = state.channel(key)
    except NobodyThere:
        raise Refusal("channel_not_found") from None
    if not sees(channel, app.bot_user_id):
        raise Refusal("channel_not_found")
    return channel


def check_may_post(state: State, app: App, channel: Channel) -> None:
    """Refusal unless the app may write here now."""
    if channel.archived:
        raise Refusal("is_archived")
    if channel.kind == "im":
        others = [state.users[m] for m in channel.members if m != app.bot_user_id]
        if any(u.deleted for u in others):
            raise Refusal("user_disabled")
        if not manifest.messages_enabled(app):
            raise Refusal("messages_tab_disabled")
    if app.bot_user_id in channel.members:
        return
    if channel.kind == "public" and "chat:write.public" in manifest.scopes(app):
        return
    raise Refusal("not_in_channel")


def join(state: State, channel: Channel, user_id: str, inviter: str = "") -> None:
    """Add a member and say so in the channel and to the apps."""
    if user_id in channel.members:
        return
    channel.members.append(user_id)
    now = state.now()
    ts = state.ids.ts(now)
    channel.messages.append(
        Message(ts, channel.id, user_id, f"<@{user_id}> has joined the channel", subtype="channel_join")
    )
    body: Json = {
        "type": "member_joined_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "public" else "G",
        "team": state.team_id,
        "event_ts": ts,
    }
    if inviter:
        body["inviter"] = inviter
    state.emit(AppEvent("member_joined_channel", body, channel=channel.id))
    state.touch()


def leave(state: State, channel: Channel, user_id: str) -> None:
    """Remove a member and tell the apps (the one removed hears of it too)."""
    if user_id not in channel.members:
        return
    removed_app = state.users[user_id].app_id
    body: Json = {
        "type": "member_left_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "public" else "G",
        "team": state.team_id,
        "event_ts": state.ids.ts(state.now()),
    }
    state.emit(AppEvent("member_left_channel", body, channel=channel.id))
    if removed_app:
        gone = {"type": "channel_left", "channel": channel.id, "event_ts": body["event_ts"]}
        state.emit(AppEvent("channel_left", gone, only_app=removed_app))
    channel.members.remove(user_id)
    state.touch()


def archive(state: State, channel: Channel, user_id: str) -> None:
    """Archive a channel and tell the apps in it."""
    channel.archived = True
    kind = "channel_archive" if channel.kind == "public" else "group_archive"
    body: Json = {"type": kind, "channel": channel.id, "user": user_id, "event_ts": state.ids.ts(state.now())}
    state.emit(AppEvent(kind, body, channel=channel.id))
    state.touch()


def to_json(state: State, channel: Channel, viewer: str) -> Json:
    """The `channel` object as `viewer` gets it."""
    common: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "is_org_shared": False,
        "context_team_id": state.team_id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        other = next((m for m in channel.members if m != viewer), viewer)
        deleted = state.users[other].deleted
        return {**common, "user": other, "is_user_deleted": deleted, "is_open": True, "priority": 0}
    return {
        **common,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind in ("public", "private"),
        "is_group": False,
        "is_general": channel.name == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "creator": channel.creator,
        "is_member": viewer in channel.members,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
        "purpose": {"value": channel.purpose, "creator": channel.creator, "last_set": channel.created},
        "previous_names": [],
        "num_members": len(channel.members),
    }
