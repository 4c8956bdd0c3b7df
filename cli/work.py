"""Commands about what the clock does, and the proof of history."""

import json
from datetime import datetime
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from cli.wiring import Refused, checked_environment, ready_engine
from domain.events.anchor import End, anchored, end, still_there
from domain.events.operations import broken_links
from domain.rules.company import load_company
from gateways.clock import business_clock
from gateways.database.unit_of_work import read_only
from jobs.all import REGISTRY
from jobs.registry import UnknownJob
from jobs.runs import JobRow, RunResult, SlotFailed, list_jobs, run_slot_now

console = Console()


def show_jobs(*, as_json: bool) -> None:
    """Print every job with its next and last run."""
    env = checked_environment()
    engine = ready_engine(env)
    rows = list_jobs(engine, registry=REGISTRY, now=business_clock(env.now)())
    if as_json:
        typer.echo(json.dumps([_job_json(row) for row in rows], indent=2))
        return
    table = Table("job", "next run", "last run", "result")
    for row in rows:
        table.add_row(row.name, _when(row.next_at), _when(row.last_at), _result(row))
    console.print(table)


def _when(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M %Z") if at else "–"


def _result(row: JobRow) -> str:
    return " ".join(part for part in (row.last_state, row.last_note) if part) or "–"


def _job_json(row: JobRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "schedules": [s.name for s in row.schedules],
        "next": row.next_at and row.next_at.isoformat(),
        "last": row.last_at and row.last_at.isoformat(),
        "state": row.last_state,
        "note": row.last_note,
    }


def run_job(name: str, at: datetime | None, *, as_json: bool) -> int:
    """Run a job as of an instant (now where None); 1 where it failed."""
    env = checked_environment()
    engine = ready_engine(env)
    with read_only(engine) as session:
        instant = _in_company_zone(session, at or business_clock(env.now)())
    try:
        results = run_slot_now(engine, name, instant, registry=REGISTRY, environment=env)
    except UnknownJob as unknown:
        known = ", ".join(job.name for job in REGISTRY)
        raise Refused(f"no job is called {unknown.name!r}; there are: {known}") from unknown
    except SlotFailed as failed:
        raise Refused(f"{name} failed: {failed.__cause__}; the log has the trace") from failed
    if as_json:
        typer.echo(json.dumps([_run_json(result) for result in results], indent=2))
    else:
        for result in results:
            typer.echo(f"{result.slot.schedule}: {_told(result)}")
    return 0


def _in_company_zone(session: Session, at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=load_company(session).zone)


def _told(result: RunResult) -> str:
    again = " (had run before, nothing posted again)" if result.repeated else ""
    return f"{len(result.posts)} messages{again}"


def _run_json(result: RunResult) -> dict[str, Any]:
    return {
        "schedule": result.slot.schedule,
        "at": result.slot.due_at.isoformat(),
        "state": result.state,
        "note": result.note,
        "repeated": result.repeated,
        "posts": [{"channel": p.channel, "thing": p.thing, "state": p.state} for p in result.posts],
    }


def verify_audit(head: str | None, *, as_json: bool) -> int:
    """1 where the history has been touched, naming the rows, or does not hold the end that was kept."""
    kept = _end(head)
    engine = ready_engine(checked_environment())
    with read_only(engine) as session:
        broken = list(broken_links(session))
        missing = kept is not None and not still_there(session, kept)
    if as_json:
        typer.echo(json.dumps({"verified": not broken and not missing, "broken": broken}))
    elif broken or missing:
        rows = broken[:20] or [kept.seq if kept else 0]
        typer.echo(f"history was changed at: {', '.join(map(str, rows))}")
    else:
        typer.echo("history verified: no row was changed, removed, swapped or inserted")
    return 1 if broken or missing else 0


def _end(written: str | None) -> End | None:
    try:
        return end(written) if written is not None else None
    except ValueError as wrong:
        raise typer.BadParameter(f"--head {written!r}: give what `partsplan audit head` printed") from wrong


def show_head() -> None:
    """Print the end of history as `NUMBER:HASH`."""
    with read_only(ready_engine(checked_environment())) as session:
        typer.echo(str(anchored(session)))
