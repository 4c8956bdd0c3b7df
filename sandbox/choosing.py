"""From what a person says ("Northwest", "2019-11-15", "@bob") to what an element's state holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox import fields, files
from sandbox.errors import NobodyThere
from sandbox.model import Json, User
from sandbox.reading import Reader
from sandbox.state import State

LookUp = Callable[[str], list[Json]]


class Names:
    """Ids for names of people, channels and conversations, and files for bytes."""

    def __init__(self, state: State, user: User) -> None:
        self._state = state
        self._user = user

    def user(self, name: str) -> str:
        """A member's id."""
        with self._state.lock:
            return self._state.user(name).id

    def conversation(self, name: str) -> str:
        """A channel's id."""
        with self._state.lock:
            return self._state.channel(name).id

    def file(self, name: str, content: bytes) -> Json:
        """The file object of an upload in a form."""
        with self._state.lock:
            return files.to_json(self._state, files.put(self._state, name, content, self._user.id))


def state_of(element: Json, value: Any) -> Json:
    """The entry of `view.state.values`."""
    return fields.with_value(element, value)


def chosen(reader: Reader, names: Names, element: Json, value: Any, look_up: LookUp) -> Any:
    """The value in the form Slack uses. LookupError when no such option is offered."""
    kind = element["type"]
    if kind == "file_input":
        return [names.file(name, content) for name, content in value]
    if value is None or value == "":
        return [] if kind.startswith("multi_") or kind == "checkboxes" else None
    if kind.startswith("multi_") or kind == "checkboxes":
        many = value if isinstance(value, list | tuple) else [value]
        single = {**element, "type": kind.removeprefix("multi_").replace("checkboxes", "radio_buttons")}
        return [chosen(reader, names, single, one, look_up) for one in many]
    if kind in ("static_select", "radio_buttons", "overflow"):
        return _option(reader, offered(element), str(value))
    if kind == "external_select":
        if isinstance(value, dict):
            return value
        return _option(reader, look_up(str(value)), str(value))
    if kind == "users_select":
        return names.user(str(value))
    if kind in ("channels_select", "conversations_select"):
        return _conversation(names, str(value))
    if kind == "datetimepicker":
        return int(value)
    if kind == "rich_text_input":
        return value if isinstance(value, dict) else rich(str(value))
    return str(value)


def _conversation(names: Names, value: str) -> str:
    try:
        return names.conversation(value)
    except NobodyThere:
        return names.user(value)


def offered(element: Json) -> list[Json]:
    """All options of a static menu, groups flattened."""
    grouped = [o for g in element.get("option_groups") or [] for o in g.get("options") or []]
    return list(element.get("options") or []) + grouped


def _option(reader: Reader, options: list[Json], wanted: str) -> Json:
    for option in options:
        if wanted in (reader.text(option.get("text")), option.get("value")):
            return option
    beginning = [o for o in options if reader.text(o.get("text")).startswith(wanted)]
    if len(beginning) == 1:
        return beginning[0]
    there = ", ".join(repr(reader.text(o.get("text"))) for o in options) or "nothing"
    raise LookupError(f"no option {wanted!r}; there is {there}")


def feedback(element: Json, key: str) -> str:
    """The value of the half of feedback buttons that bears these words (the positive one by default)."""
    for name in ("positive_button", "negative_button"):
        button = element[name]
        if key in (button["text"]["text"], button["value"]):
            return str(button["value"])
    return str(element["positive_button"]["value"])


def rich(text: str) -> Json:
    """Plain words as a rich_text value."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
