"""What the workspace says when it refuses."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """An answer `{"ok": false, "error": code, ...extra}`; `code` is one of Slack's error codes."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The JSON object as it goes over the wire."""
        return {"ok": False, "error": self.code, **self.extra}


class RateLimited(Refusal):
    """HTTP 429; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class NotServed(Exception):
    """A real Slack method (or a corner of one) the sandbox does not imitate: HTTP 501 with the reason."""


class NobodyThere(LookupError):
    """The sandbox was asked for a person, channel, message or control that does not exist."""


def messages(*texts: str) -> dict[str, Any]:
    """`response_metadata` carrying `[ERROR] ...` lines, as Slack words them."""
    return {"response_metadata": {"messages": [f"[ERROR] {text}" for text in texts]}}
