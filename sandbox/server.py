"""The workspace on a port: Web API, response_urls, uploads, sockets, control API and page."""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
import time
from types import TracebackType

import uvicorn

from sandbox.asgi import application
from sandbox.drops import DroppingProtocol
from sandbox.workspace import Workspace


class _Server(uvicorn.Server):
    """uvicorn that notices within 10 ms that it is to stop: tests start and stop hundreds."""

    async def main_loop(self) -> None:
        """Until `should_exit`."""
        ticks = itertools.count()
        while not await self.on_tick(next(ticks)):
            await asyncio.sleep(0.01)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """At once when forced; otherwise as uvicorn does it."""
        if not self.force_exit:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=0.2)
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)


def _server(workspace: Workspace, host: str, port: int) -> uvicorn.Server:
    config = uvicorn.Config(
        application(workspace),
        host=host,
        port=port,
        http=DroppingProtocol,
        ws="websockets-sansio",
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws_ping_interval=10.0,
        timeout_graceful_shutdown=1,
    )
    return _Server(config)


class SandboxServer:
    """Runs a workspace on a loopback port in a background thread. Use it with `with`.

    `port` 0 picks a free one. Leaving the block stops the server and closes the workspace.
    """

    def __init__(self, workspace: Workspace, *, port: int = 0, host: str = "127.0.0.1") -> None:
        self.workspace = workspace
        self._host = host
        self._wanted = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.port = port

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`, also the page."""
        return f"http://{self._host}:{self.port}"

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is to be."""
        return f"{self.url}/api/"

    def start(self) -> SandboxServer:
        """Start and wait until it listens. RuntimeError when it does not within 10 s."""
        self._server = _server(self.workspace, self._host, self._wanted)
        self._thread = threading.Thread(target=self._run, name="sandbox-server", daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the sandbox did not start; is the port taken?")
            time.sleep(0.005)
        self.port = int(self._server.servers[0].sockets[0].getsockname()[1])
        self.workspace.state.base_url = self.url
        return self

    def stop(self) -> None:
        """Stop serving and close the workspace."""
        if self._server is not None and self._thread is not None:
            for app_id in list(self.workspace.state.apps):
                self.workspace.wire.sockets.close_all(app_id, "link_disabled")
            self._server.should_exit = self._server.force_exit = True
            with self.workspace.state.lock:
                self.workspace.state.closing = True
                self.workspace.state.touch()
            self._thread.join(timeout=5)
        self.workspace.close()

    def __enter__(self) -> SandboxServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        if self._server is not None:
            asyncio.run(self._server.serve())


def serve(workspace: Workspace, port: int = 8484, *, host: str = "127.0.0.1") -> None:
    """Serve in the foreground until interrupted."""
    workspace.state.base_url = f"http://{host}:{port}"
    try:
        _server(workspace, host, port).run()
    finally:
        workspace.close()
