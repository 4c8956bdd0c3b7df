"""An import from end to end: read, judge everything, then write everything or nothing.

`import_folder` takes an ERP's export and a mapping, `import_sheets` what people's spreadsheets were read as,
`import_settings` a settings file alone. Each is one transaction under one lock, and ends in a report.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import psycopg
from sqlalchemy import Engine, select
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from domain.imports.operations import begin, latest_checksum
from domain.imports.problems import Problem, Reason
from domain.imports.report import ImportReport, Outcome, TableReport
from domain.imports.settings import Settings
from domain.imports.tables import BY_NAME, TABLES
from domain.rules.company import Company
from domain.rules.model import Setting
from gateways.clock import Clock
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.feeds.applying import Progress, Run, apply_company, apply_tables
from gateways.feeds.checksum import checksum
from gateways.feeds.erased import leave_out_erased
from gateways.feeds.extract import Relation, failed, from_mapping, from_sheets
from gateways.feeds.judge import (
    References,
    Verdict,
    judge_cells,
    judge_keys,
    judge_references,
    judge_taken,
)
from gateways.feeds.mapping import read_mapping
from gateways.feeds.settings_file import load, settings_files
from gateways.feeds.typed import Typed, read
from gateways.feeds.workbench import MEMORY, Workbench, open_workbench
from gateways.spreadsheets.sheet import Sheet


def silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class _Work:
    """What a run has found so far."""

    engine: Engine
    run: Run
    settings: Settings
    source: Path | None = None
    readmits: bool = False
    verdict: Verdict = field(default_factory=Verdict)
    relations: list[Relation] = field(default_factory=list)
    typed: dict[str, Typed] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    left_out: list[TableReport] = field(default_factory=list)


def import_folder(
    engine: Engine,
    source: Path,
    mapping: Path,
    *,
    clock: Clock,
    dry_run: bool = False,
    progress: Progress = silent,
    actor: str = "cli",
    surface: str = "cli",
    memory: str = MEMORY,
    readmits: bool = False,
) -> ImportReport:
    """Import an export folder through the SQL files of a mapping folder, settings files of both included.

    `progress(stage, done, total)` hears of stages like `read:orders`, `copy:orders`; total 0: not known.
    `memory` is DuckDB's share. Nothing is written where the report has problems, or on a dry run. People who
    were erased stay so unless `readmits`.
    """
    run = Run(clock(), actor, surface, dry_run, progress)
    settings, wrong = load(settings_files(source, mapping), run.now)
    work = _Work(engine, run, settings, source, readmits)
    work.verdict.add(wrong)
    mapped, wrong = read_mapping(mapping, source)
    work.verdict.add(wrong)
    with open_workbench(source, memory=memory) as bench:
        for one in mapped:
            if one.missing:
                note = ", ".join(one.missing)
                work.left_out.append(TableReport(one.table, one.file, outcome=Outcome.LEFT_OUT, note=note))
                continue
            relation, wrong = from_mapping(bench, one, source)
            _take(work, one.table, relation, wrong)
        return _finish(bench, work)


def import_sheets(
    engine: Engine,
    sheets: Sequence[Sheet],
    *,
    clock: Clock,
    dry_run: bool = False,
    progress: Progress = silent,
    actor: str = "cli",
    surface: str = "cli",
    readmits: bool = False,
) -> ImportReport:
    """Import spreadsheets that have been read, all of them or none; the readers' problems count.

    Sheets of the same table are one content. A sheet whose table is not known must have a problem that says
    so.
    """
    work = _Work(engine, Run(clock(), actor, surface, dry_run, progress), Settings(), readmits=readmits)
    for sheet in sheets:
        work.verdict.add(sheet.problems)
        work.verdict.more.update(sheet.more)
    with open_workbench(None) as bench:
        for table in TABLES:
            of_table = [sheet for sheet in sheets if sheet.table == table.name and sheet.columns]
            if of_table:
                _take(work, table.name, *from_sheets(bench, table, of_table))
        return _finish(bench, work)


def import_settings(
    engine: Engine,
    *paths: Path,
    clock: Clock,
    dry_run: bool = False,
    actor: str = "cli",
    surface: str = "cli",
) -> ImportReport:
    """Import settings files alone; a later one wins."""
    run = Run(clock(), actor, surface, dry_run)
    settings, wrong = load(paths, run.now)
    if wrong:
        return ImportReport(problems=tuple(wrong), dry_run=dry_run)
    with _transaction(engine, dry_run) as session:
        begin(session)
        changes = apply_company(session, settings, run)
    return ImportReport(settings=tuple(changes), dry_run=dry_run)


def _take(work: _Work, table: str, relation: Relation | None, wrong: list[Problem]) -> None:
    """Keep a relation, even one with wrong columns: the rest of it is judged all the same."""
    work.verdict.add(wrong)
    if relation is not None:
        work.relations.append(relation)
    if relation is None or not set(BY_NAME[table].key) <= relation.present | _optional_key(table):
        work.broken.add(table)


def _optional_key(table: str) -> set[str]:
    described = BY_NAME[table]
    return {column for column in described.key if not described.column(column).required}


@contextmanager
def _transaction(engine: Engine, dry_run: bool) -> Iterator[Session]:
    """A unit of work; one that ends in nothing on a dry run."""
    if not dry_run:
        with unit_of_work(engine) as session:
            yield session
        return
    with Session(engine, autoflush=False) as session:
        yield session
        session.rollback()


def _currency(work: _Work) -> str:
    """What an empty currency means: the company's, as of after this run."""
    if "company.currency" in work.settings.values:
        return str(work.settings.values["company.currency"])
    with read_only(work.engine) as session:
        stored = session.scalar(select(Setting.value).where(Setting.key == "company.currency"))
    return str(stored or Company().currency)


def _finish(bench: Workbench, work: _Work) -> ImportReport:
    currency = _currency(work)
    for relation in work.relations:
        name = relation.table.name
        work.run.progress(f"read:{name}", 0, 0)
        try:
            work.typed[name] = read(bench, relation, currency)
        except duckdb.Error as refused:
            work.broken.add(name)
            work.verdict.add([failed(relation.source, str(refused), work.source or bench.folder)])
        else:
            work.run.progress(f"judge:{name}", 0, work.typed[name].rows)
            judge_cells(bench, work.typed[name], work.verdict)
    with _transaction(work.engine, work.run.dry_run) as session:
        begin(session)
        work.typed = leave_out_erased(bench, session, work.typed, work.run, readmits=work.readmits)
        checksums = _judge_rows(bench, session, work)
        if work.verdict.problems:
            return _refused(work)
        try:
            return _apply(bench, session, work, checksums)
        except (DataError, psycopg.DataError) as error:
            session.rollback()
            work.verdict.add([_out_of_range(error, work)])
            return _refused(work)


def _judge_rows(bench: Workbench, session: Session, work: _Work) -> dict[str, str]:
    """Keys and references of what is new; checksums of the tables that are not as last applied."""
    checksums = {}
    references = References(bench, session, work.typed, frozenset(work.broken))
    for name, typed in work.typed.items():
        content = checksum(bench, typed)
        if content == latest_checksum(session, name) and not work.verdict.problems:
            continue
        checksums[name] = content
        if name not in work.broken:
            judge_keys(bench, typed, work.verdict)
        judge_references(references, typed, work.verdict)
        judge_taken(bench, session, typed, work.verdict)
    return checksums


def _apply(bench: Workbench, session: Session, work: _Work, checksums: dict[str, str]) -> ImportReport:
    tables = apply_tables(bench, session, work.typed, checksums, work.run)
    changes = apply_company(session, work.settings, work.run)
    return ImportReport((*tables, *work.left_out), tuple(changes), dry_run=work.run.dry_run)


def _refused(work: _Work) -> ImportReport:
    """Everything wrong, once: a reader and the judge may both have seen a cell."""
    seen: set[tuple[str, int, str]] = set()
    problems = []
    for problem in work.verdict.problems:
        cell = (problem.file, problem.row, problem.column)
        if problem.row and problem.column and cell in seen:
            continue
        seen.add(cell)
        problems.append(problem)
    reports = [
        TableReport(t.table.name, t.relation.source, t.rows, outcome=Outcome.REFUSED)
        for t in work.typed.values()
    ]
    return ImportReport(
        (*reports, *work.left_out), (), tuple(problems), Counter(work.verdict.more), work.run.dry_run
    )


def _out_of_range(error: DataError | psycopg.DataError, work: _Work) -> Problem:
    """What only the database sees: a sum that does not fit, a character no text can hold. Raises what is
    neither.
    """
    original = error.orig if isinstance(error, DataError) else error
    state = getattr(original, "sqlstate", "")
    reason = {"22003": Reason.TOO_BIG, "22021": Reason.UNKNOWN_ENCODING}.get(state)
    if reason is None:
        raise error
    source = ", ".join(typed.relation.source for typed in work.typed.values())
    return Problem(source, reason)
