"""files.*: the external upload in three steps, and files.info."""

from __future__ import annotations

from typing import Any

from sandbox import channels, files, messages
from sandbox.api import compose
from sandbox.api.registry import Call, method
from sandbox.errors import Refusal
from sandbox.errors import messages as said
from sandbox.model import AppEvent, Channel, Json, Stored

_MOST_CHANNELS = 100


@method("files.getUploadURLExternal", 4, "files:write", required=("filename", "length"), json_body=False)
def get_upload_url(call: Call) -> Json:
    """Promise a file; the bytes go to `upload_url`."""
    length = call.args.number("length", 0)
    if length <= 0:
        raise Refusal("missing_argument")
    alt_text = call.args.text("alt_txt")
    if len(alt_text) > 1000:
        raise Refusal("alt_txt_too_large")
    if call.args.has("snippet_type") and length > 1_000_000:
        raise Refusal("snippet_too_large")
    name = call.args.text("filename")
    file = files.promise(call.state, name, length, call.app.bot_user_id, call.app.app_id, alt_text)
    return {"upload_url": call.state.base_url + file.upload_path, "file_id": file.id}


@method("files.completeUploadExternal", 4, "files:write", required=("files",))
def complete_upload(call: Call) -> Json:
    """Finish uploads and share them, with a message, where asked."""
    state = call.state
    given = _list(call, call.args.structure("files"))
    stored = [(_uploaded(call, item), item) for item in given]
    where = [*call.args.names("channels")]
    if call.args.text("channel_id"):
        where.append(call.args.text("channel_id"))
    if len(where) > _MOST_CHANNELS:
        raise Refusal("channels_limit_exceeded")
    targets = [_target(call, key) for key in dict.fromkeys(where)]
    blocks = compose.read_blocks(state, call.args)
    threads = {c.id: compose.thread_of(c, call.args) for c in targets}
    for file, item in stored:
        file.title = str(item.get("title") or file.name)
        file.completed = True
        file.processed = state.settings.files_processed_at_once
    for channel in targets:
        _share(call, channel, [f for f, _ in stored], threads[channel.id], blocks)
    return {"files": [files.to_json(state, f) for f, _ in stored]}


def _list(call: Call, given: Any) -> list[Json]:
    del call
    if not isinstance(given, list) or not given or not all(isinstance(i, dict) for i in given):
        raise Refusal("invalid_arguments", **said("must provide an array [json-pointer:/files]"))
    return given


def _uploaded(call: Call, item: Json) -> Stored:
    file = call.state.files.get(str(item.get("id")))
    if file is None or not file.uploaded or file.app_id != call.app.app_id:
        raise Refusal("file_not_found")
    return file


def _target(call: Call, key: str) -> Channel:
    if key not in call.state.channels:
        raise Refusal("invalid_channel" if key[:1] not in ("C", "D", "G") else "channel_not_found")
    channel = channels.visible(call.state, call.app.bot_user_id, key)
    if channel.archived:
        raise Refusal("posting_to_channel_denied")
    if call.app.bot_user_id not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _share(
    call: Call, channel: Channel, stored: list[Stored], thread_ts: str, blocks: list[Json] | None
) -> None:
    state = call.state
    comment = call.args.text("initial_comment")
    content = compose.Draft(comment, None if comment else blocks, None, None)
    message = compose.from_app(state, call.app, channel, content, thread_ts)
    message.subtype = "file_share"
    message.files = [f.id for f in stored]
    for file in stored:
        if channel.id not in file.channels:
            file.channels.append(channel.id)
        body = {
            "type": "file_shared",
            "channel_id": channel.id,
            "file_id": file.id,
            "user_id": file.user,
            "file": {"id": file.id},
            "event_ts": state.ids.ts(state.now()),
        }
        state.emit(AppEvent("file_shared", body, channel=channel.id))
    messages.add(state, channel, message)


@method("files.info", 4, "files:read", required=("file",), json_body=False)
def info(call: Call) -> Json:
    """One file the bot can see."""
    file = call.state.files.get(call.args.text("file"))
    if file is None or not file.completed:
        raise Refusal("file_not_found")
    if file.deleted:
        raise Refusal("file_deleted")
    return {"file": files.to_json(call.state, file), "comments": [], "response_metadata": {"next_cursor": ""}}
