"""`partsplan import`: folders through a mapping, spreadsheets, settings."""

import json
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from cli.wiring import checked_environment, ready_engine
from domain.imports.report import ImportReport, Outcome
from domain.imports.tables import BY_NAME
from domain.names import Locale
from gateways.clock import Clock, business_clock, real_now
from gateways.database.unit_of_work import read_only
from gateways.feeds.importing import import_folder, import_settings, import_sheets
from gateways.feeds.settings_export import settings_toml
from gateways.spreadsheets.reader import read_spreadsheet
from templates.imports.report.layout import Counts, Report, lines

SHEETS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".csv", ".tsv", ".txt", ".et"}


def run_import(
    paths: Sequence[Path],
    *,
    mapping: Path | None,
    dry_run: bool,
    table: str | None,
    as_json: bool,
    readmits: bool = False,
) -> int:
    """Import every path; 0 where all were taken, 1 where one was refused. Usage errors raise."""
    _check(paths, mapping, table)
    env = checked_environment()
    engine = ready_engine(env)
    with _bars(quiet=as_json) as hear:
        reports = [*_folders(engine, paths, mapping, dry_run, hear, readmits)]
        sheets = [p for p in paths if p.is_file() and p.suffix.lower() in SHEETS]
        if sheets:
            today = business_clock(env.now)().date()
            read = [read_spreadsheet(p, p.name, table=table, today=today) for p in sheets]
            reports.append(
                import_sheets(engine, read, clock=real_now, dry_run=dry_run, progress=hear, readmits=readmits)
            )
        settings = [p for p in paths if p.suffix.lower() == ".toml"]
        if settings:
            reports.append(import_settings(engine, *settings, clock=real_now, dry_run=dry_run))
    if as_json:
        typer.echo(json.dumps([as_data(report) for report in reports], indent=2, default=str))
    else:
        for report in reports:
            for line in told(report):
                typer.echo(line)
    return 1 if any(report.refused for report in reports) else 0


def import_feed(engine: Engine, source: Path, mapping: Path, *, clock: Clock, quiet: bool = False) -> bool:
    """Import a folder; whether it was refused."""
    with _bars(quiet=quiet) as hear:
        return import_folder(engine, source, mapping, clock=clock, progress=hear).refused


def _check(paths: Sequence[Path], mapping: Path | None, table: str | None) -> None:
    for path in paths:
        if not path.exists():
            raise typer.BadParameter(f"{path}: there is no such file or folder")
        if path.is_dir() and mapping is None:
            raise typer.BadParameter(f"{path} is a folder: name its mapping with --mapping DIR")
        if path.is_file() and path.suffix.lower() not in SHEETS | {".toml"}:
            known = ", ".join(sorted(SHEETS | {".toml"}))
            raise typer.BadParameter(f"{path}: not a kind that can be imported ({known})")
    if mapping is not None and not mapping.is_dir():
        raise typer.BadParameter(f"--mapping {mapping}: there is no such folder")
    if table is not None and table not in BY_NAME:
        raise typer.BadParameter(f"--as {table}: no such table; there are {', '.join(BY_NAME)}")


def _folders(
    engine: Engine, paths: Sequence[Path], mapping: Path | None, dry_run: bool, hear: Any, readmits: bool
) -> list[ImportReport]:
    if mapping is None:
        return []
    return [
        import_folder(
            engine, path, mapping, clock=real_now, dry_run=dry_run, progress=hear, readmits=readmits
        )
        for path in paths
        if path.is_dir()
    ]


@contextmanager
def _bars(*, quiet: bool) -> Any:
    """A listener for stages that draws one bar each."""
    if quiet:
        yield lambda *_: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as drawn:
        bars: dict[str, Any] = {}

        def hear(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = drawn.add_task(stage, total=total or None)
            drawn.update(bars[stage], completed=done, total=total or None)

        yield hear


def told(report: ImportReport) -> list[str]:
    """The report as lines of text."""
    present = [t for t in report.tables if t.outcome is not Outcome.LEFT_OUT]
    counts = tuple(Counts(t.table, t.new, t.changed, t.unchanged) for t in present)
    view = Report(
        counts=() if report.refused else counts,
        problems=report.problems,
        more=sum(report.more.values()),
        written=not report.dry_run and not report.refused,
    )
    said = lines(view, Locale.EN)
    said += [f"{t.table}: left out, needs {t.note}" for t in report.tables if t.outcome is Outcome.LEFT_OUT]
    said += [f"{change.key}: {change.before!r} -> {change.after!r}" for change in report.settings]
    return said


def run_export(file: Path) -> None:
    """Write the settings; `-`: to the terminal."""
    if file.suffix.lower() != ".toml" and str(file) != "-":
        raise typer.BadParameter(f"{file}: settings are written as settings.toml")
    with read_only(ready_engine(checked_environment())) as session:
        found = settings_toml(session)
    if str(file) == "-":
        typer.echo(found, nl=False)
        return
    file.write_text(found, encoding="utf-8", newline="\n")
    typer.echo(f"{file}: written")


def as_data(report: ImportReport) -> dict[str, Any]:
    """The report for a script."""
    return {
        "refused": report.refused,
        "written": report.written,
        "dry_run": report.dry_run,
        "tables": [
            {"table": t.table, "source": t.source, "outcome": t.outcome, "note": t.note, **t.counts}
            for t in report.tables
        ],
        "settings": [{"key": c.key, "before": c.before, "after": c.after} for c in report.settings],
        "problems": [
            {
                "file": p.file,
                "row": p.row,
                "column": p.column,
                "value": p.value,
                "reason": p.reason,
                "hints": list(p.hints),
            }
            for p in report.problems
        ],
        "more": {str(reason): count for reason, count in report.more.items()},
    }
