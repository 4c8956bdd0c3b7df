"""The workspace as a test or a demo holds it: people, channels, apps, faults and time."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox import channels as conversations
from sandbox import manifest as manifests
from sandbox import people
from sandbox.clock import Clock, RealClock, VirtualClock
from sandbox.deliver.wire import Wire
from sandbox.dump import dump
from sandbox.faults import Fault
from sandbox.log import Entry
from sandbox.model import App, Channel, ChannelKind, Json, User
from sandbox.person import Person
from sandbox.settings import Settings
from sandbox.state import State


class Workspace:
    """Slack in a box. Safe to use from several threads. Close it, or use `SandboxServer`, which does."""

    def __init__(
        self,
        name: str = "Parts Company",
        *,
        seed: int = 1,
        clock: Clock | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.clock = clock or RealClock()
        self.state = State(name, seed, self.clock, self.settings)
        self.wire = Wire(self.state)
        self.session_token = secrets.token_urlsafe(24)

    def add_user(
        self,
        name: str,
        email: str = "",
        *,
        real_name: str = "",
        locale: str = "en-US",
        tz: str = "America/New_York",
        title: str = "",
        is_admin: bool = False,
        is_owner: bool = False,
        announce: bool = False,
    ) -> User:
        """A new member; joins #general when there is one. `announce` emits `team_join`."""
        state = self.state
        with state.lock:
            user = User(
                state.ids.make("U"),
                name,
                real_name or name.title(),
                email or f"{name}@parts.example",
                locale,
                tz,
                title,
            )
            user.is_admin, user.is_owner = is_admin or is_owner, is_owner
            user.updated = int(state.now())
            state.users[user.id] = user
            for channel in state.channels.values():
                if channel.name == "general":
                    channel.members.append(user.id)
            if announce:
                people.announce(state, "team_join", user)
            state.touch()
            return user

    def add_channel(
        self, name: str, members: list[str] | None = None, *, is_private: bool = False, topic: str = ""
    ) -> Channel:
        """A channel with these members (names or ids; everybody when None)."""
        state = self.state
        kind: ChannelKind = "private" if is_private else "public"
        with state.lock:
            if members is None:
                who = [u.id for u in state.users.values() if not u.is_bot and not u.deleted]
            else:
                who = [state.user(m).id for m in members]
            made = conversations.create(state, name.lstrip("#"), kind, who[0] if who else "", who)
            made.topic = topic
            return made

    def install_app(
        self, manifest: Json, *, request_url: str = "", channels_: list[str] | None = None
    ) -> App:
        """Install an app and its bot. `request_url` replaces the manifest's URLs. ValueError if refused."""
        wrong = manifests.problems(manifest)
        if wrong:
            raise ValueError("Slack would refuse this manifest: " + "; ".join(wrong))
        state = self.state
        with state.lock:
            ids = state.ids
            about = manifest.get("display_information") or {}
            bot = (manifest.get("features") or {}).get("bot_user") or {}
            app_id, bot_id = ids.make("A"), ids.make("B")
            shown = str(bot.get("display_name") or about.get("name"))
            user = User(ids.make("U"), shown.lower().replace(" ", ""), shown, "", is_bot=True)
            user.bot_id, user.app_id = bot_id, app_id
            state.users[user.id] = user
            app = App(
                app_id=app_id,
                name=str(about.get("name")),
                manifest=manifest,
                bot_id=bot_id,
                bot_user_id=user.id,
                bot_token=f"xoxb-{ids.digits(12)}-{ids.digits(13)}-{ids.secret(24)}",
                app_token=f"xapp-1-{app_id}-{ids.digits(13)}-{ids.hex(64)}",
                signing_secret=ids.hex(32),
                verification_token=ids.secret(24),
                request_url=request_url,
            )
            state.apps[app_id] = app
            for key in channels_ or []:
                state.channel(key).members.append(user.id)
            state.touch()
            return app

    def connect(self, app: App, request_url: str) -> None:
        """Say where the app listens, once that is known."""
        with self.state.lock:
            app.request_url = request_url

    def verify_url(self, app: App) -> bool:
        """Send the `url_verification` challenge, as Slack does when a request URL is saved."""
        challenge = self.state.ids.secret(32)
        body = {"token": app.verification_token, "challenge": challenge, "type": "url_verification"}
        reply = self.wire.transport.send(app, "event", body, label="url_verification")
        return reply.ok and challenge in str(reply.body)

    def person(self, key: str) -> Person:
        """The person's side of a member, by name, id or e-mail."""
        with self.state.lock:
            return Person(self.wire, self.state.user(key))

    def invite(self, channel: str, *members: str) -> None:
        """Add members (or the bot of an app, by app name) to a channel, with the usual events."""
        with self.state.lock:
            for key in members:
                by_app = [a.bot_user_id for a in self.state.apps.values() if key in (a.name, a.app_id)]
                conversations.join(
                    self.state, self.state.channel(channel), by_app[0] if by_app else self.state.user(key).id
                )

    def remove(self, channel: str, member: str) -> None:
        """Take a member (or an app's bot, by app name) out of a channel."""
        with self.state.lock:
            by_app = [a.bot_user_id for a in self.state.apps.values() if member in (a.name, a.app_id)]
            conversations.leave(
                self.state, self.state.channel(channel), by_app[0] if by_app else self.state.user(member).id
            )

    def archive(self, channel: str) -> None:
        """Archive a channel."""
        with self.state.lock:
            found = self.state.channel(channel)
            conversations.archive(self.state, found, found.creator)

    def deactivate(self, member: str) -> None:
        """Deactivate a member (`user_change`)."""
        self.change_user(member, deleted=True)

    def change_user(self, member: str, **changes: Any) -> None:
        """Change fields of a member, e.g. `tz`, `locale`, `email`, `dnd`; emits `user_change`."""
        with self.state.lock:
            user = self.state.user(member)
            for name, value in changes.items():
                if not hasattr(user, name):
                    raise AttributeError(f"members have no {name}")
                setattr(user, name, value)
            people.announce(self.state, "user_change", user)

    def revoke_token(self, app: App) -> None:
        """From now on every call answers token_revoked."""
        with self.state.lock:
            app.token_revoked = True

    def process_files(self) -> None:
        """Finish processing uploads, where `files_processed_at_once` is off."""
        with self.state.lock:
            for file in self.state.files.values():
                file.processed = file.processed or file.completed
            self.state.touch()

    def fault(self, kind: str, target: str, **options: Any) -> Fault:
        """Arm a misfortune: see `sandbox.faults` for kinds, targets and options."""
        with self.state.lock:
            return self.state.faults.add(Fault(kind, target, **options))

    def advance(self, seconds: float) -> None:
        """Move the virtual clock and wait for what that sets off. TypeError with a real clock."""
        if not isinstance(self.clock, VirtualClock):
            raise TypeError("only a virtual clock can be advanced")
        self.clock.advance(seconds)
        self.settle()

    def settle(self, seconds: float = 10.0) -> bool:
        """Wait until all events under way are delivered; False when `seconds` ran out."""
        return self.wire.courier.settle(seconds)

    def calls(self, method: str | None = None) -> list[Entry]:
        """What the app called, oldest first."""
        with self.state.lock:
            return self.state.log.calls(method)

    def sent(self, kind: str | None = None) -> list[Entry]:
        """What was sent to the app, oldest first."""
        with self.state.lock:
            return self.state.log.sent(kind)

    def dump(self) -> Json:
        """Everything that happened, as JSON: see `sandbox.dump`."""
        return dump(self.state)

    def close(self) -> None:
        """Stop the clock and the deliveries."""
        self.wire.close()
        self.clock.close()
