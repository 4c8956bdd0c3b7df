"""`partsplan backup` and `partsplan restore`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from cli.wiring import Refused, checked_environment, engine_of, url_of
from domain.delivery.restored import Doubts, doubt_everything
from domain.events.operations import append, broken_links
from gateways.clock import business_clock, real_now
from gateways.database import dump
from gateways.database.dump import DumpRefused, Manifest
from gateways.database.migrate import migrate
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.database.versions import newest_known
from gateways.environment import Environment
from jobs.slots import mark_filled


def run_backup(file: Path, *, as_json: bool) -> int:
    """Write a copy of everything to a file and its manifest beside it."""
    env = checked_environment()
    engine = engine_of(env)
    try:
        with _bar("copying", quiet=as_json) as progress:
            made = dump.dump(engine, url_of(env), file, progress)
    except DumpRefused as refused:
        raise Refused(str(refused)) from refused
    finally:
        engine.dispose()
    if as_json:
        typer.echo(json.dumps({"file": str(file), **asdict(made)}))
    else:
        size = f"{made.size / 1e6:,.1f} MB"
        typer.echo(f"{file}: {made.rows:,} rows of {len(made.counts)} tables, {size}, version {made.version}")
        typer.echo(f"history ends at {made.history}")
    return 0


def run_restore(file: Path, *, force: bool, as_json: bool) -> int:
    """Bring a copy back; 1 where it is not what its manifest says, or its history was touched."""
    env = checked_environment()
    engine = engine_of(env)
    try:
        with _bar("restoring", quiet=as_json) as progress:
            expected, found, broken = bring_back(engine, url_of(env), file, force=force, progress=progress)
        doubts = settle(engine, env, file, found)
    except DumpRefused as refused:
        raise Refused(str(refused)) from refused
    finally:
        engine.dispose()
    differs = _differences(expected, found)
    _report(found, differs, broken, doubts, as_json=as_json, checked=expected is not None)
    return 1 if differs or broken else 0


def bring_back(
    engine: Engine, url: str, file: Path, *, force: bool, progress: dump.Progress
) -> tuple[Manifest | None, Manifest, list[int]]:
    """Check, put it there, and look at it: what it should hold, what it holds, what of history is broken."""
    if not file.is_file():
        raise DumpRefused(f"{file}: there is no such file")
    version = dump.version_in(file)
    if not dump.is_known(version):
        ours = newest_known()
        raise DumpRefused(
            f"{file} is of version {version}, unknown to this PartsPlan ({ours}): use a newer one"
        )
    expected = dump.read_manifest(file)
    dump.check_target(engine, force=force)
    dump.load(engine, url, file, progress)
    with engine.connect() as connection:
        found = dump.contents(connection)
    migrate(engine)
    with read_only(engine) as session:
        broken = list(broken_links(session))
    return expected, found, broken


def settle(engine: Engine, env: Environment, file: Path, found: Manifest) -> Doubts:
    """Make sure that nothing that has happened since the copy happens again, and note that it came back."""
    with unit_of_work(engine) as session:
        doubts = doubt_everything(session, now=real_now())
        mark_filled(session, env.now, now=business_clock(env.now)())
        append(
            session,
            at=real_now(),
            actor="cli",
            surface="cli",
            subject_type="database",
            subject_id=file.name,
            verb="restored",
            after={"rows": found.rows, "history": found.history},
        )
    return doubts


def _differences(expected: Manifest | None, found: Manifest) -> dict[str, tuple[int, int]]:
    """Tables with another number of rows than the manifest says."""
    if expected is None:
        return {}
    counts = {name: (rows, found.counts.get(name, -1)) for name, rows in expected.counts.items()}
    return {name: both for name, both in counts.items() if both[0] != both[1]}


def _report(
    found: Manifest,
    differs: dict[str, tuple[int, int]],
    broken: list[int],
    doubts: Doubts,
    *,
    as_json: bool,
    checked: bool,
) -> None:
    if as_json:
        said: dict[str, Any] = {"differs": differs, "broken": broken, "checked": checked, **asdict(doubts)}
        typer.echo(
            json.dumps({**said, "rows": found.rows, "version": found.version, "history": found.history})
        )
        return
    at = f"version {found.version}, now {newest_known()}"
    typer.echo(f"{found.rows:,} rows of {len(found.counts)} tables are back, {at}")
    if not checked:
        typer.echo("no manifest beside the file: rows could not be compared")
    for name, (wanted, got) in differs.items():
        typer.echo(f"{name}: {got} rows, the backup had {wanted}")
    verified = f"history was changed at: {', '.join(map(str, broken[:20]))}" if broken else "history verified"
    typer.echo(verified)
    typer.echo(
        f"{doubts.waiting} messages wait and are looked for in Slack before they are sent"
        + (
            f"; {doubts.too_old} of them are older than a day and are listed as dead"
            if doubts.too_old
            else ""
        )
    )
    typer.echo(
        f"{doubts.runs} open runs were left out, and none due before now is caught up: "
        "what was posted since the backup is not posted again. `partsplan run JOB --at …` does one by hand."
    )


@contextmanager
def _bar(words: str, *, quiet: bool) -> Iterator[dump.Progress]:
    if quiet:
        yield lambda *_: None
        return
    columns = (TextColumn(words), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task(words)
        yield lambda _, done, total: drawn.update(task, completed=done, total=max(total, done))
