"""What the page shows to one person at one place, gathered for the templates."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from babel import dates

from sandbox import channels, files, manifest, messages, people, surfaces
from sandbox.errors import NobodyThere
from sandbox.model import App, Channel, Json, Message, User
from sandbox.page.rich import Html
from sandbox.reading import Reader
from sandbox.state import SLACKBOT, State


@dataclass
class Place:
    """Where on the page: who one is, which conversation, thread, app tab and panel."""

    person: User
    channel: Channel | None
    thread: str = ""
    tab: str = "messages"
    wire: bool = False
    app: App | None = None

    def query(self, **changes: Any) -> str:
        """The address of this place with changes."""
        values = {
            "as": self.person.name,
            "c": self.channel.id if self.channel else "",
            "thread": self.thread,
            "tab": self.tab,
            "wire": "1" if self.wire else "",
            **changes,
        }
        return "/?" + urlencode({k: v for k, v in values.items() if v})


@dataclass
class Line:
    """One message with what surrounds it."""

    message: Message
    author: User
    app: bool
    clock: str
    day: str = ""
    follows: bool = False
    replies: list[Message] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)


def find_place(state: State, query: Json) -> Place | None:
    """The place an address names; the first person and channel when it names none; None without people."""
    everyone = [u for u in state.users.values() if not u.is_bot]
    if not everyone:
        return None
    try:
        person = state.user(str(query.get("as") or everyone[0].id))
    except NobodyThere:
        person = everyone[0]
    named = state.channels.get(str(query.get("c") or ""))
    if named is None or not channels.sees(named, person.id):
        named = next((c for c in state.channels.values() if person.id in c.members and not c.is_direct), None)
    app = None
    if named is not None and named.kind == "im":
        app = next((a for a in state.apps.values() if a.bot_user_id in named.members), None)
    tab = str(query.get("tab") or "messages")
    if app is None or (tab == "home" and not manifest.home_enabled(app)):
        tab = "messages"
    return Place(person, named, str(query.get("thread") or ""), tab, bool(query.get("wire")), app)


class Scene:
    """Answers the templates' questions. Use it with the lock held."""

    def __init__(self, state: State, place: Place) -> None:
        self.state = state
        self.place = place
        self.reader = Reader(state, place.person)
        self.html = Html(self.reader)

    def sidebar(self) -> list[tuple[str, list[Json]]]:
        """Sections of conversations with their unread marks."""
        me = self.place.person.id
        named = [c for c in self.state.channels.values() if not c.is_direct and channels.sees(c, me)]
        mine = [c for c in named if me in c.members and not c.archived]
        others = [c for c in named if me not in c.members and not c.archived]
        talks = [c for c in self.state.channels.values() if c.is_direct and me in c.members]
        with_apps = [self._app_entry(a) for a in self.state.apps.values()]
        bots = {a.bot_user_id for a in self.state.apps.values()}
        with_people = [c for c in talks if not bots & set(c.members)]
        return [
            ("Channels", [self._entry(c) for c in sorted(mine, key=lambda c: c.name)]),
            ("Other channels", [self._entry(c) for c in sorted(others, key=lambda c: c.name)]),
            ("Direct messages", [self._entry(c) for c in with_people]),
            ("Apps", with_apps),
        ]

    def _app_entry(self, app: App) -> Json:
        channel = channels.direct(self.state, [app.bot_user_id, self.place.person.id])
        return {**self._entry(channel), "name": app.name, "app": True, "home": manifest.home_enabled(app)}

    def _entry(self, channel: Channel) -> Json:
        me = self.place.person.id
        read = channel.read.get(me, "")
        shown = [
            m for m in messages.seen_by(channel, me) if m.user != me and not m.subtype.startswith("channel_")
        ]
        unread = sum(1 for m in shown if m.ts > read) if me in channel.members else 0
        here = self.place.channel is not None and channel.id == self.place.channel.id
        return {
            "id": channel.id,
            "name": self.title(channel),
            "private": channel.kind == "private",
            "direct": channel.is_direct,
            "unread": 0 if here else unread,
            "here": here,
            "member": me in channel.members,
        }

    def title(self, channel: Channel) -> str:
        """The name of a conversation as this person reads it."""
        if not channel.is_direct:
            return channel.name
        others = [self.state.users[m].real_name for m in channel.members if m != self.place.person.id]
        return ", ".join(others) or f"{self.place.person.real_name} (you)"

    def lines(self, *, thread: str = "") -> list[Line]:
        """The messages of the conversation, or of one thread."""
        channel = self.place.channel
        if channel is None:
            return []
        shown = messages.seen_by(channel, self.place.person.id)
        if thread:
            shown = [m for m in shown if thread in (m.ts, m.thread_ts)]
        else:
            shown = [m for m in shown if not m.is_reply or m.broadcast]
        made: list[Line] = []
        day, before = "", None
        for message in shown:
            line = self._line(channel, message)
            if line.day == day:
                line.day = ""
            else:
                day = line.day
            first_reply = bool(thread) and len(made) == 1
            line.follows = not line.day and not first_reply and _continues(before, message)
            before = message
            made.append(line)
        return made

    def _line(self, channel: Channel, message: Message) -> Line:
        moment = datetime.fromtimestamp(float(message.ts), self.reader.zone)
        author = self.state.users.get(message.user) or self.state.users[SLACKBOT]
        line = Line(message, author, bool(message.bot_id), moment.strftime("%H:%M"))
        line.day = dates.format_date(moment, "full", locale=self.reader.locale)
        line.replies = messages.replies(channel, message.ts)
        line.files = [
            files.to_json(self.state, self.state.files[f]) for f in message.files if f in self.state.files
        ]
        return line

    def colour(self, user: User) -> str:
        """Background of an avatar."""
        return "#" + people.colour(user)

    def initials(self, user: User) -> str:
        """One or two letters for an avatar."""
        words = user.real_name.split()
        if not words:
            return "?"
        if ord(words[0][0]) > 0x2E80:
            return words[0][:1]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    def modal(self) -> Json | None:
        """The modal on top with what its template needs."""
        view = surfaces.top(self.state, self.place.person.id)
        if view is None:
            return None
        depth = len(self.state.stacks[self.place.person.id])
        key = json.dumps([view.id, view.hash, view.errors, view.notice, depth])
        return {"view": view, "depth": depth, "key": key, "app": self.state.apps[view.app_id]}

    def home(self) -> Any:
        """The Home tab of the app whose DM is open."""
        if self.place.app is None:
            return None
        return surfaces.home(self.state, self.place.app, self.place.person.id)

    def commands(self) -> list[Json]:
        """All slash commands, for the suggestion list."""
        found = [{**c, "app": a.name} for a in self.state.apps.values() for c in manifest.commands(a)]
        return sorted(found, key=lambda c: str(c["command"]))

    def shortcuts(self, kind: str) -> list[Json]:
        """Shortcuts of kind "global" or "message"."""
        return [{**s, "app": a.name} for a in self.state.apps.values() for s in manifest.shortcuts(a, kind)]

    def may_write(self) -> str:
        """Why one cannot write here; "" when one can."""
        channel = self.place.channel
        if channel is None:
            return "Choose a conversation."
        if channel.archived:
            return "This channel is archived."
        if self.place.app is not None and not manifest.messages_enabled(self.place.app):
            return "Sending messages to this app has been turned off."
        if self.place.app is not None and manifest.messages_read_only(self.place.app):
            return "This app does not read messages. Use its buttons or slash commands."
        return ""

    def wire(self) -> list[Any]:
        """The newest calls first."""
        return list(reversed(self.state.log.entries[-150:]))

    def toasts(self) -> list[Any]:
        """Recent toasts of this person."""
        mine = [t for t in self.state.toasts if t.user == self.place.person.id]
        return mine[-3:]


def _continues(before: Message | None, message: Message) -> bool:
    """Same author within five minutes: no second head line."""
    if before is None or before.user != message.user or before.to != message.to or message.subtype:
        return False
    return not before.subtype and float(message.ts) - float(before.ts) < 300
