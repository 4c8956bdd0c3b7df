"""The Starlette application: what is at which path."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import files, manifest
from sandbox.api import dispatch
from sandbox.api.arguments import Request as ApiRequest
from sandbox.control import control_routes
from sandbox.deliver import answers
from sandbox.drops import drop
from sandbox.guard import Guard
from sandbox.link import link_route
from sandbox.page.routes import page_routes
from sandbox.places import STATIC
from sandbox.workspace import Workspace


class WireEndpoints:
    """The paths an app talks to."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._state = workspace.state

    async def api(self, request: Request) -> Response:
        """`/api/METHOD`."""
        asked = await _read(request)
        answer = await run_in_threadpool(dispatch.answer, self._state, asked)
        if answer.delay:
            await asyncio.sleep(answer.delay)
        if answer.drop:
            await drop(request.scope.get("client"))
            return Response(status_code=500)
        response = JSONResponse(answer.body, answer.status)
        # Not through Starlette, which writes `retry-after`: some clients look for the documented spelling.
        response.raw_headers += [(k.encode(), v.encode()) for k, v in answer.headers.items()]
        return response

    async def response_url(self, request: Request) -> Response:
        """`/commands/...` and `/actions/...`."""
        raw = await request.body()
        with self._state.lock:
            fault = self._state.faults.pick("response_url", ("http_500", "drop_after", "drop_before", "slow"))
        if fault is not None and fault.kind == "http_500":
            return Response(status_code=500)
        if fault is None or fault.kind != "drop_before":
            given = await run_in_threadpool(answers.receive, self._state, request.url.path, _json(raw))
        if fault is not None and fault.kind.startswith("drop"):
            await drop(request.scope.get("client"))
            return Response(status_code=500)
        if fault is not None:
            await asyncio.sleep(fault.seconds)
        return Response(given.body, given.status, media_type="text/plain")

    async def upload(self, request: Request) -> Response:
        """The bytes of a promised file, raw or as a form."""
        kind = request.headers.get("content-type", "")
        if kind.startswith("multipart/form-data"):
            form = await request.form()
            content = b""
            for value in form.values():
                content = value.encode() if isinstance(value, str) else await value.read()
        else:
            content = await request.body()
        with self._state.lock:
            fault = self._state.faults.pick("upload", ("http_500",))
            stored = None if fault else files.receive(self._state, request.url.path, content)
        if stored is None:
            return Response("sandbox: nothing to upload here", 500 if fault else 404)
        return Response(f"OK - {len(content)}")

    async def download(self, request: Request) -> Response:
        """`url_private`: the bytes for a token with files:read; others get a sign-in page, as in Slack."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        file_id = request.path_params["key"].partition("-")[2]
        with self._state.lock:
            app = next((a for a in self._state.apps.values() if token and a.bot_token == token), None)
            file = self._state.files.get(file_id)
            allowed = app is not None and not app.token_revoked and "files:read" in manifest.scopes(app)
        if file is None or file.deleted:
            return Response(status_code=404)
        if not allowed:
            return Response("<!DOCTYPE html><title>Sign in</title>", 200, media_type="text/html")
        return Response(file.content, media_type="application/octet-stream")


async def _read(request: Request) -> ApiRequest:
    asked = ApiRequest(
        method=request.path_params["method"],
        verb=request.method,
        authorization=request.headers.get("authorization", ""),
        content_type=request.headers.get("content-type", ""),
        query=request.url.query,
    )
    asked.body = await request.body()
    if asked.content_type.startswith("multipart/form-data"):
        try:
            form = await request.form()
            asked.form = {k: v for k, v in form.items() if isinstance(v, str)}
        except (MultiPartException, HTTPException):
            asked.form = None
    return asked


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None


async def _gone(request: Request, error: Exception) -> Response:
    del request, error
    return Response(status_code=400)


def application(workspace: Workspace) -> Starlette:
    """Everything the sandbox serves, behind the guard of the page and the control API."""
    wire = WireEndpoints(workspace)
    routes = [
        Route("/api/{method}", wire.api, methods=["GET", "POST"]),
        Route("/commands/{rest:path}", wire.response_url, methods=["POST"]),
        Route("/actions/{rest:path}", wire.response_url, methods=["POST"]),
        Route("/upload/v1/{ticket}", wire.upload, methods=["POST"]),
        Route("/files-pri/download/{key}/{name:path}", wire.download),
        Route("/files-pri/{key}/{name:path}", wire.download),
        link_route(workspace),
        *control_routes(workspace),
        *page_routes(workspace),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    made = Starlette(routes=routes, exception_handlers={ClientDisconnect: _gone})
    made.add_middleware(Guard, token=workspace.session_token)
    return made
