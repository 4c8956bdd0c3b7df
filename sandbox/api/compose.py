"""From arguments to a message: what all of chat.* share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.api.arguments import Arguments
from sandbox.errors import NotServed, Refusal, messages
from sandbox.model import App, Channel, Json, Message
from sandbox.state import State
from sandbox.validate import check_message_blocks

CUT_AT = 40_000
_MOST_ATTACHMENTS = 100


@dataclass
class Draft:
    """Checked content. None means: not given."""

    text: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None
    metadata: Json | None

    @property
    def empty(self) -> bool:
        """Nothing anybody could read."""
        return not (self.text or self.blocks or self.attachments)


def draft(state: State, args: Arguments) -> Draft:
    """Read and check text, blocks, attachments, markdown_text and metadata."""
    blocks = read_blocks(state, args)
    text = args.text("text") if args.has("text") else None
    markdown = args.text("markdown_text") if args.has("markdown_text") else None
    if markdown is not None:
        if text or blocks:
            raise Refusal("markdown_text_conflict")
        if len(markdown) > 12_000:
            raise Refusal("msg_too_long")
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    return Draft(text, blocks, read_attachments(state, args), read_metadata(args))


def read_blocks(state: State, args: Arguments) -> list[Json] | None:
    """The `blocks` argument, valid for a message; None when not given."""
    if not args.has("blocks"):
        return None
    blocks = args.structure("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    check_message_blocks(blocks, state.files)
    return blocks


def read_attachments(state: State, args: Arguments) -> list[Json] | None:
    """The `attachments` argument; their blocks obey the same rules."""
    if not args.has("attachments"):
        return None
    attachments = args.structure("attachments", "invalid_attachments")
    if attachments is None:
        return None
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise Refusal("invalid_attachments")
    if len(attachments) > _MOST_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    for attachment in attachments:
        if len(str(attachment.get("footer") or "")) > 300:
            raise Refusal("invalid_attachments")
        if isinstance(attachment.get("blocks"), list):
            check_message_blocks(attachment["blocks"], state.files)
    return attachments


def read_metadata(args: Arguments) -> Json | None:
    """The `metadata` argument; `{}` is allowed and empties it."""
    if not args.has("metadata"):
        return None
    metadata = args.structure("metadata", "invalid_metadata_format")
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    if not metadata:
        return {}
    payload: Any = metadata.get("event_payload")
    if (
        not isinstance(metadata.get("event_type"), str)
        or not metadata["event_type"]
        or not isinstance(payload, dict)
    ):
        raise Refusal("invalid_metadata_schema")
    return {"event_type": metadata["event_type"], "event_payload": payload}


def thread_of(channel: Channel, args: Arguments) -> str:
    """The `thread_ts` argument, "" when none. NotServed where Slack's behaviour is not established."""
    thread_ts = args.text("thread_ts")
    if not thread_ts:
        return ""
    parent = next((m for m in channel.messages if m.ts == thread_ts), None)
    if parent is None:
        raise NotServed("thread_ts names no message of this channel: what Slack does then is not established")
    if parent.is_reply:
        raise NotServed("thread_ts names a reply: what Slack does then is not established")
    if parent.subtype in ("channel_join", "tombstone"):
        raise Refusal("cannot_reply_to_message")
    return thread_ts


def from_app(state: State, app: App, channel: Channel, content: Draft, thread_ts: str = "") -> Message:
    """A message of the app, cut at 40,000 characters, not yet put anywhere."""
    return Message(
        ts=state.ids.ts(state.now()),
        channel=channel.id,
        user=app.bot_user_id,
        text=(content.text or "")[:CUT_AT],
        blocks=content.blocks or [],
        attachments=content.attachments or [],
        bot_id=app.bot_id,
        app_id=app.app_id,
        thread_ts=thread_ts,
        metadata=content.metadata or None,
    )


def warnings_for(content: Draft) -> Json:
    """Slack warns where screen readers would find no text."""
    if content.blocks and not content.text:
        return {
            "warning": "missing_text_in_message",
            "response_metadata": {"warnings": ["missing_text_in_message"]},
        }
    return {}


def no_such(field: str) -> Refusal:
    """A required argument is absent."""
    return Refusal("invalid_arguments", **messages(f"missing required field: {field}"))
