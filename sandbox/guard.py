"""The page and the control API are for this machine only, and not for other sites in the same browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HEADER = "x-sandbox-token"
_LOCAL = ("127.0.0.1", "localhost", "::1")
# What apps talk to carries tokens or secrets of its own.
_WIRE = ("/api/", "/commands/", "/actions/", "/upload/", "/files-pri/", "/link")
_SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """Refuses foreign Host (DNS rebinding), foreign Origin, and writes without the session's token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] not in ("http", "websocket") or scope["path"].startswith(_WIRE):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            await PlainTextResponse(refusal, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        if urlsplit(f"//{headers.get('host', '')}").hostname not in _LOCAL:
            return "sandbox: foreign Host"
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != headers.get("host"):
            return "sandbox: foreign Origin"
        if scope.get("method") not in _SAFE and headers.get(HEADER) != self._token:
            return f"sandbox: writes need the header {HEADER}; GET /sandbox/session tells it"
        return ""
