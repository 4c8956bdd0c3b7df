"""views.*: modals and Home tabs."""

from __future__ import annotations

from typing import Literal

from sandbox import manifest, surfaces
from sandbox.api import compose
from sandbox.api.registry import Call, method
from sandbox.errors import Refusal, messages
from sandbox.model import Json, View
from sandbox.validate import check_view_or_refuse


def _view(call: Call, kinds: tuple[Literal["modal", "home"], ...]) -> Json:
    view = call.args.structure("view")
    if not isinstance(view, dict):
        raise Refusal("invalid_arguments", **messages("must provide an object [json-pointer:/view]"))
    check_view_or_refuse(view, call.state.files, kinds)
    return view


def _trigger_id(call: Call) -> str:
    found = call.args.text("trigger_id") or call.args.text("interactivity_pointer")
    if not found:
        raise compose.no_such("trigger_id")
    return found


@method("views.open", 4, required=("view",))
def open_(call: Call) -> Json:
    """Open a modal. The view is checked first; a refused one does not spend the trigger."""
    view = _view(call, ("modal",))
    surfaces.check_external_id(call.state, call.app, view)
    trigger = surfaces.spend_trigger(call.state, call.app, _trigger_id(call))
    made = surfaces.open_modal(call.state, call.app, trigger.user, view)
    return {"view": surfaces.to_json(call.state, made)}


@method("views.push", 4, required=("view",))
def push(call: Call) -> Json:
    """Put a modal on top of an open one; three at most."""
    view = _view(call, ("modal",))
    surfaces.check_external_id(call.state, call.app, view)
    trigger = surfaces.spend_trigger(call.state, call.app, _trigger_id(call), from_modal=True)
    made = surfaces.push_modal(call.state, call.app, trigger.user, view)
    return {"view": surfaces.to_json(call.state, made)}


@method("views.update", 4, required=("view",))
def update(call: Call) -> Json:
    """Change an open view by `view_id` or `external_id`; a stale `hash` is refused."""
    view = _view(call, ("modal", "home"))
    wanted, external = call.args.text("view_id"), call.args.text("external_id")
    if not wanted and not external:
        raise compose.no_such("view_id")
    found = surfaces.find(call.state, call.app, wanted, external)
    if found is None or found.kind != view["type"]:
        raise Refusal("not_found")
    _check_hash(call, found)
    surfaces.check_external_id(call.state, call.app, view, but=found)
    surfaces.replace(call.state, found, view)
    return {"view": surfaces.to_json(call.state, found)}


@method("views.publish", 4, required=("user_id", "view"))
def publish(call: Call) -> Json:
    """Set one person's Home tab."""
    state = call.state
    view = _view(call, ("home",))
    if not manifest.home_enabled(call.app):
        raise Refusal("not_enabled")
    user = state.users.get(call.args.text("user_id"))
    if user is None or user.is_bot or user.deleted:
        wrong = {"response_metadata": {"messages": ["invalid `user_id`"]}}
        raise Refusal("invalid_arguments", **wrong)
    present = surfaces.home(state, call.app, user.id)
    if present is not None:
        _check_hash(call, present)
    surfaces.check_external_id(state, call.app, view, but=present)
    made = surfaces.publish(state, call.app, user.id, view)
    return {"view": surfaces.to_json(state, made)}


def _check_hash(call: Call, view: View) -> None:
    given = call.args.text("hash")
    if given and given != view.hash:
        raise Refusal("hash_conflict")
