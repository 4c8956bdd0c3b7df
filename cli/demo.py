"""`partsplan demo`: the product for real — bot, worker, database — in a local workspace with a company in it.

Every run starts anew under `PARTSPLAN_HOME/demo`: a fresh database, the same company, the same morning.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from rich.console import Console
from sqlalchemy import Engine, select

from bot.manifest import manifest
from cli.data import import_feed
from cli.sample.company import make_sample
from cli.wiring import Refused, engine_of
from domain.models import Person, PersonRegion, Region, RoleGrant
from domain.rules.company import Company, load_company
from gateways.clock import real_now
from gateways.database.engine import database_url
from gateways.database.migrate import migrate
from gateways.database.unit_of_work import read_only
from gateways.environment import Environment, environment
from jobs.all import REGISTRY
from jobs.runs import run_slot_now
from sandbox import SandboxServer, Workspace
from sandbox.model import App

# The sample company sold until Friday; on Monday morning the digests are half an hour old.
DATA_TO = date(2026, 10, 23)
IMPORTED = datetime(2026, 10, 24, 6, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
MORNING = datetime(2026, 10, 26, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SLACK_LOCALES = {
    "zh-Hant": "zh-TW",
    "zh-Hans": "zh-CN",
    "zh_Hant": "zh-TW",
    "zh_Hans": "zh-CN",
    "en": "en-US",
}
console = Console()


def run_demo(*, port: int, browser: bool, company: str) -> None:
    """Set everything up, say where it is, and run until interrupted."""
    home = environment().home.resolve() / "demo"
    with demo(home, port=port, company=company) as url:
        console.print(f"[bold]PartsPlan is at {url}[/bold] — choose who to be, and type /target")
        if browser:
            webbrowser.open(url)
        _wait()


@contextmanager
def demo(home: Path, *, port: int = 0, company: str = "sample") -> Iterator[str]:
    """The running demo; yields the address of its page."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    env = Environment(DATABASE_URL=None, PARTSPLAN_HOME=home)
    with ExitStack() as stack:
        with console.status("Starting the database"):
            engine = engine_of(env)
            stack.callback(engine.dispose)
            migrate(engine)
        _load(engine, home, company)
        workspace = _workspace(engine)
        server = stack.enter_context(SandboxServer(workspace, port=port))
        web_port = free_port()
        request_url = f"http://127.0.0.1:{web_port}/slack/events"
        app = workspace.install_app(manifest(request_url=request_url), channels_=_channel_names(workspace))
        now = MORNING if company == "sample" else environment().now
        variables = _variables(env, server, app, web_port, now)
        with console.status("Writing this morning's digests"):
            _this_morning(engine, variables, now)
        for command in ("bot", "worker"):
            stack.callback(_stop, _start(command, variables))
        _until_ready(web_port)
        yield server.url


def _this_morning(engine: Engine, variables: dict[str, str], now: datetime | None) -> None:
    """People are matched to the workspace, and today's digests written; the worker delivers them."""
    env = Environment(**variables)  # type: ignore[arg-type]
    moment = (now or real_now()).astimezone(MORNING.tzinfo)
    run_slot_now(engine, "match_people", moment, registry=REGISTRY, environment=env)
    with read_only(engine) as session:
        zone = load_company(session).zone
    due = moment.astimezone(zone).replace(hour=8, minute=30, second=0, microsecond=0)
    run_slot_now(engine, "daily_progress", due, registry=REGISTRY, environment=env)


def _load(engine: Engine, home: Path, company: str) -> None:
    if company == "sample":
        with console.status("Making two years of business"):
            make_sample(home / "company", today=DATA_TO)
        source = home / "company"
    else:
        source = Path(company)
        if not source.is_dir():
            raise Refused(f"--company {company}: no such folder; give `sample` or a folder with a feed")
    mapping = source / "mapping" if (source / "mapping").is_dir() else source
    clock = (lambda: IMPORTED) if company == "sample" else real_now
    if import_feed(engine, source, mapping, clock=clock, quiet=True):
        raise Refused(
            f"{company} was refused; run `partsplan import {source} --mapping {mapping}` to see why"
        )


def _workspace(engine: Engine) -> Workspace:
    """Members and channels as the company's people and settings say."""
    with read_only(engine) as session:
        company = load_company(session)
        workspace = Workspace(company.name or "PartsPlan")
        people = session.scalars(select(Person).order_by(Person.id)).all()
        admins = set(session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == "admin")))
        serving: dict[str, list[int]] = {}
        for region, person_id in session.execute(
            select(Region.name, PersonRegion.person_id).join(Region, Region.id == PersonRegion.region_id)
        ):
            serving.setdefault(region, []).append(person_id)
    handles = {}
    for person in people:
        handle = person.email.partition("@")[0]
        handles[person.id] = workspace.add_user(
            handle,
            person.email,
            real_name=person.name,
            locale=SLACK_LOCALES.get(person.locale or "", "en-US"),
            tz=person.timezone or company.timezone,
            title=person.title or "",
            is_admin=person.id in admins,
            is_owner=person.id == min(admins, default=people[0].id),
        ).name
    _add_channels(workspace, company, {r: [handles[p] for p in ids] for r, ids in serving.items()})
    return workspace


def _add_channels(workspace: Workspace, company: Company, serving: dict[str, list[str]]) -> None:
    for name in dict.fromkeys(company.channels.values()):
        workspace.add_channel(name)
    everybody = [u.name for u in workspace.state.users.values() if not u.is_bot]
    for region, name in company.region_channels.items():
        workspace.add_channel(name, serving.get(region) or everybody[:1])


def _channel_names(workspace: Workspace) -> list[str]:
    return [c.name for c in workspace.state.channels.values() if c.kind in ("public", "private")]


def _variables(
    env: Environment, server: SandboxServer, app: App, web_port: int, now: datetime | None
) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url(env),
        "PARTSPLAN_HOME": str(env.home),
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_SIGNING_SECRET": app.signing_secret,
        "SLACK_APP_TOKEN": "",
        "SLACK_API_URL": server.api_url,
        "PORT": str(web_port),
        "WEB_CONCURRENCY": "1",
        "PARTSPLAN_NOW": now.isoformat() if now else os.environ.get("PARTSPLAN_NOW", ""),
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
    }


def free_port() -> int:
    """A loopback port nobody listens on."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(command: str, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "cli", command], env=variables)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()


def _until_ready(port: int, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise Refused("the bot did not start; run with LOG_LEVEL=INFO to see why")


def _wait() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        signal.pause()
    except KeyboardInterrupt:
        console.print("stopped")
