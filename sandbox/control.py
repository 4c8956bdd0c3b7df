"""The control API under `/sandbox/`: the workspace and its people for tests in another process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.acts import act
from sandbox.api.known import KNOWN
from sandbox.api.registry import METHODS
from sandbox.faults import HOOKS, KINDS
from sandbox.model import App, Json
from sandbox.workspace import Workspace

Job = Callable[[Json], Json]
_LONGEST_WAIT = 25.0


class Control:
    """Each public method is one resource; arguments are the JSON body or the query."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._state = workspace.state

    def session(self, _: Json) -> Json:
        """What a script needs first: the token that writes must carry."""
        return {
            "token": self._workspace.session_token,
            "team_id": self._state.team_id,
            "api_url": f"{self._state.base_url}/api/",
            "now": self._state.now(),
        }

    def dump(self, _: Json) -> Json:
        """Everything that happened."""
        return self._workspace.dump()

    def calls(self, asked: Json) -> Json:
        """Calls the app made, `method` narrows."""
        return {"calls": [e.to_json() for e in self._workspace.calls(asked.get("method"))]}

    def sent(self, asked: Json) -> Json:
        """What was sent to the app, `kind` narrows."""
        return {"sent": [e.to_json() for e in self._workspace.sent(asked.get("kind"))]}

    def coverage(self, _: Json) -> Json:
        """Methods served, with tier and scopes, and the names of those answered with 501."""
        served = {m.name: {"tier": m.tier or "special", "scopes": list(m.scopes)} for m in METHODS.values()}
        return {"served": served, "not_served": sorted(KNOWN - set(served))}

    def users(self, asked: Json) -> Json:
        """Add a member: `name`, `email`, `real_name`, `locale`, `tz`, `title`, `is_admin`, `announce`."""
        user = self._workspace.add_user(**asked)
        return {"id": user.id, "name": user.name}

    def channels(self, asked: Json) -> Json:
        """Add a channel: `name`, `members`, `is_private`, `topic`."""
        channel = self._workspace.add_channel(**asked)
        return {"id": channel.id, "name": channel.name}

    def apps(self, asked: Json) -> Json:
        """Install an app: `manifest`, `request_url`, `channels`; answers with its credentials."""
        app = self._workspace.install_app(
            asked["manifest"],
            request_url=str(asked.get("request_url") or ""),
            channels_=asked.get("channels"),
        )
        return _credentials(app)

    def connect(self, asked: Json) -> Json:
        """Say where an app listens: `request_url`, `app` when there are several."""
        with self._state.lock:
            app = self._state.app(asked.get("app"))
        self._workspace.connect(app, str(asked["request_url"]))
        return _credentials(app)

    def faults(self, _: Json) -> Json:
        """What is armed, and what could be."""
        with self._state.lock:
            active = [f.to_json() for f in self._state.faults.active]
        return {"active": active, "kinds": list(KINDS), "hooks": list(HOOKS)}

    def add_fault(self, asked: Json) -> Json:
        """Arm one: `kind`, `target`, and `count`, `probability`, `seconds`, `error`, `channel`, `skip`."""
        if "seed" in asked:
            with self._state.lock:
                self._state.faults.reseed(int(asked.pop("seed")))
        if not asked:
            return {}
        return self._workspace.fault(**asked).to_json()

    def clear_faults(self, _: Json) -> Json:
        """Disarm all."""
        with self._state.lock:
            self._state.faults.clear()
        return {}

    def advance(self, asked: Json) -> Json:
        """Move the virtual clock by `seconds`."""
        self._workspace.advance(float(asked["seconds"]))
        return {"now": self._state.now()}

    def settle(self, asked: Json) -> Json:
        """Wait until events under way are delivered."""
        return {"settled": self._workspace.settle(float(asked.get("seconds", 10)))}

    def change(self, asked: Json) -> Json:
        """`do`: archive, invite, remove, deactivate, change_user or revoke_token, and what it needs."""
        do, workspace = asked.pop("do"), self._workspace
        if do == "revoke_token":
            with self._state.lock:
                workspace.revoke_token(self._state.app(asked.get("app")))
        elif do == "archive":
            workspace.archive(asked["channel"])
        elif do in ("invite", "remove"):
            getattr(workspace, do)(asked["channel"], asked["member"])
        elif do == "deactivate":
            workspace.deactivate(asked["member"])
        elif do == "change_user":
            workspace.change_user(**asked)
        else:
            raise ValueError(f"no such change: {do}")
        return {}

    def sockets(self, asked: Json) -> Json:
        """Tell an app's connections to reconnect (`reason`), or close them too (`close`)."""
        with self._state.lock:
            app = self._state.app(asked.get("app"))
        sockets, reason = self._workspace.wire.sockets, str(asked.get("reason") or "refresh_requested")
        told = (
            sockets.close_all(app.app_id, reason)
            if asked.get("close")
            else sockets.disconnect(app.app_id, reason)
        )
        return {"told": told}

    def act(self, asked: Json) -> Json:
        """A person acts: `person`, `do` (a method of Person) and its arguments."""
        return act(self._workspace, asked)


def _credentials(app: App) -> Json:
    shown = asdict(app)
    shown.pop("manifest")
    return shown


def _endpoint(job: Job) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        raw = await request.body()
        try:
            asked = json.loads(raw) if raw else dict(request.query_params)
            return JSONResponse(await run_in_threadpool(job, asked))
        except LookupError as missing:
            return JSONResponse({"error": str(missing.args[0] if missing.args else missing)}, 404)
        except (ValueError, TypeError, AttributeError, AssertionError) as wrong:
            return JSONResponse({"error": str(wrong)}, 400)

    return endpoint


def control_routes(workspace: Workspace) -> list[Route]:
    """The routes of the control API."""
    control = Control(workspace)
    readers: dict[str, Job] = {
        "session": control.session,
        "dump": control.dump,
        "calls": control.calls,
        "sent": control.sent,
        "coverage": control.coverage,
        "faults": control.faults,
    }
    writers: dict[str, Job] = {
        "users": control.users,
        "channels": control.channels,
        "apps": control.apps,
        "connect": control.connect,
        "faults": control.add_fault,
        "clock/advance": control.advance,
        "settle": control.settle,
        "change": control.change,
        "sockets": control.sockets,
        "act": control.act,
    }
    routes = [Route(f"/sandbox/{path}", _endpoint(job), methods=["GET"]) for path, job in readers.items()]
    routes += [Route(f"/sandbox/{path}", _endpoint(job), methods=["POST"]) for path, job in writers.items()]
    routes.append(Route("/sandbox/faults", _endpoint(control.clear_faults), methods=["DELETE"]))
    routes.append(Route("/sandbox/version", _version(workspace), methods=["GET"]))
    return routes


def _version(workspace: Workspace) -> Callable[[Request], Any]:
    async def version(request: Request) -> Response:
        """The number of the newest change, as soon as it is above `since` (or after 25 s)."""
        state = workspace.state
        since = int(request.query_params.get("since", -1))
        ends = asyncio.get_running_loop().time() + _LONGEST_WAIT
        while state.version <= since and asyncio.get_running_loop().time() < ends:
            if state.closing or await request.is_disconnected():
                break
            await asyncio.sleep(0.05)
        return JSONResponse({"version": state.version})

    return version
