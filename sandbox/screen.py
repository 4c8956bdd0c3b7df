"""What a person sees: messages and views with their words and controls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox import fields
from sandbox.model import Channel, Json, Message, User, View
from sandbox.reading import Reader
from sandbox.state import State


@dataclass(frozen=True)
class Control:
    """Something to press, choose or fill. `label` is what the person reads on or above it."""

    label: str
    block: Json
    element: Json

    @property
    def action_id(self) -> str:
        """The app's name for it."""
        return str(self.element.get("action_id") or "")

    @property
    def kind(self) -> str:
        """`button`, `static_select`, ..."""
        return str(self.element["type"])

    @property
    def value(self) -> str:
        """The value of a button."""
        return str(self.element.get("value") or "")


def controls(reader: Reader, blocks: list[Json]) -> list[Control]:
    """All interactive elements in reading order."""
    found = []
    for block in blocks:
        for element in fields.elements(block):
            label = reader.text(block.get("label")) or reader.text(element.get("text"))
            found.append(Control(label or reader.text(element.get("placeholder")), block, element))
    return found


class _Shown:
    """What messages and views have in common. Subclasses are snapshots of blocks for one viewer."""

    def __init__(self, state: State, blocks: list[Json], viewer: User | None) -> None:
        self.reader = Reader(state, viewer)
        self.blocks = blocks

    @property
    def controls(self) -> list[Control]:
        """Buttons, menus and fields in reading order."""
        return controls(self.reader, self.blocks)

    @property
    def buttons(self) -> list[str]:
        """The words on the buttons, in reading order."""
        return [c.label for c in self.controls if c.kind == "button"]

    def control(self, key: str) -> Control:
        """By the whole label, action_id, block_id or `block_id/action_id`. LookupError says what there is."""
        for control in self.controls:
            if key == f"{control.block['block_id']}/{control.action_id}":
                return control
        for control in self.controls:
            if key in (control.label, control.action_id, control.block["block_id"]):
                return control
        there = ", ".join(repr(c.label or c.action_id) for c in self.controls) or "nothing"
        raise LookupError(f"no control {key!r} here; there is {there}")


class VisibleMessage(_Shown):
    """A message as one person sees it, at the moment it was looked at."""

    def __init__(self, state: State, channel: Channel, message: Message, viewer: User | None = None) -> None:
        with state.lock:
            blocks = list(message.blocks)
            for attachment in message.attachments:
                blocks += attachment.get("blocks") or []
            super().__init__(state, blocks, viewer)
            self.message = message
            self.channel = channel
            self.ts = message.ts
            self.text = message.text
            self.ephemeral = bool(message.to)
            self.thread_ts = message.thread_ts
            self.edited = bool(message.edited)
            author = state.users.get(message.user)
            self.author = author.real_name if author else message.user
            self.file_names = [state.files[f].title for f in message.files if f in state.files]
            self._attachment_words = [
                str(a.get("text") or "") for a in message.attachments if not a.get("blocks")
            ]

    @property
    def text_content(self) -> str:
        """Everything readable, line by line: blocks when there are any (as in Slack), else the text."""
        lines = list(self.reader.lines(self.blocks)) if self.blocks else [self.reader.mrkdwn(self.text)]
        lines += [self.reader.mrkdwn(words) for words in self._attachment_words if words]
        return "\n".join([*lines, *self.file_names]).strip()

    def __repr__(self) -> str:
        return f"<{self.author}: {self.text_content[:80]!r}>"

    def to_json(self) -> Json:
        """For the control API."""
        return {
            "ts": self.ts,
            "channel": self.channel.id,
            "author": self.author,
            "user": self.message.user,
            "text": self.text,
            "text_content": self.text_content,
            "buttons": self.buttons,
            "controls": [{"label": c.label, "action_id": c.action_id, "type": c.kind} for c in self.controls],
            "blocks": self.blocks,
            "ephemeral": self.ephemeral,
            "thread_ts": self.thread_ts,
            "edited": self.edited,
            "files": self.file_names,
        }


class VisibleView(_Shown):
    """A modal or Home tab as its person sees it."""

    def __init__(self, state: State, view: View, viewer: User | None = None) -> None:
        with state.lock:
            super().__init__(state, view.payload["blocks"], viewer)
            self.view = view
            self.id = view.id
            self.title = self.reader.text(view.payload.get("title"))
            self.submit_label = self.reader.text(view.payload.get("submit"))
            self.close_label = self.reader.text(view.payload.get("close")) or "Cancel"
            self.callback_id = str(view.payload.get("callback_id") or "")
            self.private_metadata = str(view.payload.get("private_metadata") or "")
            self.values: dict[str, Any] = view.values
            self.errors = dict(view.errors)
            self.notice = view.notice

    @property
    def text_content(self) -> str:
        """Title, blocks and the errors under fields, line by line."""
        return "\n".join([self.title, *self.reader.lines(self.blocks), *self.errors.values()]).strip()

    def to_json(self) -> Json:
        """For the control API."""
        return {
            "id": self.id,
            "title": self.title,
            "submit": self.submit_label,
            "close": self.close_label,
            "callback_id": self.callback_id,
            "private_metadata": self.private_metadata,
            "text_content": self.text_content,
            "buttons": self.buttons,
            "controls": [
                {"label": c.label, "action_id": c.action_id, "block_id": c.block["block_id"], "type": c.kind}
                for c in self.controls
            ],
            "values": self.values,
            "errors": self.errors,
            "notice": self.notice,
            "blocks": self.blocks,
        }
