"""Modals (a stack of at most three per person), Home tabs, and the triggers that open them."""

from __future__ import annotations

from typing import Literal

from sandbox import fields, messages
from sandbox.errors import Refusal
from sandbox.model import App, Json, Trigger, View
from sandbox.state import State

MOST_MODALS = 3


def new_trigger(state: State, app: App, user: str, view_id: str = "") -> Trigger:
    """The right to open one modal within three seconds."""
    number = f"{state.ids.digits(12)}.{state.ids.digits(12)}.{state.ids.hex(32)}"
    trigger = Trigger(number, app.app_id, user, state.now(), view_id)
    state.triggers[number] = trigger
    return trigger


def spend_trigger(state: State, app: App, trigger_id: str, *, from_modal: bool = False) -> Trigger:
    """Use a trigger up. Refusal when unknown, reused or late."""
    trigger = state.triggers.get(trigger_id)
    if trigger is None or trigger.app_id != app.app_id:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if state.now() - trigger.born > state.settings.trigger_seconds:
        raise Refusal("expired_trigger_id")
    stack = state.stacks.get(trigger.user, [])
    if from_modal and (not trigger.view_id or trigger.view_id not in stack):
        raise Refusal("not_found")
    if from_modal and len(stack) >= MOST_MODALS:
        raise Refusal("push_limit_reached")
    trigger.used = True
    return trigger


def check_external_id(state: State, app: App, view: Json, but: View | None = None) -> None:
    """Refusal duplicate_external_id when an open view of the app already bears it."""
    wanted = view.get("external_id")
    if not wanted:
        return
    for other in state.views.values():
        taken = other.open and other.app_id == app.app_id and other.payload.get("external_id") == wanted
        if taken and other is not but:
            raise Refusal("duplicate_external_id")


def _make(state: State, app: App, user: str, kind: Literal["modal", "home"], view: Json) -> View:
    view_id = state.ids.make("V")
    payload = _prepared(state, view)
    made = View(view_id, app.app_id, user, kind, payload, _hash(state), view_id)
    made.values = fields.initial_values(payload["blocks"])
    state.views[view_id] = made
    return made


def _prepared(state: State, view: Json) -> Json:
    return {**view, "blocks": [messages.with_ids(state, b) for b in view.get("blocks") or []]}


def _hash(state: State) -> str:
    return f"{int(state.now())}.{state.ids.secret(8)}"


def open_modal(state: State, app: App, user: str, view: Json) -> View:
    """A new stack with this modal; what was open before is gone."""
    clear(state, user)
    made = _make(state, app, user, "modal", view)
    state.stacks[user] = [made.id]
    state.touch()
    return made


def push_modal(state: State, app: App, user: str, view: Json) -> View:
    """One more on the stack. Refusal push_limit_reached above three."""
    stack = state.stacks.setdefault(user, [])
    if len(stack) >= MOST_MODALS:
        raise Refusal("push_limit_reached")
    made = _make(state, app, user, "modal", view)
    if stack:
        made.root_id, made.previous_id = stack[0], stack[-1]
    stack.append(made.id)
    state.touch()
    return made


def replace(state: State, view: View, payload: Json) -> None:
    """New content; values under the same block_id and action_id survive."""
    view.payload = _prepared(state, payload)
    view.values = fields.initial_values(view.payload["blocks"], view.values)
    view.errors, view.notice = {}, ""
    view.hash = _hash(state)
    state.touch()


def publish(state: State, app: App, user: str, payload: Json) -> View:
    """The Home tab of one person."""
    present = home(state, app, user)
    if present is not None:
        replace(state, present, payload)
        return present
    made = _make(state, app, user, "home", payload)
    state.homes[(user, app.app_id)] = made.id
    state.touch()
    return made


def home(state: State, app: App, user: str) -> View | None:
    """The published Home tab, or None."""
    return state.views.get(state.homes.get((user, app.app_id), ""))


def find(state: State, app: App, view_id: str, external_id: str) -> View | None:
    """An open view of the app."""
    for view in state.views.values():
        if view.app_id != app.app_id or not view.open:
            continue
        if view_id == view.id or (not view_id and external_id == view.payload.get("external_id")):
            return view
    return None


def top(state: State, user: str) -> View | None:
    """The modal a person has before them."""
    stack = state.stacks.get(user)
    return state.views[stack[-1]] if stack else None


def pop(state: State, user: str) -> View | None:
    """Close the modal on top; the one below shows again."""
    stack = state.stacks.get(user)
    if not stack:
        return None
    view = state.views[stack.pop()]
    view.open = False
    state.touch()
    return view


def clear(state: State, user: str) -> list[View]:
    """Close all modals of a person, bottom first in the answer."""
    closed = [state.views[v] for v in state.stacks.pop(user, [])]
    for view in closed:
        view.open = False
    state.touch()
    return closed


def to_json(state: State, view: View) -> Json:
    """The `view` object of answers and payloads."""
    payload = view.payload
    app = state.apps[view.app_id]
    return {
        "id": view.id,
        "team_id": state.team_id,
        "type": view.kind,
        "blocks": payload["blocks"],
        "private_metadata": payload.get("private_metadata") or "",
        "callback_id": payload.get("callback_id") or "",
        "state": {"values": view.values},
        "hash": view.hash,
        "title": payload.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(payload.get("clear_on_close")),
        "notify_on_close": bool(payload.get("notify_on_close")),
        "close": payload.get("close"),
        "submit": payload.get("submit"),
        "previous_view_id": view.previous_id or None,
        "root_view_id": view.root_id,
        "app_id": view.app_id,
        "external_id": payload.get("external_id") or "",
        "app_installed_team_id": state.team_id,
        "bot_id": app.bot_id,
    }
