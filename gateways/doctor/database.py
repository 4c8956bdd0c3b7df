"""What the database says: its version, delivery, clock, runs, people, history."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from domain.events.anchor import anchored
from domain.events.operations import broken_tail
from domain.monitoring import queries
from domain.monitoring.findings import Finding, failure, fine, warning
from domain.monitoring.operations import options
from domain.monitoring.queries import WORKSPACE
from domain.monitoring.signs import LATE
from domain.rules.company import Company
from gateways.database.versions import known_versions, newest_known
from gateways.readiness import BUSINESS, CLOCK, SILENT

TAIL = 1000
_VERSION = text("SELECT version_num FROM alembic_version")
_TABLE = text("SELECT to_regclass('alembic_version') IS NOT NULL")


def version_of(session: Session) -> str | None:
    """The migration the database is at; None where it was never migrated."""
    return session.scalar(_VERSION) if session.scalar(_TABLE) else None


def reachable(engine: Engine) -> Finding:
    """Whether the database answers, and is at the version this code needs."""
    try:
        with Session(engine) as session:
            return version(session)
    except SQLAlchemyError as away:
        return failure("database", "away", error=type(away).__name__)


def version(session: Session) -> Finding:
    """The newest migration, an older one, or one this code has never heard of."""
    at, newest = version_of(session), newest_known()
    if at is None:
        return failure("database", "empty", newest=newest)
    if at == newest:
        return fine("database", version=at)
    outcome = "behind" if at in known_versions() else "ahead"
    return failure("database", outcome, version=at, newest=newest)


def delivery(session: Session, *, now: datetime) -> Iterator[Finding]:
    """The outbox and its gates."""
    found = queries.backlog(session, now=now)
    for channel, code in sorted(found.closed.items()):
        if channel == WORKSPACE:
            yield failure("delivery", "token", code=code)
        else:
            yield warning("delivery", "closed", channel=channel, code=code)
    if found.oldest is not None and now - found.oldest > LATE:
        yield failure("delivery", "late", count=found.waiting, since=found.oldest)
    if found.in_doubt:
        yield warning("delivery", "in_doubt", count=found.in_doubt)
    if found.dead:
        reasons = tuple(f"{reason} × {count}" for reason, count in found.dead.items())
        yield warning("delivery", "dead", count=sum(found.dead.values()), reasons=reasons)
    if not (found.closed or found.in_doubt or found.dead):
        yield fine("delivery", waiting=found.waiting)


def alive(session: Session, *, now: datetime) -> Iterator[Finding]:
    """The clock and the queue's workers."""
    ticked = queries.heartbeats(session).get(CLOCK)
    if ticked is None:
        yield warning("clock", "never")
        return
    if now - ticked > SILENT:
        yield failure("clock", "silent", since=ticked)
        return
    yield fine("clock", seconds=max(0, round((now - ticked).total_seconds())))
    count = queries.live_workers(session, now=now)
    yield fine("workers", count=count) if count else failure("workers", "none")


def runs(session: Session, *, now: datetime, business_now: datetime) -> Iterator[Finding]:
    """Runs that are late or failed, and jobs the queue has given up."""
    beats = queries.heartbeats(session)
    ahead = now - beats[CLOCK] if CLOCK in beats else timedelta()
    by_the_clock = beats[BUSINESS] + ahead if BUSINESS in beats else business_now
    late = queries.late_runs(session, before=by_the_clock - LATE)
    failed = queries.failed_runs(session, now=by_the_clock)
    given_up = queries.failed_jobs(session)
    if late:
        yield failure("runs", "late", names=tuple(late), since=min(late.values()))
    if failed:
        yield warning("runs", "failed", names=tuple(run.schedule for run in failed))
    if given_up:
        names = tuple(f"{task} × {count}" for task, count in given_up.items())
        yield warning("runs", "given_up", names=names)
    if not (late or failed or given_up):
        yield fine("runs")


def zones(session: Session, company: Company) -> Iterator[Finding]:
    """Every time zone that is named: the company's, the schedules', people's."""
    named = {company.timezone: "company.timezone"}
    for job, settings in company.schedules.items():
        for where, zone in _zones_of(settings):
            named.setdefault(zone, f"schedules.{job}{where}")
    for zone, count in queries.zones_of_people(session).items():
        named.setdefault(zone, f"people ({count})")
    wrong = {zone: place for zone, place in named.items() if not known_zone(zone)}
    for zone, place in sorted(wrong.items()):
        yield failure("zones", "unknown", zone=zone, place=place)
    if not wrong:
        yield fine("zones", count=len(named))


def _zones_of(settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "timezone" in settings:
        yield ".timezone", str(settings["timezone"])
    for channel, own in dict(settings.get("channels") or {}).items():
        if isinstance(own, dict) and "timezone" in own:
            yield f".{channel}", str(own["timezone"])


def known_zone(name: str) -> bool:
    """Whether a name is one of the zones of the world."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def people(session: Session, company: Company, *, business_now: datetime) -> Finding:
    """How many of the company's people PartsPlan cannot find in Slack."""
    missing, everybody = queries.unmatched_people(session, today=company.today(business_now))
    if not everybody:
        return warning("people", "none")
    if missing:
        return warning("people", "unmatched", count=missing, everybody=everybody)
    return fine("people", count=everybody)


def data(session: Session, *, business_now: datetime) -> Finding:
    """When data came in last, and whether that is too long ago by `operations.stale_after_hours`."""
    last, hours = queries.last_import(session), options(session).get("stale_after_hours")
    if last is None:
        return warning("data", "none")
    if isinstance(hours, int) and hours > 0 and business_now - last > timedelta(hours=hours):
        return warning("data", "stale", at=last, hours=hours)
    return fine("data", at=last)


def history(session: Session) -> Finding:
    """The newest rows of the history of changes."""
    broken = broken_tail(session, TAIL)
    if broken:
        return failure("history", "broken", rows=tuple(map(str, broken[:10])))
    last = anchored(session)
    return fine("history", count=min(last.seq, TAIL), head=f"{last.seq}:{last.hash[:12]}…")


def operations_channel(company: Company) -> Finding:
    """Whether there is somebody to be told when something breaks."""
    channel = company.channels.get("operations")
    return fine("operations", channel=channel) if channel else warning("operations", "missing")
