"""chat.scheduleMessage and its companions."""

from __future__ import annotations

from sandbox import channels, messages
from sandbox.api import compose
from sandbox.api.registry import Call, method
from sandbox.errors import Refusal
from sandbox.model import App, Channel, Json, Scheduled
from sandbox.state import State

_FARTHEST = 120 * 86_400
_MOST_AT_ONCE = 30
_AT_ONCE = 300


@method("chat.scheduleMessage", 3, "chat:write", required=("channel", "post_at"))
def schedule(call: Call) -> Json:
    """Keep a message until `post_at`; at most 120 days ahead and 30 per channel in 5 minutes."""
    state, args = call.state, call.args
    channel = channels.named(state, call.app, args.text("channel"))
    channels.check_may_post(state, call.app, channel)
    content = compose.draft(state, args)
    if content.empty:
        raise Refusal("no_text")
    if not args.text("post_at").isdigit():
        raise Refusal("invalid_time")
    post_at = args.number("post_at", 0)
    _check_time(state, channel, post_at)
    compose.thread_of(channel, args)
    made = Scheduled(
        state.ids.make("Q"), channel.id, post_at, call.app.app_id, dict(args.values), int(state.now())
    )
    state.scheduled[made.id] = made
    state.clock.at(
        float(post_at), lambda: _deliver(state, call.app, channel, made.id, content, args.text("thread_ts"))
    )
    message: Json = {
        "text": content.text or "",
        "type": "delayed_message",
        "user": call.app.bot_user_id,
        "bot_id": call.app.bot_id,
        "app_id": call.app.app_id,
    }
    if content.blocks:
        message["blocks"] = content.blocks
    return {"channel": channel.id, "scheduled_message_id": made.id, "post_at": post_at, "message": message}


def _check_time(state: State, channel: Channel, post_at: int) -> None:
    if post_at <= state.now():
        raise Refusal("time_in_past")
    if post_at > state.now() + _FARTHEST:
        raise Refusal("time_too_far")
    near = [
        s for s in state.scheduled.values() if s.channel == channel.id and abs(s.post_at - post_at) < _AT_ONCE
    ]
    if len(near) >= _MOST_AT_ONCE:
        raise Refusal("restricted_too_many")


def _deliver(
    state: State, app: App, channel: Channel, scheduled_id: str, content: compose.Draft, thread_ts: str
) -> None:
    with state.lock:
        if state.scheduled.pop(scheduled_id, None) is None or channel.archived or app.token_revoked:
            return
        messages.add(state, channel, compose.from_app(state, app, channel, content, thread_ts))


@method("chat.deleteScheduledMessage", 3, "chat:write", required=("channel", "scheduled_message_id"))
def delete_scheduled(call: Call) -> Json:
    """Cancel before it is posted."""
    found = call.state.scheduled.get(call.args.text("scheduled_message_id"))
    if found is None or found.app_id != call.app.app_id or found.channel != call.args.text("channel"):
        raise Refusal("invalid_scheduled_message_id")
    del call.state.scheduled[found.id]
    return {}


@method("chat.scheduledMessages.list", 3)
def list_scheduled(call: Call) -> Json:
    """What the app has waiting, soonest first."""
    wanted = call.args.text("channel")
    waiting = [
        {
            "id": s.id,
            "channel_id": s.channel,
            "post_at": s.post_at,
            "date_created": s.created,
            "text": str(s.args.get("text") or ""),
        }
        for s in sorted(call.state.scheduled.values(), key=lambda s: s.post_at)
        if s.app_id == call.app.app_id and wanted in ("", s.channel)
    ]
    return {"scheduled_messages": waiting, "response_metadata": {"next_cursor": ""}}
