"""Socket Mode: who is connected, and handing each envelope to exactly one of them."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.model import Json
from sandbox.state import State

Acked = Literal["ok", "timeout", "none"]


@dataclass
class Socket:
    """One connection. `send` and `close` may be called from any thread."""

    app_id: str
    send: Callable[[Json], None]
    close: Callable[[], None]
    received: int = 0


@dataclass
class Sockets:
    """All connections of all apps."""

    state: State
    _open: dict[str, list[Socket]] = field(default_factory=dict)
    _pending: dict[str, Future[Any]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _turn: int = 0

    def enter(self, socket: Socket) -> int | None:
        """Take a connection in: the number now open, or None when there are too many."""
        with self._lock:
            present = self._open.setdefault(socket.app_id, [])
            if len(present) >= self.state.settings.max_sockets:
                return None
            present.append(socket)
            return len(present)

    def leave(self, socket: Socket) -> None:
        """Forget a connection."""
        with self._lock:
            present = self._open.get(socket.app_id, [])
            if socket in present:
                present.remove(socket)

    def count(self, app_id: str) -> int:
        """Connections of an app."""
        with self._lock:
            return len(self._open.get(app_id, []))

    def received(self, app_id: str) -> list[int]:
        """Envelopes per connection, in order of connecting."""
        with self._lock:
            return [s.received for s in self._open.get(app_id, [])]

    def send(self, app_id: str, envelope: Json, seconds: float) -> tuple[Acked, Any]:
        """Hand an envelope to one connection and wait for the acknowledgement's payload."""
        envelope_id = str(uuid.uuid4())
        waiting: Future[Any] = Future()
        with self._lock:
            present = self._open.get(app_id, [])
            if not present:
                return "none", None
            self._turn += 1
            chosen = present[self._turn % len(present)]
            chosen.received += 1
            self._pending[envelope_id] = waiting
        chosen.send({"envelope_id": envelope_id, **envelope})
        try:
            return "ok", waiting.result(timeout=seconds)
        except NotInTime:
            return "timeout", None
        finally:
            with self._lock:
                self._pending.pop(envelope_id, None)

    def acknowledge(self, message: Json) -> None:
        """An app's answer; late or unknown ones are dropped."""
        with self._lock:
            waiting = self._pending.pop(str(message.get("envelope_id")), None)
        if waiting is not None:
            waiting.set_result(message.get("payload"))

    def disconnect(self, app_id: str, reason: str) -> int:
        """Tell every connection of an app to reconnect; returns how many were told.

        After a mere "warning" they still take envelopes, after anything else they do not.
        """
        with self._lock:
            present = list(self._open.get(app_id, []))
            if reason != "warning":
                self._open.pop(app_id, None)
        for socket in present:
            socket.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
        return len(present)

    def close_all(self, app_id: str, reason: str) -> int:
        """Tell and close every connection; they take no more envelopes from now on."""
        with self._lock:
            present = list(self._open.get(app_id, []))
        told = self.disconnect(app_id, reason)
        for socket in present:
            socket.close()
        return told
