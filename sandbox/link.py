"""The WebSocket end of Socket Mode."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.deliver.sockets import Socket
from sandbox.model import Json
from sandbox.workspace import Workspace

_LIFE_SECONDS, _DEBUG_LIFE_SECONDS = 3600, 360
_WARNING_SECONDS = 10
_CLOSE = object()


def link_route(workspace: Workspace) -> WebSocketRoute:
    """`/link?ticket=...`; a ticket opens one connection."""

    async def link(websocket: WebSocket) -> None:
        state = workspace.state
        with state.lock:
            app_id = state.tickets.pop(websocket.query_params.get("ticket", ""), None)
        if app_id is None:
            await websocket.close(4003, "unknown ticket")
            return
        await websocket.accept()
        debug = websocket.query_params.get("debug_reconnects") == "true"
        await _Session(workspace, websocket, app_id, _DEBUG_LIFE_SECONDS if debug else _LIFE_SECONDS).run()

    return WebSocketRoute("/link{slash:path}", link)


class _Session:
    """One connection: a writer fed from any thread, and a reader of acknowledgements."""

    def __init__(self, workspace: Workspace, websocket: WebSocket, app_id: str, life: int) -> None:
        self._workspace = workspace
        self._websocket = websocket
        self._life = life
        self._loop = asyncio.get_running_loop()
        self._outgoing: asyncio.Queue[object] = asyncio.Queue()
        self._socket = Socket(app_id, self._send, lambda: self._put(_CLOSE))

    def _put(self, item: object) -> None:
        with suppress(RuntimeError):  # the loop is gone when the server has stopped
            self._loop.call_soon_threadsafe(self._outgoing.put_nowait, item)

    def _send(self, message: Json) -> None:
        self._put(message)

    async def run(self) -> None:
        """Until either side hangs up."""
        sockets = self._workspace.wire.sockets
        number = sockets.enter(self._socket)
        if number is None:
            await self._websocket.close(1008, "too many connections")
            return
        await self._websocket.send_text(json.dumps(self._hello(number)))
        self._workspace.state.clock.at(
            self._workspace.state.now() + self._life - _WARNING_SECONDS, self._warn
        )
        writer = asyncio.create_task(self._write())
        try:
            while True:
                text = await self._websocket.receive_text()
                await run_in_threadpool(self._receive, text)
        except (WebSocketDisconnect, RuntimeError, asyncio.CancelledError):
            pass  # hung up, by either side or because the server stops
        finally:
            sockets.leave(self._socket)
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer

    async def _write(self) -> None:
        while True:
            item = await self._outgoing.get()
            if item is _CLOSE:
                with suppress(RuntimeError, WebSocketDisconnect):
                    await self._websocket.close(1000)
                return
            try:
                await self._websocket.send_text(json.dumps(item, ensure_ascii=False))
            except (RuntimeError, WebSocketDisconnect):
                return

    def _receive(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        if isinstance(message, dict) and "envelope_id" in message:
            self._workspace.wire.sockets.acknowledge(message)

    def _warn(self) -> None:
        self._send({"type": "disconnect", "reason": "warning", "debug_info": {"host": "sandbox"}})
        state = self._workspace.state
        state.clock.at(state.now() + _WARNING_SECONDS, self._refresh)

    def _refresh(self) -> None:
        self._workspace.wire.sockets.leave(self._socket)
        self._send({"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "sandbox"}})

    def _hello(self, number: int) -> Json:
        return {
            "type": "hello",
            "num_connections": number,
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": self._life,
            },
            "connection_info": {"app_id": self._socket.app_id},
        }
