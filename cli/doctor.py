"""`partsplan doctor`: every check, a line each, with what to do about it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.manifest import SCOPES
from cli.wiring import Refused, checked_environment, engine_of
from domain.monitoring.findings import Finding, Level, failure, fine, warning, worst
from domain.names import Locale
from domain.rules.company import Company, load_company
from domain.rules.slots import next_slot
from gateways.clock import business_clock
from gateways.database.unit_of_work import read_only
from gateways.doctor import database
from gateways.doctor.blocks import blocks
from gateways.doctor.calendar import calendar
from gateways.doctor.machine import machine
from gateways.doctor.quick import of_the_database
from gateways.doctor.tokens import tokens
from gateways.doctor.workspace import workspace
from gateways.environment import Environment
from jobs.all import REGISTRY
from templates.formats import Reader
from templates.operations.doctor.layout import Line, lines, summary

NEXT_RUNS = 5
COLOURS = {Level.OK: "green", Level.WARN: "yellow", Level.ERROR: "red"}
DataCheck = Callable[[Session], list[Finding]]


def run_doctor(*, online: bool, as_json: bool, language: Locale) -> int:
    """Check everything; 1 where something does not work."""
    env = checked_environment()
    now = business_clock(env.now)()
    found, company = examine(env, now, online=online, quiet=as_json)
    zone = company.timezone if database.known_zone(company.timezone) else "UTC"
    reader = Reader(language, now.date(), timezone=zone)
    said = lines(found, reader=reader)
    if as_json:
        typer.echo(json.dumps(_as_data(said), indent=2, ensure_ascii=False))
    else:
        _show(said, summary(found, reader=reader))
    return 1 if worst(found) is Level.ERROR else 0


def examine(
    env: Environment, now: datetime, *, online: bool = False, quiet: bool = True
) -> tuple[list[Finding], Company]:
    """All findings in the order they are shown, and the company as far as it could be read."""
    found = [*tokens(env), *machine(env)]
    engine, reachable = _database(env)
    found.append(reachable)
    company: Company | None = None
    if engine is not None:
        if reachable.outcome in ("ok", "behind"):
            company, data = _of_data(engine, now)
            found += data
        engine.dispose()
    if env.slack_bot_token.get_secret_value():
        found += workspace(env, SCOPES, company)
    if online:
        with _bar(quiet=quiet) as progress:
            found.append(blocks(env, progress))
    return found, company or Company()


def _database(env: Environment) -> tuple[Engine | None, Finding]:
    try:
        engine = engine_of(env)
    except Refused:
        return None, failure("database", "away", error="EmbeddedMissing")
    return engine, database.reachable(engine)


def _of_data(engine: Engine, now: datetime) -> tuple[Company | None, list[Finding]]:
    """The checks of the tables, each in a session of its own: one that fails leaves the others alone."""
    try:
        with read_only(engine) as session:
            company = load_company(session)
    except SQLAlchemyError as broken:
        return None, [_unreadable("settings", broken)]
    if not database.known_zone(company.timezone):
        with read_only(engine) as session:
            return company, list(database.zones(session, company))
    checks: list[DataCheck] = [
        lambda session: [schedules(session, company, now)],
        lambda session: calendar(session, company, today=company.today(now)),
        *of_the_database(company, business_now=now),
    ]
    found: list[Finding] = []
    for number, check in enumerate(checks):
        try:
            with read_only(engine) as session:
                found += check(session)
        except SQLAlchemyError as broken:
            found.append(_unreadable(str(number + 1), broken))
    return company, found


def _unreadable(name: str, error: Exception) -> Finding:
    return failure("check", "unreadable", name=name, error=type(error).__name__)


def schedules(session: Session, company: Company, now: datetime) -> Finding:
    """The next five runs of what the company has scheduled; the look of every minute is not worth naming."""
    coming, broken = [], []
    for job in REGISTRY:
        try:
            planned = [plan for plan in job.schedules(session) if plan.every is None]
            slots = [slot for plan in planned if (slot := next_slot(plan, after=now))]
        except (ValueError, KeyError, TypeError, OSError):
            broken.append(job.name)
            continue
        coming += [(slot.due_at, slot.schedule) for slot in slots]
    if broken:
        return failure("schedules", "broken", names=tuple(broken))
    runs = [f"{due.astimezone(company.zone):%m-%d %H:%M} {name}" for due, name in sorted(coming)[:NEXT_RUNS]]
    return fine("schedules", runs=tuple(runs)) if runs else warning("schedules", "none")


def _show(said: list[Line], all_in_all: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for line in said:
        colour = COLOURS[line.finding.level]
        console.print(f"[{colour}]{line.mark}[/{colour}] ", end="")
        console.print(line.says, markup=False)
        if line.fix:
            console.print(f"    → {line.fix}", markup=False)
    console.print(all_in_all, markup=False, style=COLOURS[worst(line.finding for line in said)])


def _as_data(said: list[Line]) -> dict[str, Any]:
    return {
        "level": worst(line.finding for line in said),
        "findings": [
            {
                "check": line.finding.check,
                "outcome": line.finding.outcome,
                "level": line.finding.level,
                "facts": {name: _plain(value) for name, value in line.finding.facts.items()},
                "message": line.says,
                "fix": line.fix or None,
            }
            for line in said
        ],
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value if isinstance(value, int) else str(value)


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    if quiet:
        yield lambda *_: None
        return
    columns = (TextColumn("asking Slack about every message"), BarColumn(), TextColumn("{task.completed}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task("blocks")
        yield lambda done, total: drawn.update(task, completed=done, total=total)
