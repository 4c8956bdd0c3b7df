"""chat.*: posting, changing, deleting."""

from __future__ import annotations

from sandbox import channels, messages
from sandbox.api import compose
from sandbox.api.registry import Call, method
from sandbox.errors import NotServed, Refusal
from sandbox.model import Channel, Json, Message

_MOST_UPDATE = 4000


@method("chat.postMessage", 0, "chat:write", required=("channel",))
def post_message(call: Call) -> Json:
    """Post. `client_msg_id` is taken and ignored: what Slack does with it is not established."""
    state, args = call.state, call.args
    channel = channels.named(state, call.app, args.text("channel"))
    channels.check_may_post(state, call.app, channel)
    content = compose.draft(state, args)
    if content.empty:
        raise Refusal("no_text")
    thread_ts = compose.thread_of(channel, args)
    state.limits.post(call.app.app_id, channel.id, state.now())
    message = compose.from_app(state, call.app, channel, content, thread_ts)
    message.broadcast = bool(thread_ts) and args.flag("reply_broadcast")
    messages.add(state, channel, message)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": messages.to_json(state, message, metadata=True),
        **compose.warnings_for(content),
    }


@method("chat.postEphemeral", 4, "chat:write", required=("channel", "user"))
def post_ephemeral(call: Call) -> Json:
    """Show a message to one member of the channel; it never enters the history."""
    state, args = call.state, call.args
    channel = channels.named(state, call.app, args.text("channel"))
    channels.check_may_post(state, call.app, channel)
    user = state.users.get(args.text("user"))
    if user is None or user.id not in channel.members or user.deleted:
        raise Refusal("user_not_in_channel")
    content = compose.draft(state, args)
    if content.empty:
        raise Refusal("no_text")
    if len(content.text or "") > compose.CUT_AT:
        raise NotServed("the length at which chat.postEphemeral answers msg_too_long is not established")
    message = compose.from_app(state, call.app, channel, content, compose.thread_of(channel, args))
    message.to = user.id
    messages.add(state, channel, message)
    return {"message_ts": message.ts, **compose.warnings_for(content)}


def _own(call: Call, channel: Channel, ts: str, cant: str) -> Message:
    message = next((m for m in channel.messages if m.ts == ts), None)
    if message is None or message.subtype == "tombstone":
        raise Refusal("message_not_found")
    if message.bot_id != call.app.bot_id:
        raise Refusal(cant)
    return message


@method("chat.update", 3, "chat:write", required=("channel", "ts"))
def update(call: Call) -> Json:
    """Change an own message. Text without blocks removes the blocks; `metadata` is kept unless `{}`."""
    state, args = call.state, call.args
    channel = channels.visible(state, call.app.bot_user_id, args.text("channel"))
    message = _own(call, channel, args.text("ts"), "cant_update_message")
    if channel.archived:
        raise Refusal("is_inactive")
    content = compose.draft(state, args)
    given = (content.text, content.blocks, content.attachments, content.metadata)
    if all(part is None for part in given):
        raise Refusal("no_text")
    if len(content.text or "") > _MOST_UPDATE:
        raise Refusal("msg_too_long")
    blocks = message.blocks if content.blocks is None and content.text is None else content.blocks or []
    attachments = message.attachments if content.attachments is None else content.attachments
    text = message.text if content.text is None else content.text
    if not (text or blocks or attachments):
        raise Refusal("no_text")
    edited = message.edited
    if not blocks and content.text is not None:
        edited = {"user": call.app.bot_user_id, "ts": state.ids.ts(state.now())}
    metadata = message.metadata if content.metadata is None else content.metadata or None
    changes = {
        "text": text,
        "blocks": blocks,
        "attachments": attachments,
        "edited": edited,
        "metadata": metadata,
    }
    messages.update(state, channel, message, **changes)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": messages.to_json(state, message, metadata=True),
        **compose.warnings_for(content),
    }


@method("chat.delete", 3, "chat:write", required=("channel", "ts"))
def delete(call: Call) -> Json:
    """Take an own message out."""
    channel = channels.visible(call.state, call.app.bot_user_id, call.args.text("channel"))
    message = _own(call, channel, call.args.text("ts"), "cant_delete_message")
    messages.delete(call.state, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink", 0, required=("channel", "message_ts"), json_body=False)
def get_permalink(call: Call) -> Json:
    """A link that opens the message on the page."""
    channel = channels.visible(call.state, call.app.bot_user_id, call.args.text("channel"))
    message = call.state.message(channel.id, call.args.text("message_ts"))
    if message is None:
        raise Refusal("message_not_found")
    link = f"{call.state.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
