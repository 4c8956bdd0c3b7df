"""What an app says back: in the acknowledgement of a command, or later to a response_url."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox import messages
from sandbox.api import compose
from sandbox.api.arguments import Arguments
from sandbox.errors import NotServed, Refusal
from sandbox.model import App, Channel, Json, Message, ResponseUrl
from sandbox.state import State


@dataclass(frozen=True)
class Given:
    """The HTTP answer of a response_url."""

    status: int
    body: str


def new_response_url(
    state: State, app: App, channel: str, user: str, *, kind: str, **more: Any
) -> ResponseUrl:
    """A response_url for five answers within 30 minutes; `kind` is "commands" or "actions"."""
    path = f"/{kind}/{state.team_id}/{state.ids.digits(12)}/{state.ids.secret(24)}"
    settings = state.settings
    expires = state.now() + settings.response_url_seconds
    made = ResponseUrl(path, app.app_id, channel, user, settings.response_url_uses, expires, **more)
    state.response_urls[path] = made
    return made


def receive(state: State, path: str, body: Any) -> Given:
    """An app posted to a response_url. What Slack's body says on refusal is not established: plain words."""
    with state.lock:
        place = state.response_urls.get(path)
        given = _receive(state, place, body)
        state.log.add(
            at=state.now(),
            direction="in",
            method="response_url",
            args=body if isinstance(body, dict) else {"body": str(body)},
            answer=given.body if given.status == 200 else {"ok": False, "error": given.body},
            status=given.status,
            app_id=place.app_id if place else "",
            committed=given.status == 200,
        )
        state.touch()
        return given


def _receive(state: State, place: ResponseUrl | None, body: Any) -> Given:
    if place is None:
        return Given(404, "sandbox: no such response_url")
    if state.now() > place.expires:
        return Given(404, "sandbox: this response_url is older than 30 minutes")
    if place.uses <= 0:
        return Given(404, "sandbox: this response_url has been used five times")
    if not isinstance(body, dict):
        return Given(400, "sandbox: the body must be a JSON object")
    try:
        apply(state, place, body)
    except Refusal as refusal:
        return Given(400, refusal.code)
    except NotServed as reason:
        return Given(501, str(reason))
    place.uses -= 1
    return Given(200, "ok")


def apply(state: State, place: ResponseUrl, body: Json) -> None:
    """Post, replace or delete as the body asks. Refusal when a message may not say this."""
    channel = state.channels[place.channel]
    app = state.apps[place.app_id]
    args = Arguments(body)
    source = _source(channel, place)
    if args.flag("delete_original"):
        if source is not None:
            _remove(state, channel, source)
        return
    content = compose.draft(state, args)
    if content.empty:
        raise Refusal("no_text")
    if args.flag("replace_original") and source is not None:
        _rewrite(state, channel, source, content)
        return
    thread_ts = args.text("thread_ts") or ("" if args.has("thread_ts") else place.thread_ts)
    message = compose.from_app(state, app, channel, content, thread_ts)
    if args.text("response_type", "ephemeral") != "in_channel":
        message.to = place.user
    messages.add(state, channel, message)
    if place.from_command and not place.message_ts:
        place.message_ts, place.ephemeral = message.ts, bool(message.to)


def _source(channel: Channel, place: ResponseUrl) -> Message | None:
    pool = channel.ephemerals if place.ephemeral else channel.messages
    return next((m for m in pool if m.ts == place.message_ts), None)


def _remove(state: State, channel: Channel, source: Message) -> None:
    if source.to:
        channel.ephemerals.remove(source)
        state.touch()
    else:
        messages.delete(state, channel, source)


def _rewrite(state: State, channel: Channel, source: Message, content: compose.Draft) -> None:
    """An ephemeral message stays ephemeral whatever `response_type` says."""
    text = (content.text or "")[: compose.CUT_AT]
    changes: Json = {"text": text, "blocks": content.blocks or [], "attachments": content.attachments or []}
    if not source.to:
        messages.update(state, channel, source, **changes)
        return
    for name, value in changes.items():
        setattr(source, name, value)
    source.blocks = [messages.with_ids(state, b) for b in source.blocks]
    state.touch()
