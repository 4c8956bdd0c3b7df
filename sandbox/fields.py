"""The state of interactive elements: what `view.state.values` holds for each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.model import Json

# Kind of element -> (name in the state, name of the initial value).
SLOTS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", ""),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
}
_MANY = ("selected_options", "selected_users", "selected_conversations", "selected_channels", "files")


def empty(element: Json) -> Json:
    """The state of an element nobody touched, initial values included."""
    slot, initial = SLOTS[element["type"]]
    value = element.get(initial) if initial else None
    return {"type": element["type"], slot: value if value is not None else ([] if slot in _MANY else None)}


def with_value(element: Json, value: Any) -> Json:
    """The state of an element after someone chose or typed `value` (already in the state's form)."""
    return {"type": element["type"], SLOTS[element["type"]][0]: value}


def is_filled(state: Json) -> bool:
    """Whether anything is chosen or typed."""
    slot = SLOTS[state["type"]][0]
    return state.get(slot) not in (None, "", [])


def stateful(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) whose value counts, in reading order."""
    for block in blocks:
        for element in elements(block):
            if element.get("type") in SLOTS:
                yield block, element


def elements(block: Json) -> Iterator[Json]:
    """The interactive elements of a block, wherever they sit."""
    kind = block.get("type")
    candidates: list[Any] = []
    if kind in ("actions", "context_actions"):
        candidates = list(block.get("elements") or [])
    elif kind == "section":
        candidates = [block.get("accessory")]
    elif kind == "input":
        candidates = [block.get("element")]
    elif kind == "card":
        candidates = list(block.get("actions") or [])
    elif kind == "data_table":
        cells = [cell for row in block.get("rows") or [] for cell in row]
        candidates = [c.get("element") for c in cells if c.get("type") == "action_cell"]
    for element in candidates:
        if isinstance(element, dict) and element.get("type") != "image":
            yield element
    for child in children(block):
        yield from elements(child)


def children(block: Json) -> list[Json]:
    """Blocks inside a block."""
    if block.get("type") == "container":
        return list(block.get("child_blocks") or [])
    if block.get("type") == "carousel":
        return list(block.get("elements") or [])
    return []


def walk(blocks: list[Json]) -> Iterator[Json]:
    """All blocks, those inside others after their parent."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def initial_values(blocks: list[Json], before: dict[str, Json] | None = None) -> dict[str, Json]:
    """`state.values` of fresh blocks; what `before` holds under the same ids and type survives."""
    values: dict[str, Json] = {}
    for block, element in stateful(blocks):
        kept = (before or {}).get(block["block_id"], {}).get(element["action_id"])
        same = kept is not None and kept.get("type") == element["type"]
        values.setdefault(block["block_id"], {})[element["action_id"]] = kept if same else empty(element)
    return values
