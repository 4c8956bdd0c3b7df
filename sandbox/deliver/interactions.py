"""Buttons, menus, options looked up, and shortcuts."""

from __future__ import annotations

from typing import Any

from sandbox import channels, fields, manifest, messages, surfaces
from sandbox.deliver import answers
from sandbox.deliver.wire import TIMED_OUT, TROUBLE, Outcome, Wire, failure_code
from sandbox.errors import NobodyThere, Refusal
from sandbox.errors import messages as said
from sandbox.model import App, AppEvent, Channel, Json, Message, User, View
from sandbox.state import State
from sandbox.validate.report import Report
from sandbox.validate.text import check_option_groups, check_options


def base(state: State, app: App, user: User, kind: str, *, trigger_from: str | None = "") -> Json:
    """What every interaction payload carries. `trigger_from` is a modal's id, None for no trigger."""
    payload: Json = {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": state.team_id},
        "api_app_id": app.app_id,
        "token": app.verification_token,
        "team": {"id": state.team_id, "domain": state.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    if trigger_from is not None:
        payload["trigger_id"] = surfaces.new_trigger(state, app, user.id, trigger_from).id
    return payload


def act(
    wire: Wire, user: User, where: tuple[Channel, Message] | View, block: Json, element: Json, value: Any
) -> Outcome:
    """Press or choose. `value` is None for buttons, else in the form of the element's state."""
    state = wire.state
    with state.lock:
        app = state.apps[where.app_id if isinstance(where, View) else where[1].app_id]
        if not manifest.interactive(app):
            return _say(state, user, "dispatch_failed", "This app does not listen to interactions.")
        payload = base(
            state, app, user, "block_actions", trigger_from=where.id if isinstance(where, View) else ""
        )
        if isinstance(where, View):
            _in_view(state, payload, where, block, element, value)
        else:
            _in_message(state, app, payload, where[0], where[1], block, element, value)
        payload["actions"] = [_action(state, block, element, value)]
    reply = wire.transport.send(app, "interaction", payload, label=str(element.get("action_id")))
    if reply.ok:
        return Outcome(True)
    with state.lock:
        code = failure_code(reply)
        return _say(state, user, code, TIMED_OUT if code == "operation_timeout" else TROUBLE)


def _say(state: State, user: User, code: str, words: str) -> Outcome:
    state.toast(user.id, words, code)
    return Outcome(False, error=code, text=words)


def _in_view(state: State, payload: Json, view: View, block: Json, element: Json, value: Any) -> None:
    if element["type"] in fields.SLOTS:
        view.values.setdefault(block["block_id"], {})[element["action_id"]] = fields.with_value(
            element, value
        )
    payload["container"] = {"type": "view", "view_id": view.id}
    payload["view"] = surfaces.to_json(state, view)


def _in_message(
    state: State,
    app: App,
    payload: Json,
    channel: Channel,
    message: Message,
    block: Json,
    element: Json,
    value: Any,
) -> None:
    ephemeral = bool(message.to)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    place = answers.new_response_url(
        state,
        app,
        channel.id,
        payload["user"]["id"],
        kind="actions",
        message_ts=message.ts,
        ephemeral=ephemeral,
        thread_ts=message.thread_ts if message.is_reply else "",
    )
    name = "directmessage" if channel.kind == "im" else channel.name
    if element["type"] in fields.SLOTS:
        choose(message, payload["user"]["id"], block, element, value)
    values = fields.initial_values(message.blocks, message.chosen.get(payload["user"]["id"]))
    payload |= {
        "container": container,
        "channel": {"id": channel.id, "name": name},
        "state": {"values": values},
        "response_url": state.base_url + place.path,
    }
    if not ephemeral:
        payload["message"] = messages.to_json(state, message)


def choose(message: Message, user_id: str, block: Json, element: Json, value: Any) -> None:
    """Keep what a member chose or typed in a message; it counts in every later payload of theirs."""
    mine = message.chosen.setdefault(user_id, {})
    mine.setdefault(block["block_id"], {})[element["action_id"]] = fields.with_value(element, value)


def _action(state: State, block: Json, element: Json, value: Any) -> Json:
    action: Json = {
        "action_id": element.get("action_id"),
        "block_id": block["block_id"],
        "type": element["type"],
        "action_ts": state.ids.ts(state.now()),
    }
    for name in ("text", "style", "placeholder", "confirm"):
        if name in element:
            action[name] = element[name]
    if element["type"] == "overflow":
        action["selected_option"] = value
    elif element["type"] == "feedback_buttons":
        action |= {"value": value, "type": "feedback_buttons"}
    elif element["type"] in fields.SLOTS:
        action[fields.SLOTS[element["type"]][0]] = value
    elif "value" in element:
        action["value"] = element["value"]
    return action


def suggestions(
    wire: Wire, user: User, where: tuple[Channel, Message] | View, block: Json, element: Json, typed: str
) -> list[Json]:
    """Options an external select offers for what was typed; empty when too short or unanswered."""
    state = wire.state
    if len(typed) < int(element.get("min_query_length", 3)):
        return []
    with state.lock:
        app = state.apps[where.app_id if isinstance(where, View) else where[1].app_id]
        payload = base(state, app, user, "block_suggestion", trigger_from=None)
        payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
        if isinstance(where, View):
            payload["container"] = {"type": "view", "view_id": where.id}
            payload["view"] = surfaces.to_json(state, where)
        else:
            channel, message = where
            payload["container"] = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
            payload["channel"] = {"id": channel.id, "name": channel.name}
            payload["message"] = messages.to_json(state, message)
    reply = wire.transport.send(app, "options", payload, label=str(element["action_id"]))
    return _offered(state, app, reply.body if reply.ok and isinstance(reply.body, dict) else {})


def _offered(state: State, app: App, body: Json) -> list[Json]:
    """The options of an answer, groups flattened; none (and a line in the log) when one is malformed."""
    report = Report()
    if body.get("option_groups"):
        check_option_groups(report, body, "")
    elif body.get("options"):
        check_options(report, body, "", 100)
    if report:
        refusal = Refusal("invalid_options", **said(*report.lines("")))
        with state.lock:
            state.log.add(
                at=state.now(),
                direction="in",
                method="options answer",
                args=body,
                answer=refusal.body(),
                status=200,
                app_id=app.app_id,
            )
        return []
    grouped = [o for g in body.get("option_groups") or [] for o in g["options"]]
    return list(body.get("options") or []) + grouped


def shortcut(wire: Wire, user: User, name: str, where: tuple[Channel, Message] | None = None) -> Outcome:
    """A global shortcut, or one on a message, by name or callback_id."""
    state = wire.state
    kind = "message" if where else "global"
    with state.lock:
        app, declared = _declared(state, name, kind)
        payload = base(state, app, user, "message_action" if where else "shortcut")
        payload |= {"callback_id": declared["callback_id"], "action_ts": state.ids.ts(state.now())}
        if where:
            channel, message = where
            place = answers.new_response_url(
                state, app, channel.id, user.id, kind="actions", message_ts="", thread_ts=message.thread_ts
            )
            payload |= {
                "message_ts": message.ts,
                "channel": {"id": channel.id, "name": channel.name or "directmessage"},
                "message": messages.to_json(state, message),
                "response_url": state.base_url + place.path,
            }
    reply = wire.transport.send(app, "interaction", payload, label=declared["callback_id"])
    if reply.ok:
        return Outcome(True)
    with state.lock:
        code = failure_code(reply)
        return _say(state, user, code, TIMED_OUT if code == "operation_timeout" else TROUBLE)


def _declared(state: State, name: str, kind: str) -> tuple[App, Json]:
    for app in state.apps.values():
        for item in manifest.shortcuts(app, kind):
            if name in (item.get("name"), item.get("callback_id")):
                return app, item
    raise NobodyThere(f"no {kind} shortcut called {name!r} in any manifest")


def open_home(wire: Wire, user: User, app: App, tab: str = "home") -> None:
    """A person opened the app: `app_home_opened`, with the view published so far."""
    state = wire.state
    with state.lock:
        if tab == "home" and not manifest.home_enabled(app):
            return
        channel = channels.direct(state, [app.bot_user_id, user.id])
        body: Json = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": channel.id,
            "event_ts": state.ids.ts(state.now()),
            "tab": tab,
        }
        present = surfaces.home(state, app, user.id)
        if present is not None and tab == "home":
            body["view"] = surfaces.to_json(state, present)
        state.emit(AppEvent("app_home_opened", body, only_app=app.app_id))
