"""Everything that was judged, written in the order in which tables refer to each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.imports.departments import seed_departments
from domain.imports.operations import record
from domain.imports.report import Change, Outcome, TableReport
from domain.imports.settings import Settings
from domain.imports.tables import TABLES
from domain.orders.operations import rebuild_daily
from domain.rules.operations import apply_calendar, apply_settings
from gateways.feeds.grants import grant
from gateways.feeds.orders import apply_orders
from gateways.feeds.targets import apply_targets
from gateways.feeds.typed import Typed
from gateways.feeds.upsert import Written, upsert
from gateways.feeds.workbench import Workbench

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: who, when, and whether it is for good. `actor` is a pseudonym, `system` or `cli`."""

    now: datetime
    actor: str = "cli"
    surface: str = "cli"
    dry_run: bool = False
    progress: Progress = lambda _stage, _done, _total: None


def apply_tables(
    bench: Workbench, session: Session, typed: Mapping[str, Typed], checksums: Mapping[str, str], run: Run
) -> list[TableReport]:
    """Write the tables that have a checksum; the others stand as they are. Batches and events come last."""
    reports = []
    regrouped = False
    if "people" in checksums:
        seed_departments(session)
    for table in TABLES:
        if table.name not in typed:
            continue
        one = typed[table.name]
        report = TableReport(
            table.name, one.relation.source, one.rows, unchanged=one.rows, outcome=Outcome.UNCHANGED
        )
        if table.name in checksums:
            run.progress(f"apply:{table.name}", 0, one.rows)
            written = _apply(bench, session, one, run)
            regrouped |= written.regrouped
            report = _reported(report, written)
            run.progress(f"apply:{table.name}", one.rows, one.rows)
        reports.append(report)
    if regrouped and not run.dry_run:
        run.progress("rollups:orders", 0, 0)
        session.execute(text("SET LOCAL work_mem = '128MB'"))
        rebuild_daily(session)
    if not run.dry_run:
        for report in reports:
            if report.table in checksums:
                record(
                    session,
                    report,
                    checksums[report.table],
                    actor=run.actor,
                    surface=run.surface,
                    now=run.now,
                )
    return reports


def _reported(report: TableReport, written: Written) -> TableReport:
    new = written.new_rows or len(written.new)
    changed = written.changed_rows or len(written.changed - written.new)
    return replace(
        report,
        new=new,
        changed=changed,
        unchanged=max(0, written.rows - new - changed),
        outcome=Outcome.APPLIED if new or changed else Outcome.UNCHANGED,
    )


def _apply(bench: Workbench, session: Session, typed: Typed, run: Run) -> Written:
    if typed.table.name == "orders":
        return apply_orders(bench, session, typed, dry_run=run.dry_run, progress=run.progress)
    if typed.table.name == "targets":
        return apply_targets(bench, session, typed, source=typed.relation.source, now=run.now)
    written = upsert(bench, session, typed)
    if typed.table.name == "people":
        written.changed |= grant(session, typed) - written.new
    return written


def apply_company(session: Session, settings: Settings, run: Run) -> list[Change]:
    """Set what the settings files say and is not so yet."""
    changes = apply_settings(session, settings.values, actor=run.actor, now=run.now, surface=run.surface)
    if settings.days is not None:
        changes += apply_calendar(
            session,
            holidays=settings.days.holidays,
            workdays=settings.days.workdays,
            actor=run.actor,
            now=run.now,
            surface=run.surface,
        )
    return changes
