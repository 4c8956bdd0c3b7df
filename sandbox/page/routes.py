"""Routes of the page: the whole of it, and its parts for live update."""

from __future__ import annotations

import json
import mimetypes
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox import fields, surfaces
from sandbox.model import Json
from sandbox.page import charts, markdown
from sandbox.page.scene import Place, Scene, find_place
from sandbox.places import HTML
from sandbox.workspace import Workspace

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_PARTS = ("sidebar", "head", "main", "thread", "modal", "wire", "toasts")
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' https: data:;"
    " style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Page:
    """Renders for whoever the address says one is."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._state = workspace.state
        self._jinja = Environment(
            loader=FileSystemLoader(HTML), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self._jinja.globals.update(
            slots=fields.SLOTS,
            draw=charts.draw,
            legend=charts.legend,
            chart_table=charts.table,
            markdown=markdown.render,
        )
        self._jinja.filters["pretty"] = _pretty

    async def whole(self, request: Request) -> Response:
        """`/`."""
        query = dict(request.query_params)
        return HTMLResponse(await run_in_threadpool(self._whole, query), headers=_HEADERS)

    async def parts(self, request: Request) -> Response:
        """`/page/parts`: every region, for the script to exchange those that changed."""
        query = dict(request.query_params)
        return JSONResponse(await run_in_threadpool(self._parts, query), headers=_HEADERS)

    async def permalink(self, request: Request) -> Response:
        """`/archives/C.../p...` leads to the message."""
        channel = request.path_params["channel"]
        thread = request.query_params.get("thread_ts", "")
        return RedirectResponse(f"/?c={channel}&thread={thread}#{request.path_params['ts']}")

    async def file(self, request: Request) -> Response:
        """A file for the page itself; apps go through `url_private` with a token."""
        with self._state.lock:
            stored = self._state.files.get(request.path_params["file"])
        if stored is None or stored.deleted:
            return Response(status_code=404)
        guessed = mimetypes.guess_type(stored.name)[0] or ""
        inline = guessed in _PICTURES  # not SVG, which may carry scripts
        kind = guessed if inline else "application/octet-stream"
        headers = {"X-Content-Type-Options": "nosniff"}
        if not inline:
            headers["Content-Disposition"] = "attachment"
        return Response(stored.content, media_type=kind, headers=headers)

    def _scene(self, query: Json) -> Scene | None:
        place = find_place(self._state, query)
        if place is None:
            return None
        if place.channel is not None:
            self._mark_read(place)
        return Scene(self._state, place)

    def _mark_read(self, place: Place) -> None:
        if place.channel is not None and place.channel.messages and place.tab == "messages":
            place.channel.read[place.person.id] = place.channel.messages[-1].ts

    def _context(self, scene: Scene) -> Json:
        return {
            "scene": scene,
            "place": scene.place,
            "state": self._state,
            "html": scene.html,
            "reader": scene.reader,
            "app_of": self._state.apps.get,
            "top": surfaces.top,
        }

    def _whole(self, query: Json) -> str:
        with self._state.lock:
            scene = self._scene(query)
            if scene is None:
                return self._jinja.get_template("empty.html").render(name=self._state.team_name)
            people = [u for u in self._state.users.values() if not u.is_bot and not u.deleted]
            return self._jinja.get_template("page.html").render(
                **self._context(scene),
                parts=self._render(scene),
                people=people,
                token=self._workspace.session_token,
                version=self._state.version,
            )

    def _parts(self, query: Json) -> Json:
        with self._state.lock:
            scene = self._scene(query)
            if scene is None:
                return {"version": self._state.version, "parts": {}}
            return {"version": self._state.version, "parts": self._render(scene), "key": self._key(scene)}

    def _key(self, scene: Scene) -> str:
        modal = scene.modal()
        return str(modal["key"]) if modal else ""

    def _render(self, scene: Scene) -> dict[str, str]:
        context = self._context(scene)
        return {name: self._jinja.get_template(f"{name}.html").render(**context) for name in _PARTS}


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def page_routes(workspace: Workspace) -> list[Route]:
    """`/` and what belongs to it."""
    page = Page(workspace)
    return [
        Route("/", page.whole),
        Route("/page/parts", page.parts),
        Route("/page/file/{file}", page.file),
        Route("/archives/{channel}/{ts}", page.permalink),
    ]
