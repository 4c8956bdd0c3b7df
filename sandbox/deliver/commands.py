"""Slash commands."""

from __future__ import annotations

import re

from sandbox import manifest, messages, surfaces
from sandbox.deliver import answers
from sandbox.deliver.wire import TIMED_OUT, Outcome, Wire, failure_code
from sandbox.errors import NobodyThere, NotServed, Refusal
from sandbox.model import App, Channel, Json, Message, ResponseUrl, User
from sandbox.state import SLACKBOT, State


def run(wire: Wire, user: User, channel: Channel, typed: str) -> Outcome:
    """A person typed `/command text`. What the client shows on failure is in the outcome and the channel."""
    state = wire.state
    name, _, text = typed.strip().partition(" ")
    with state.lock:
        app = _owner(state, name)
        if app is None:
            words = f"{name} is not a valid command. Messages that begin with “/” are read as commands."
            return _failed(state, user, channel, "not_a_command", words)
        place = answers.new_response_url(state, app, channel.id, user.id, kind="commands", from_command=True)
        payload = _payload(state, app, user, channel, name, text.strip(), place)
    reply = wire.transport.send(app, "command", payload, label=name)
    with state.lock:
        if not reply.ok:
            code = failure_code(reply)
            words = f"{name} failed with the error “{code}”."
            if code == "operation_timeout":
                words = f"{TIMED_OUT} ({name}: {code})"
            return _failed(state, user, channel, code, words)
        return _show(state, place, user, channel, typed, reply.body)


def _owner(state: State, name: str) -> App | None:
    """Commands are not namespaced: the app installed last wins."""
    for app in reversed(list(state.apps.values())):
        if manifest.command(app, name) is not None and not app.token_revoked:
            return app
    return None


def _payload(
    state: State, app: App, user: User, channel: Channel, name: str, text: str, place: ResponseUrl
) -> Json:
    declared = manifest.command(app, name) or {}
    channel_name = {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
    return {
        "token": app.verification_token,
        "team_id": state.team_id,
        "team_domain": state.team_domain,
        "channel_id": channel.id,
        "channel_name": channel_name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": escaped(state, text) if declared.get("should_escape") else text,
        "api_app_id": app.app_id,
        "is_enterprise_install": "false",
        "response_url": state.base_url + place.path,
        "trigger_id": surfaces.new_trigger(state, app, user.id).id,
    }


def escaped(state: State, text: str) -> str:
    """`@name` and `#channel` as ids, and `& < >` as entities, as Slack stores what people write."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # Ids that a client already resolved stay as they are.
    safe = re.sub(r"&lt;([@#!][\w|^.-]+)&gt;", r"<\1>", safe)

    def person(found: re.Match[str]) -> str:
        try:
            return f"<@{state.user(found[1]).id}>"
        except NobodyThere:
            return found[0]

    def channel(found: re.Match[str]) -> str:
        try:
            there = state.channel(found[1])
        except NobodyThere:
            return found[0]
        return f"<#{there.id}|{there.name if there.kind == 'public' else ''}>"

    safe = re.sub(r"(?<![\w<])@([\w.-]*\w)", person, safe)
    return re.sub(r"(?<![\w<&])#([\w-]+)", channel, safe)


def _show(
    state: State, place: ResponseUrl, user: User, channel: Channel, typed: str, body: object
) -> Outcome:
    if body in (None, "", {}):
        return Outcome(True)
    said: Json = body if isinstance(body, dict) else {"text": str(body)}
    if isinstance(body, list):
        return _refused_body(state, user, channel, typed)
    aloud = said.get("response_type") == "in_channel"
    # What was typed becomes visible above an answer for all. It is no message event.
    echo = Message(state.ids.ts(state.now()), channel.id, user.id, escaped(state, typed))
    if aloud:
        channel.messages.append(echo)
    try:
        answers.apply(state, place, {**said, "replace_original": False, "delete_original": False})
    except (Refusal, NotServed):
        if aloud:
            channel.messages.remove(echo)
        return _refused_body(state, user, channel, typed)
    return Outcome(True, text=str(said.get("text") or ""))


def _refused_body(state: State, user: User, channel: Channel, typed: str) -> Outcome:
    name = typed.split(" ")[0]
    words = f"{name} failed with the error “invalid_command_response”."
    return _failed(state, user, channel, "invalid_command_response", words)


def _failed(state: State, user: User, channel: Channel, code: str, words: str) -> Outcome:
    note = Message(state.ids.ts(state.now()), channel.id, SLACKBOT, words, to=user.id)
    messages.add(state, channel, note)
    state.toast(user.id, words, code)
    return Outcome(False, error=code, text=words)
