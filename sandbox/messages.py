"""Messages: putting them in, changing them, taking them out, and who sees which."""

from __future__ import annotations

from typing import Any

from sandbox import channels, files
from sandbox.model import App, AppEvent, Channel, Json, Message
from sandbox.state import State

_EVENT_OF = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
_TYPE_OF = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def add(state: State, channel: Channel, message: Message) -> Message:
    """Put a message in place: into the history, or (with `to`) before one person's eyes only."""
    _give_ids(state, message)
    if message.to:
        channel.ephemerals.append(message)
        state.touch()
        return message
    channel.messages.append(message)
    channel.opened = True
    _announce(state, channel, to_json(state, message), message)
    state.touch()
    return message


def _give_ids(state: State, message: Message) -> None:
    message.blocks = [with_ids(state, b) for b in message.blocks]
    message.attachments = [
        {**a, "blocks": [with_ids(state, b) for b in a["blocks"]]} if a.get("blocks") else a
        for a in message.attachments
    ]


def with_ids(state: State, block: Json) -> Json:
    """A copy in which block and actions have the ids that Slack gives when the app gave none."""
    made = dict(block)
    if made.get("type") == "markdown":
        made.pop("block_id", None)
    if not made.get("block_id"):
        made["block_id"] = state.ids.secret(5)
    for key in ("elements", "child_blocks", "actions"):
        if isinstance(made.get(key), list) and made["type"] != "rich_text":
            made[key] = [_element_with_id(state, e, key == "child_blocks") for e in made[key]]
    if made.get("type") == "data_table":
        made["rows"] = [[_cell_with_id(state, c) for c in row] for row in made["rows"]]
    for key in ("accessory", "element"):
        if isinstance(made.get(key), dict):
            made[key] = _element_with_id(state, made[key], nested_block=False)
    return made


def _cell_with_id(state: State, cell: Json) -> Json:
    if cell.get("type") != "action_cell":
        return cell
    return {**cell, "element": _element_with_id(state, cell["element"], nested_block=False)}


def _element_with_id(state: State, element: Any, nested_block: bool) -> Any:
    if not isinstance(element, dict):
        return element
    if nested_block or element.get("type") in ("card", "task_card"):
        return with_ids(state, element)
    inert = ("image", "mrkdwn", "plain_text", "raw_text", "user", "emoji", "text")
    if element.get("type") in inert or element.get("action_id"):
        return element
    return {**element, "action_id": state.ids.secret(5)}


def update(state: State, channel: Channel, message: Message, **changes: Any) -> None:
    """Change fields of a message and tell the apps (`message_changed`)."""
    previous = to_json(state, message)
    for name, value in changes.items():
        setattr(message, name, value)
    _give_ids(state, message)
    body: Json = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": to_json(state, message),
        "previous_message": previous,
    }
    _announce(state, channel, body, message)
    state.touch()


def delete(state: State, channel: Channel, message: Message) -> None:
    """Take a message out; a parent of replies stays as a tombstone, as in Slack."""
    previous = to_json(state, message)
    if replies(channel, message.ts):
        message.subtype, message.text, message.blocks = "tombstone", "This message was deleted.", []
        message.attachments, message.files, message.user = [], [], "USLACKBOT"
    else:
        channel.messages.remove(message)
    body: Json = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": previous,
    }
    _announce(state, channel, body, message)
    state.touch()


def _announce(state: State, channel: Channel, body: Json, message: Message) -> None:
    event_ts = message.ts if body.get("ts") == message.ts else state.ids.ts(state.now())
    event = {
        **body,
        "channel": channel.id,
        "channel_type": _TYPE_OF[channel.kind],
        "event_ts": event_ts,
        "ts": body.get("ts", event_ts),
    }
    state.emit(AppEvent(_EVENT_OF[channel.kind], event, channel=channel.id))
    if body.get("subtype") or message.bot_id or channel.is_direct:
        return
    for app in state.apps.values():
        if f"<@{app.bot_user_id}>" in message.text:
            mention = {**event, "type": "app_mention"}
            mention.pop("channel_type")
            state.emit(AppEvent("app_mention", mention, channel=channel.id, only_app=app.app_id))


def replies(channel: Channel, ts: str) -> list[Message]:
    """The answers to a message, oldest first."""
    return [m for m in channel.messages if m.thread_ts == ts and m.ts != ts]


def history(channel: Channel) -> list[Message]:
    """What conversations.history holds, newest first: no answers in threads, no ephemerals."""
    return [m for m in reversed(channel.messages) if not m.is_reply or m.broadcast]


def seen_by(channel: Channel, user_id: str) -> list[Message]:
    """All that a person can read here, oldest first: the history, threads and own ephemerals."""
    if not channels.sees(channel, user_id):
        return []
    own = [m for m in channel.ephemerals if m.to == user_id]
    return sorted([*channel.messages, *own], key=lambda m: tuple(map(int, m.ts.split("."))))


def to_json(state: State, message: Message, *, metadata: bool = False) -> Json:
    """The `message` object as the Web API and events show it."""
    shown: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.subtype:
        shown["subtype"] = message.subtype
    if message.bot_id:
        app = state.apps[message.app_id]
        shown |= {"bot_id": message.bot_id, "app_id": message.app_id, "bot_profile": bot_profile(state, app)}
    if not message.subtype:
        shown["team"] = state.team_id
    optional: Json = {
        "client_msg_id": message.client_msg_id,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "edited": message.edited,
    }
    shown |= {key: value for key, value in optional.items() if value}
    if message.files:
        shown["files"] = [files.to_json(state, state.files[f]) for f in message.files if f in state.files]
    if message.reactions:
        shown["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()
        ]
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    if not message.is_reply and (channel := state.channels.get(message.channel)):
        shown |= _thread_facts(channel, message.ts)
    return shown


def _thread_facts(channel: Channel, ts: str) -> Json:
    answers = replies(channel, ts)
    if not answers:
        return {}
    people = list(dict.fromkeys(m.user for m in answers))
    return {
        "thread_ts": ts,
        "reply_count": len(answers),
        "reply_users_count": len(people),
        "latest_reply": answers[-1].ts,
        "reply_users": people,
        "is_locked": False,
        "subscribed": False,
    }


def bot_profile(state: State, app: App) -> Json:
    """Who posted, for messages of an app."""
    return {
        "id": app.bot_id,
        "app_id": app.app_id,
        "user_id": app.bot_user_id,
        "name": app.name,
        "deleted": False,
        "updated": 0,
        "team_id": state.team_id,
    }
