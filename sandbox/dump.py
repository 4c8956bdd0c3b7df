"""The whole record of a workspace as JSON."""

from __future__ import annotations

from sandbox import messages, people, surfaces
from sandbox.model import Channel, Json, Message
from sandbox.screen import VisibleMessage
from sandbox.state import State

_READING = ("conversations.history", "conversations.replies")


def dump(state: State) -> Json:
    """`messages` by channel, `calls` either way, `history_calls`, `rate_violations`, views and people."""
    with state.lock:
        entries = [e.to_json() for e in state.log]
        return {
            "team": {"id": state.team_id, "name": state.team_name},
            "now": state.now(),
            "users": [people.to_json(state, u, email=True, locale=True) for u in state.users.values()],
            "channels": {c.id: _channel(state, c) for c in state.channels.values()},
            "messages": [_message(state, c, m) for c in state.channels.values() for m in c.messages],
            "ephemerals": [_message(state, c, m) for c in state.channels.values() for m in c.ephemerals],
            "views": [
                surfaces.to_json(state, v) | {"user": v.user, "open": v.open} for v in state.views.values()
            ],
            "calls": entries,
            "history_calls": [e for e in entries if e["method"] in _READING],
            "rate_violations": list(state.log.violations),
            "bursts": list(state.log.bursts),
            "faults": [f.to_json() for f in state.faults.active],
        }


def _channel(state: State, channel: Channel) -> Json:
    names = [state.users[m].name for m in channel.members]
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "members": names,
        "archived": channel.archived,
    }


def _message(state: State, channel: Channel, message: Message) -> Json:
    shown = messages.to_json(state, message, metadata=True)
    seen = VisibleMessage(state, channel, message).text_content
    return {
        **shown,
        "channel": channel.id,
        "channel_name": channel.name,
        "to": message.to,
        "text_content": seen,
    }
