"""Submitting and closing modals."""

from __future__ import annotations

import re
from typing import Any

from sandbox import fields, manifest, surfaces
from sandbox.deliver import answers
from sandbox.deliver.interactions import base
from sandbox.deliver.wire import TROUBLE, Outcome, Wire
from sandbox.errors import Refusal
from sandbox.model import App, Json, User, View
from sandbox.state import State
from sandbox.validate import check_view_or_refuse


def complaints(view: View) -> dict[str, str]:
    """What the client itself refuses before sending: required, too short, no e-mail. By block_id."""
    found: dict[str, str] = {}
    for block, element in fields.stateful(view.payload["blocks"]):
        if block.get("type") != "input":
            continue
        state = view.values[block["block_id"]][element["action_id"]]
        if not fields.is_filled(state):
            if not block.get("optional"):
                found[block["block_id"]] = "Please complete this required field."
            continue
        problem = _malformed(element, state.get("value"))
        if problem:
            found[block["block_id"]] = problem
    return found


def _malformed(element: Json, value: Any) -> str:
    kind, text = element["type"], str(value or "")
    least, most = element.get("min_length"), element.get("max_length")
    if kind == "plain_text_input" and least and len(text) < int(least):
        return f"This must be at least {least} characters."
    if kind == "plain_text_input" and most and len(text) > int(most):
        return f"This must be at most {most} characters."
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        return "Please enter a valid e-mail address."
    if kind == "url_text_input" and not re.fullmatch(r"https?://\S+", text):
        return "Please enter a valid URL."
    if kind == "number_input":
        return _not_a_number(element, text)
    return ""


def _not_a_number(element: Json, text: str) -> str:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, text):
        return (
            "Please enter a number." if element.get("is_decimal_allowed") else "Please enter a whole number."
        )
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(text) < float(least):
        return f"This must be at least {least}."
    if most is not None and float(text) > float(most):
        return f"This must be at most {most}."
    return ""


def submit(wire: Wire, user: User) -> Outcome:
    """Send the modal on top. The outcome carries the errors now shown under its fields."""
    state = wire.state
    with state.lock:
        view = surfaces.top(state, user.id)
        if view is None:
            return Outcome(False, error="no_modal_open")
        view.notice = ""
        view.errors = complaints(view)
        if view.errors:
            state.touch()
            return Outcome(False, error="incomplete", errors=dict(view.errors))
        app = state.apps[view.app_id]
        payload = base(state, app, user, "view_submission", trigger_from=view.id)
        payload["view"] = surfaces.to_json(state, view)
        payload["response_urls"] = _response_urls(state, app, user, view)
    reply = wire.transport.send(
        app, "interaction", payload, label=str(view.payload.get("callback_id") or "submit")
    )
    with state.lock:
        if not reply.ok or not view.open:
            return _trouble(state, user, view)
        return _follow(wire, app, user, view, reply.body)


def _response_urls(state: State, app: App, user: User, view: View) -> list[Json]:
    made: list[Json] = []
    for block, element in fields.stateful(view.payload["blocks"]):
        chosen = view.values[block["block_id"]][element["action_id"]]
        target = chosen.get("selected_conversation") or chosen.get("selected_channel")
        if not element.get("response_url_enabled") or target not in state.channels:
            continue
        place = answers.new_response_url(state, app, target, user.id, kind="actions")
        made.append(
            {
                "block_id": block["block_id"],
                "action_id": element["action_id"],
                "channel_id": target,
                "response_url": state.base_url + place.path,
            }
        )
    return made


def _follow(wire: Wire, app: App, user: User, view: View, body: Any) -> Outcome:
    """Do what the acknowledgement says: close, errors, update, push or clear."""
    state = wire.state
    if body in (None, "", {}):
        surfaces.pop(state, user.id)
        return Outcome(True)
    if not isinstance(body, dict):
        return _trouble(state, user, view)
    action = body.get("response_action")
    if action == "clear":
        surfaces.clear(state, user.id)
        return Outcome(True)
    if action == "errors":
        return _field_errors(state, user, view, body.get("errors"))
    new = body.get("view")
    if action not in ("update", "push") or not isinstance(new, dict):
        return _trouble(state, user, view)
    try:
        check_view_or_refuse(new, state.files, ("modal",))
        surfaces.check_external_id(state, app, new, but=view if action == "update" else None)
        if action == "update":
            surfaces.replace(state, view, new)
        else:
            surfaces.push_modal(state, app, user.id, new)
    except Refusal as refusal:
        _note_refusal(state, app, action, refusal)
        return _trouble(state, user, view)
    return Outcome(True)


def _field_errors(state: State, user: User, view: View, errors: Any) -> Outcome:
    known = {b["block_id"] for b in view.payload["blocks"] if b.get("type") == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= known:
        return _trouble(state, user, view)
    view.errors = {str(k): str(v) for k, v in errors.items()}
    state.touch()
    return Outcome(False, error="errors", errors=dict(view.errors))


def _trouble(state: State, user: User, view: View) -> Outcome:
    view.notice = TROUBLE
    state.toast(user.id, TROUBLE, "trouble_connecting")
    return Outcome(False, error="trouble_connecting", text=TROUBLE)


def _note_refusal(state: State, app: App, action: str, refusal: Refusal) -> None:
    """Bolt's authors look for this: the reason why a view in an acknowledgement was not shown."""
    state.log.add(
        at=state.now(),
        direction="in",
        method=f"response_action {action}",
        args={},
        answer=refusal.body(),
        status=200,
        app_id=app.app_id,
    )


def close(wire: Wire, user: User, *, everything: bool = False) -> Outcome:
    """Cancel closes the modal on top; `everything` is the x: all of them, told with the root's id."""
    state = wire.state
    with state.lock:
        top = surfaces.top(state, user.id)
        if top is None:
            return Outcome(False, error="no_modal_open")
        closed = surfaces.clear(state, user.id) if everything else [surfaces.pop(state, user.id) or top]
        told = closed[0]
        app = state.apps[told.app_id]
        if not told.payload.get("notify_on_close") or not manifest.interactive(app):
            return Outcome(True)
        payload = base(state, app, user, "view_closed", trigger_from=None)
        payload |= {"view": surfaces.to_json(state, told), "is_cleared": everything}
    wire.transport.send(app, "interaction", payload, label=str(told.payload.get("callback_id") or "closed"))
    return Outcome(True)
