"""Getting one payload to the app, over signed HTTP or a socket, and its answer back."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode, urljoin, urlsplit

from sandbox import manifest
from sandbox.deliver.sockets import Sockets
from sandbox.faults import ON_THE_WAY, Fault
from sandbox.model import App, Json
from sandbox.state import State

Kind = Literal["command", "interaction", "options", "event"]
Outcome = Literal["ok", "timeout", "unreachable", "http_error"]
_ENVELOPE = {
    "command": "slash_commands",
    "interaction": "interactive",
    "options": "interactive",
    "event": "events_api",
}
_REDIRECTS = (301, 302, 307, 308)


@dataclass
class Reply:
    """What came back. `body` is parsed JSON, text, or None when empty."""

    outcome: Outcome
    status: int = 0
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Acknowledged in time with a 2xx."""
        return self.outcome == "ok"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`v0=` and the hex HMAC-SHA256 of `v0:timestamp:body`."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Transport:
    """Sends in the calling thread and waits for the acknowledgement. Never called with the lock held."""

    def __init__(self, state: State, sockets: Sockets) -> None:
        self._state = state
        self._sockets = sockets

    def send(
        self, app: App, kind: Kind, payload: Json, *, retry: tuple[int, str] | None = None, label: str = ""
    ) -> Reply:
        """Deliver one payload. `retry` is (attempt 1..3, reason of the failure before)."""
        with self._state.lock:
            fault = self._state.faults.pick(kind, ON_THE_WAY)
        began = time.monotonic()
        if fault is not None and fault.kind == "socket_close":
            self._sockets.close_all(app.app_id, "link_disabled")
        if fault is not None and fault.kind == "lost":
            reply = Reply("unreachable", reason="connection_failed")
        elif manifest.uses_socket(app):
            reply = self._over_socket(app, kind, payload, retry)
        else:
            reply = self._over_http(app, kind, payload, retry)
        self._log(app, kind, payload, reply, fault, time.monotonic() - began, label)
        return reply

    def _over_socket(self, app: App, kind: Kind, payload: Json, retry: tuple[int, str] | None) -> Reply:
        envelope: Json = {
            "type": _ENVELOPE[kind],
            "payload": payload,
            "accepts_response_payload": kind != "event",
        }
        if kind == "event":
            envelope |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
        acked, body = self._sockets.send(app.app_id, envelope, self._state.settings.ack_seconds)
        if acked == "none":
            return Reply("unreachable", reason="connection_failed")
        if acked == "timeout":
            return Reply("timeout", reason="http_timeout")
        return Reply("ok", 200, None if kind == "event" else body)

    def _over_http(self, app: App, kind: Kind, payload: Json, retry: tuple[int, str] | None) -> Reply:
        url = manifest.url_for(app, kind, str(payload.get("command") or ""))
        if not url:
            return Reply("unreachable", reason="connection_failed")
        if kind == "event":
            body, content_type = json.dumps(payload).encode(), "application/json"
        else:
            form = payload if kind == "command" else {"payload": json.dumps(payload)}
            body, content_type = urlencode(form).encode(), "application/x-www-form-urlencoded"
        headers = _signed(app, body, content_type)
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        return post(url, body, headers, self._state.settings.ack_seconds)

    def _log(
        self,
        app: App,
        kind: Kind,
        payload: Json,
        reply: Reply,
        fault: Fault | None,
        seconds: float,
        label: str,
    ) -> None:
        refusal = {"ok": False, "error": reply.reason or reply.outcome}
        with self._state.lock:
            self._state.log.add(
                at=self._state.now(),
                direction="out",
                method=f"{kind} {label}".strip(),
                args=payload,
                answer=reply.body if reply.ok else refusal,
                status=reply.status,
                seconds=round(seconds, 3),
                app_id=app.app_id,
                fault=fault.kind if fault else "",
            )
            self._state.touch()


def _signed(app: App, body: bytes, content_type: str) -> dict[str, str]:
    # The machine's time even where the workspace's clock is virtual: apps check it against theirs.
    timestamp = str(int(time.time()))
    return {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept": "application/json,*/*",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(app.signing_secret, timestamp, body),
    }


def post(url: str, body: bytes, headers: dict[str, str], seconds: float) -> Reply:
    """One POST with at most two redirects, `seconds` for all of it."""
    deadline = time.monotonic() + seconds
    for _ in range(3):
        parts = urlsplit(url)
        maker = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = maker(parts.netloc, timeout=max(0.05, deadline - time.monotonic()))
        try:
            connection.request(
                "POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers
            )
            response = connection.getresponse()
            raw = response.read()
        except TimeoutError:
            return Reply("timeout", reason="http_timeout")
        except (OSError, http.client.HTTPException):
            return Reply("unreachable", reason="connection_failed")
        finally:
            connection.close()
        given = {k.lower(): v for k, v in response.getheaders()}
        if response.status in _REDIRECTS and "location" in given:
            url = urljoin(url, given["location"])
            continue
        if not 200 <= response.status < 300:
            return Reply("http_error", response.status, _body(raw, given), given, "http_error")
        return Reply("ok", response.status, _body(raw, given), given)
    return Reply("http_error", 0, reason="too_many_redirects")


def _body(raw: bytes, headers: dict[str, str]) -> Any:
    if not raw:
        return None
    text = raw.decode(errors="replace")
    if "json" in headers.get("content-type", "") or text[:1] in "{[":
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
