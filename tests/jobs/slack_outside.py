"""A local Slack in a process of its own, and workers as processes: for tests that kill."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sandbox import SandboxServer, Settings, Workspace
from tests.conftest import ROOT
from tests.gateways.delivery.desk import SCOPES, manifest


@dataclass
class Outside:
    """The workspace (a thread of this process) and what a worker process needs to reach it."""

    workspace: Workspace
    token: str
    api_url: str

    def shown(self) -> dict[str, list[str]]:
        """Texts by channel id, oldest first."""
        with self.workspace.state.lock:
            return {
                channel.id: [m.text for m in channel.messages if m.bot_id]
                for channel in self.workspace.state.channels.values()
            }


@contextmanager
def slack(channels: int, *, rate_limits: bool = False) -> Iterator[Outside]:
    """A workspace with channels c0, c1 … and the app in all of them."""
    workspace = Workspace(settings=Settings(rate_limits=rate_limits))
    workspace.add_user("alice", is_owner=True)
    names = [f"c{number}" for number in range(channels)]
    for name in names:
        workspace.add_channel(name)
    app = workspace.install_app(manifest(SCOPES), channels_=names)
    with SandboxServer(workspace) as server:
        yield Outside(workspace, app.bot_token, server.api_url)


def start_worker(url: str, outside: Outside, **settings: Any) -> subprocess.Popen[bytes]:
    """A worker process; settings are those of WorkerSettings, `pace` as a mapping."""
    given = {"url": url, "token": outside.token, "api_url": outside.api_url, **settings}
    command = [sys.executable, "-m", "tests.jobs.worker_process", json.dumps(given)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def wait_for(what: Any, *, seconds: float, every: float = 0.05) -> bool:
    """Whether something became true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(every)
    return bool(what())
