"""A person's acts as JSON, for the control API and the page."""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import Any

from sandbox.deliver.wire import Outcome
from sandbox.model import Json
from sandbox.person import Person
from sandbox.screen import VisibleMessage, VisibleView
from sandbox.workspace import Workspace

_PLAIN = (
    "types",
    "joins",
    "reads",
    "opens_home",
    "submits",
    "closes",
    "sees",
    "last",
    "modal",
    "home",
    "toasts",
)


def act(workspace: Workspace, asked: Json) -> Json:
    """Do `asked["do"]` as `asked["person"]`. LookupError when something is absent, ValueError when unknown.

    Acts on messages name them with `channel` and `ts`, or the newest with `channel` alone; `home` acts on the
    Home tab; neither means the open modal.
    """
    asked = dict(asked)
    person, do = workspace.person(str(asked.pop("person"))), str(asked.pop("do"))
    if do in _PLAIN:
        return _shown(getattr(person, do)(**asked))
    if do == "says":
        return _shown(person.says(**_with_file(asked)))
    if do == "waits_for":
        return _shown(
            person.waits_for(str(asked["channel"]), str(asked["words"]), float(asked.get("seconds", 5)))
        )
    if do == "shortcut":
        source = _message(person, asked) if asked.get("channel") else None
        return _shown(person.shortcut(str(asked["name"]), source))
    if do == "fills":
        return _shown(_filled(person, asked))
    if do not in ("clicks", "selects", "options", "suggestions"):
        raise ValueError(f"people cannot {do!r}")
    on = _target(person, asked)
    if do == "clicks":
        return _shown(person.clicks(on, str(asked["key"])))
    if do == "selects":
        return _shown(person.selects(on, str(asked["key"]), asked.get("choice")))
    if do == "suggestions":
        return {"result": person.suggestions(on, str(asked["key"]), str(asked["typed"]))}
    return {"result": person.options(on, str(asked["key"]), str(asked["typed"]))}


def _filled(person: Person, asked: Json) -> VisibleMessage | VisibleView:
    on = _target(person, asked)
    person.fills(str(asked["key"]), _value(asked["value"]), on)
    return on


def _with_file(asked: Json) -> Json:
    file = asked.pop("file", None)
    if file:
        asked["file"] = (str(file["name"]), base64.b64decode(file["base64"]))
    return asked


def _value(value: Any) -> Any:
    """Files come as `[{"name", "base64"}]`."""
    if isinstance(value, list) and value and isinstance(value[0], dict) and "base64" in value[0]:
        return [(str(f["name"]), base64.b64decode(f["base64"])) for f in value]
    return value


def _target(person: Person, asked: Json) -> VisibleMessage | VisibleView:
    if asked.get("channel"):
        return _message(person, asked)
    view = person.home(asked.get("app")) if asked.get("home") else person.modal()
    if view is None:
        raise LookupError("no modal is open and no message was named")
    return view


def _message(person: Person, asked: Json) -> VisibleMessage:
    channel, ts = str(asked["channel"]), asked.get("ts")
    if not ts:
        return person.last(channel)
    candidates = person.sees(channel) + person.sees(channel, thread=str(asked.get("thread") or ts))
    for message in candidates:
        if message.ts == ts:
            return message
    if asked.get("thread") is None:
        for parent in person.sees(channel):
            for reply in person.sees(channel, thread=parent.ts):
                if reply.ts == ts:
                    return reply
    raise LookupError(f"no message {ts} in {channel}")


def _shown(result: Any) -> Json:
    if isinstance(result, VisibleMessage | VisibleView):
        return {"result": result.to_json()}
    if isinstance(result, Outcome):
        return {"result": asdict(result)}
    if isinstance(result, list):
        return {"result": [r.to_json() if isinstance(r, VisibleMessage) else r for r in result]}
    return {"result": result}
