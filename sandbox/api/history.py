"""conversations.history and conversations.replies."""

from __future__ import annotations

import re

from sandbox import messages
from sandbox.api.paging import page
from sandbox.api.registry import Call, conversation_scopes, method
from sandbox.errors import Refusal
from sandbox.model import Channel, Json, Message

_HISTORY = conversation_scopes("history")


def _readable(call: Call) -> Channel:
    channel = call.channel("history")
    if call.app.bot_user_id not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _within(call: Call, found: list[Message]) -> list[Message]:
    latest = _ts(call, "latest", "invalid_ts_latest")
    oldest = _ts(call, "oldest", "invalid_ts_oldest")
    inclusive = call.args.flag("inclusive")

    def fits(message: Message) -> bool:
        ts = float(message.ts)
        if inclusive and ts in (latest, oldest):
            return True
        return (latest is None or ts < latest) and (oldest is None or ts > oldest)

    return [m for m in found if fits(m)]


def _ts(call: Call, name: str, code: str) -> float | None:
    value = call.args.text(name)
    if not value or value == "0":
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", value):
        raise Refusal(code)
    return float(value)


@method("conversations.history", 3, *_HISTORY, required=("channel",))
def history(call: Call) -> Json:
    """Newest first, without replies and ephemerals; 100 at a time unless `limit` (at most 999) says more."""
    channel = _readable(call)
    found = _within(call, messages.history(channel))
    shown, cursor = page(call.args, found, 100, 999)
    metadata = call.args.flag("include_all_metadata")
    return {
        "messages": [messages.to_json(call.state, m, metadata=metadata) for m in shown],
        "has_more": bool(cursor),
        "pin_count": len(channel.pins),
        "channel_actions_ts": None,
        "channel_actions_count": 0,
        "response_metadata": {"next_cursor": cursor},
    }


@method("conversations.replies", 3, *_HISTORY, required=("channel", "ts"), json_body=False)
def replies(call: Call) -> Json:
    """The parent and its replies, oldest first."""
    channel = _readable(call)
    ts = call.args.text("ts")
    asked = next((m for m in channel.messages if m.ts == ts), None)
    if asked is None:
        raise Refusal("thread_not_found")
    root = asked.thread_ts or asked.ts
    parent = next((m for m in channel.messages if m.ts == root), None)
    thread = ([parent] if parent else []) + messages.replies(channel, root)
    shown, cursor = page(call.args, _within(call, thread), 1000, 1000)
    metadata = call.args.flag("include_all_metadata")
    return {
        "messages": [messages.to_json(call.state, m, metadata=metadata) for m in shown],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }
