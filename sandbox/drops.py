"""Closing a connection without an answer, which no ASGI message can express."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[tuple[str, int], asyncio.Transport] = {}


class DroppingProtocol(H11Protocol):
    """uvicorn's HTTP protocol that remembers its transport by the client's address."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client connected."""
        super().connection_made(transport)
        if self.client:
            _open[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """A client went, or was sent away."""
        if self.client:
            _open.pop(self.client, None)
        super().connection_lost(exc)


async def drop(client: Any) -> None:
    """Cut the connection to this client (`scope["client"]`) at once."""
    transport = _open.pop(tuple(client), None) if client else None
    if transport is not None:
        transport.abort()
        while not transport.is_closing():
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
