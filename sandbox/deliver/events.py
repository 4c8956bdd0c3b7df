"""Events: to whom, with what envelope, and again when nobody answered."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sandbox import manifest
from sandbox.deliver.transport import Reply, Transport
from sandbox.model import App, AppEvent, Json
from sandbox.state import State


@dataclass
class Courier:
    """Delivers in a pool of threads. `settle` waits until nothing is under way (retries not counted)."""

    state: State
    transport: Transport
    _pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(8, thread_name_prefix="sandbox-events")
    )
    _under_way: int = 0
    _idle: threading.Condition = field(default_factory=threading.Condition)
    _closed: bool = False
    seen: deque[Json] = field(default_factory=lambda: deque(maxlen=1000))

    def notice(self, event: AppEvent) -> None:
        """Queue an event for every app that subscribed to it and may see its channel."""
        for app in self.state.apps.values():
            if not self._concerns(app, event):
                continue
            envelope = self._envelope(app, event)
            self.seen.append(envelope)
            self._submit(lambda a=app, e=envelope: self._deliver(a, e, 0, ""))  # type: ignore[misc]
            if self._doubled():
                self._submit(lambda a=app, e=envelope: self._deliver(a, e, 0, ""))  # type: ignore[misc]

    def settle(self, seconds: float = 10.0) -> bool:
        """Wait until every delivery begun has ended; False when time ran out."""
        with self._idle:
            return self._idle.wait_for(lambda: self._under_way == 0, timeout=seconds)

    def close(self) -> None:
        """Take no more events and let the threads end."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _concerns(self, app: App, event: AppEvent) -> bool:
        if event.only_app and event.only_app != app.app_id:
            return False
        if event.subscription not in manifest.bot_events(app) or app.token_revoked or app.disabled:
            return False
        if not event.channel or event.only_app:
            return True
        return app.bot_user_id in self.state.channels[event.channel].members

    def _envelope(self, app: App, event: AppEvent) -> Json:
        now = int(self.state.now())
        authorization = {
            "enterprise_id": None,
            "team_id": self.state.team_id,
            "user_id": app.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": app.verification_token,
            "team_id": self.state.team_id,
            "context_team_id": self.state.team_id,
            "context_enterprise_id": None,
            "api_app_id": app.app_id,
            "event": event.body,
            "type": "event_callback",
            "event_id": self.state.ids.make("Ev"),
            "event_time": now,
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{self.state.ids.secret(40)}",
        }

    def _doubled(self) -> bool:
        return self.state.faults.pick("event", ("duplicate",)) is not None

    def _submit(self, job: Callable[[], None]) -> None:
        if self._closed:
            return
        with self._idle:
            self._under_way += 1
        self._pool.submit(self._run, job)

    def _run(self, job: Callable[[], None]) -> None:
        try:
            job()
        finally:
            with self._idle:
                self._under_way -= 1
                self._idle.notify_all()

    def _deliver(self, app: App, envelope: Json, attempt: int, reason: str) -> None:
        retry = (attempt, reason) if attempt else None
        label = str(envelope["event"].get("type"))
        reply = self.transport.send(app, "event", envelope, retry=retry, label=label)
        if reply.ok or self._refused_for_good(reply):
            return
        waits = self.state.settings.event_retry_seconds
        if attempt >= len(waits):
            return
        wait, why = waits[attempt], reply.reason or "unknown_error"
        if wait == 0:
            self._submit(lambda: self._deliver(app, envelope, attempt + 1, why))
            return
        due = self.state.now() + wait
        self.state.clock.at(due, lambda: self._submit(lambda: self._deliver(app, envelope, attempt + 1, why)))

    @staticmethod
    def _refused_for_good(reply: Reply) -> bool:
        return reply.headers.get("x-slack-no-retry") == "1" and reply.status != 200
