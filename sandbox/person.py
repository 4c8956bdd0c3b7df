"""The person's side: typing, reading, clicking, filling. Every act waits until the app was told."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

from sandbox import channels, choosing, files, messages, surfaces
from sandbox.deliver import commands, interactions, modals
from sandbox.deliver.wire import Outcome, Wire
from sandbox.errors import NobodyThere
from sandbox.model import Channel, Json, Message, User, View
from sandbox.screen import Control, VisibleMessage, VisibleView

Where = tuple[Channel, Message] | View


class Person:
    """One member before the screen. Methods may be called from any thread but never with the lock held."""

    def __init__(self, wire: Wire, user: User) -> None:
        self._wire = wire
        self._state = wire.state
        self.user = user

    @property
    def id(self) -> str:
        """The member's id, `U...`."""
        return self.user.id

    # Reading

    def channel(self, key: str) -> Channel:
        """A conversation this person sees: id, `#name`, or `@name` for a DM (an app's name too)."""
        with self._state.lock:
            found = self._direct(key) if key.startswith("@") else self._state.channel(key)
            if not channels.sees(found, self.user.id):
                raise NobodyThere(f"{self.user.name} does not see {key!r}")
            return found

    def _direct(self, key: str) -> Channel:
        for app in self._state.apps.values():
            if key[1:].casefold() in (app.name.casefold(), self._state.users[app.bot_user_id].name):
                return channels.direct(self._state, [app.bot_user_id, self.user.id])
        return channels.direct(self._state, [self.user.id, self._state.user(key).id])

    def sees(self, channel: str, *, thread: str | None = None) -> list[VisibleMessage]:
        """Messages in a conversation, oldest first, own ephemerals included; replies only with `thread`."""
        found = self.channel(channel)
        with self._state.lock:
            shown = messages.seen_by(found, self.user.id)
            if thread is None:
                shown = [m for m in shown if not m.is_reply or m.broadcast]
            else:
                shown = [m for m in shown if thread in (m.thread_ts, m.ts)]
            return [VisibleMessage(self._state, found, m, self.user) for m in shown]

    def last(self, channel: str) -> VisibleMessage:
        """The newest message of a conversation. LookupError when it is empty."""
        shown = self.sees(channel)
        if not shown:
            raise LookupError(f"{self.user.name} sees nothing in {channel}")
        return shown[-1]

    def waits_for(
        self, channel: str, words: str | Callable[[VisibleMessage], bool], seconds: float = 5.0
    ) -> VisibleMessage:
        """Wait for a message with these words (or that fits); the newest. AssertionError after `seconds`."""
        deadline = time.monotonic() + seconds
        while True:
            shown = self.sees(channel)
            for message in reversed(shown):
                if words(message) if callable(words) else words in message.text_content:
                    return message
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(
                    f"{self.user.name} waited for {words!r} in {channel} and saw {shown[-3:]}"
                )
            with self._state.lock:
                self._state.changed.wait(min(left, 0.25))

    def modal(self) -> VisibleView | None:
        """The modal on top, or None."""
        with self._state.lock:
            top = surfaces.top(self._state, self.user.id)
            return VisibleView(self._state, top, self.user) if top else None

    def home(self, app: str | None = None) -> VisibleView | None:
        """The app's Home tab as published so far."""
        with self._state.lock:
            found = surfaces.home(self._state, self._state.app(app), self.user.id)
            return VisibleView(self._state, found, self.user) if found else None

    def toasts(self) -> list[str]:
        """What the client told this person outside messages, oldest first."""
        with self._state.lock:
            return [t.text for t in self._state.toasts if t.user == self.user.id]

    # Writing

    def types(self, typed: str, channel: str) -> Outcome:
        """Type in the composer: a slash command is run, anything else is said."""
        found = self.channel(channel)
        if typed.startswith("/"):
            outcome = commands.run(self._wire, self.user, found, typed)
            self._wire.courier.settle()
            return outcome
        self.says(channel, typed)
        return Outcome(True)

    def says(
        self, channel: str, text: str, *, thread: str = "", file: tuple[str, bytes] | None = None
    ) -> VisibleMessage:
        """Post a message; `@name` becomes a mention. `thread` is the parent's ts, `file` a name and bytes."""
        found = self.channel(channel)
        with self._state.lock:
            if found.archived:
                raise NobodyThere(f"{found.name} is archived")
            if self.user.id not in found.members:
                channels.join(self._state, found, self.user.id)
            ts = self._state.ids.ts(self._state.now())
            said = Message(ts, found.id, self.user.id, commands.escaped(self._state, text), thread_ts=thread)
            said.client_msg_id = str(uuid.uuid4())
            if file is not None:
                stored = files.put(self._state, file[0], file[1], self.user.id)
                stored.channels.append(found.id)
                said.files, said.subtype = [stored.id], "file_share"
            messages.add(self._state, found, said)
            found.read[self.user.id] = ts
        self._wire.courier.settle()
        return VisibleMessage(self._state, found, said, self.user)

    def joins(self, channel: str) -> None:
        """Enter a public channel."""
        found = self.channel(channel)
        with self._state.lock:
            channels.join(self._state, found, self.user.id)
        self._wire.courier.settle()

    def reads(self, channel: str) -> None:
        """Mark everything in a conversation as read."""
        found = self.channel(channel)
        with self._state.lock:
            shown = messages.seen_by(found, self.user.id)
            if shown and found.read.get(self.user.id) != shown[-1].ts:
                found.read[self.user.id] = shown[-1].ts
                self._state.touch()

    # Pressing and choosing

    def clicks(self, on: VisibleMessage | VisibleView | str, key: str | None = None) -> Outcome:
        """Press a button by its words or action_id: on a message or Home, or (`key` alone) in the modal."""
        shown, key = (on, key) if not isinstance(on, str) else (self._modal(), on)
        control = shown.control(key or "")
        value = choosing.feedback(control.element, key or "") if control.kind == "feedback_buttons" else None
        return self._act(shown, control, value)

    def selects(self, on: VisibleMessage | VisibleView | str, key: str, choice: Any = None) -> Outcome:
        """Choose in a menu, picker, overflow or group outside input blocks: by the words of the option."""
        if isinstance(on, str):
            return self.selects(self._modal(), on, key)
        control = on.control(key)
        return self._act(on, control, self._chosen(on, control, choice))

    def options(self, on: VisibleMessage | VisibleView, key: str, typed: str) -> list[str]:
        """The words an external select offers for `typed`."""
        return [on.reader.text(o.get("text")) for o in self.suggestions(on, key, typed)]

    def suggestions(self, on: VisibleMessage | VisibleView, key: str, typed: str) -> list[Json]:
        """The option objects an external select offers for `typed`."""
        control = on.control(key)
        where = self._where(on)
        return interactions.suggestions(self._wire, self.user, where, control.block, control.element, typed)

    def fills(self, key: str, value: Any, on: VisibleMessage | VisibleView | None = None) -> Person:
        """Fill a field of the open modal (or of `on`), by label, block_id or action_id; chain as you like."""
        shown = on or self._modal()
        control = shown.control(key)
        chosen = self._chosen(shown, control, value)
        with self._state.lock:
            if isinstance(shown, VisibleMessage):
                interactions.choose(shown.message, self.id, control.block, control.element, chosen)
            else:
                values = shown.view.values.setdefault(control.block["block_id"], {})
                values[control.action_id] = choosing.state_of(control.element, chosen)
                shown.view.errors.pop(control.block["block_id"], None)
            self._state.touch()
        if control.block.get("dispatch_action"):
            self._act(shown, control, chosen)
        return self

    def submits(self) -> Outcome:
        """Press the modal's submit button. `outcome.errors` are shown under the fields."""
        outcome = modals.submit(self._wire, self.user)
        self._wire.courier.settle()
        return outcome

    def closes(self, *, everything: bool = False) -> Outcome:
        """Cancel the modal on top; `everything` presses the x that closes the whole stack."""
        return modals.close(self._wire, self.user, everything=everything)

    def opens_home(self, app: str | None = None, tab: str = "home") -> VisibleView | None:
        """Open the app's Home (or "messages") tab and wait for what the app publishes."""
        with self._state.lock:
            found = self._state.app(app)
        interactions.open_home(self._wire, self.user, found, tab)
        self._wire.courier.settle()
        return self.home(found.app_id)

    def shortcut(self, name: str, on: VisibleMessage | None = None) -> Outcome:
        """Run a global shortcut, or one on a message, by name or callback_id."""
        where = (on.channel, on.message) if on else None
        outcome = interactions.shortcut(self._wire, self.user, name, where)
        self._wire.courier.settle()
        return outcome

    def _modal(self) -> VisibleView:
        shown = self.modal()
        if shown is None:
            raise LookupError(f"{self.user.name} has no modal open")
        return shown

    def _where(self, on: VisibleMessage | VisibleView) -> Where:
        return on.view if isinstance(on, VisibleView) else (on.channel, on.message)

    def _act(self, on: VisibleMessage | VisibleView, control: Control, value: Any) -> Outcome:
        where = self._where(on)
        outcome = interactions.act(self._wire, self.user, where, control.block, control.element, value)
        self._wire.courier.settle()
        return outcome

    def _chosen(self, on: VisibleMessage | VisibleView, control: Control, value: Any) -> Any:
        def look_up(typed: str) -> list[Json]:
            return interactions.suggestions(
                self._wire, self.user, self._where(on), control.block, control.element, typed
            )

        with self._state.lock:
            names = choosing.Names(self._state, self.user)
        return choosing.chosen(on.reader, names, control.element, value, look_up)
