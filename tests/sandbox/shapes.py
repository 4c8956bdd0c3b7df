"""Short names for Block Kit."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(block_id: str, label: str, element: Json | None = None, **more: Any) -> Json:
    element = element or {"type": "plain_text_input", "action_id": "value"}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    made = {"type": "modal", "title": plain("A form"), "callback_id": "form", "blocks": list(blocks)}
    if any(b["type"] == "input" for b in blocks):
        made["submit"] = plain("Send")
    return {**made, **more}


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}


def table(*rows: tuple[str, ...]) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": c} for c in row] for row in rows]}
