"""What is wrong right now, as signs of troubles. Looked for every minute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.monitoring import queries
from domain.monitoring.queries import WORKSPACE, Backlog
from domain.monitoring.troubles import Kind, Sign
from domain.rules.company import Company

LATE = timedelta(minutes=5)
SILENT = timedelta(minutes=3)
MARGIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Look:
    """One look: the real time and the business clock's, when the last one was, and the versions."""

    now: datetime
    business_now: datetime
    last: datetime | None
    version: str
    newest: str


def signs(session: Session, company: Company, options: dict[str, Any], look: Look) -> list[Sign]:
    """Everything that is wrong. `options` are the settings `operations.*`."""
    delivery = queries.backlog(session, now=look.now, besides=company.channels.get("operations", ""))
    return [
        *_installation(session, look),
        *_delivery(delivery),
        *_runs(session, look),
        *_data(session, options, look),
        *_workers(session, options, look),
    ]


def _installation(session: Session, look: Look) -> Iterator[Sign]:
    if look.version != look.newest:
        yield Sign(Kind.DATABASE_VERSION, facts={"version": look.version, "newest": look.newest})
    if look.last is None or look.now - look.last <= SILENT:
        return
    # A look that only waited for its turn is no outage: others have worked meanwhile.
    if not queries.did_something(session, after=look.last + MARGIN, before=look.now - MARGIN):
        yield Sign(Kind.OUTAGE, facts={"from_at": look.last.isoformat()}, began=look.last)


def _delivery(found: Backlog) -> Iterator[Sign]:
    for channel, code in sorted(found.closed.items()):
        if channel == WORKSPACE:
            yield Sign(Kind.TOKEN, facts={"code": code})
        else:
            yield Sign(Kind.CHANNEL_CLOSED, channel, {"code": code})
    if found.dead:
        yield Sign(
            Kind.DEAD_LETTERS,
            facts={
                "count": sum(found.dead.values()),
                "reasons": [[reason, count] for reason, count in sorted(found.dead.items())],
            },
        )
    if found.in_doubt:
        yield Sign(Kind.IN_DOUBT, facts={"count": found.in_doubt})


def _runs(session: Session, look: Look) -> Iterator[Sign]:
    for job, since in queries.late_runs(session, before=look.business_now - LATE).items():
        yield Sign(Kind.SLOT_LATE, job, {"due_at": since.isoformat()})
    for run in queries.failed_runs(session, now=look.business_now):
        yield Sign(Kind.SLOT_FAILED, run.schedule, {"due_at": run.due_at.isoformat(), "note": run.note})


def _data(session: Session, options: dict[str, Any], look: Look) -> Iterator[Sign]:
    hours = _whole(options.get("stale_after_hours"))
    last = queries.last_import(session)
    if hours and last is not None and look.business_now - last > timedelta(hours=hours):
        yield Sign(Kind.DATA_STALE, facts={"last_at": last.isoformat(), "hours": hours})


def _workers(session: Session, options: dict[str, Any], look: Look) -> Iterator[Sign]:
    wanted = _whole(options.get("workers"))
    alive = queries.live_workers(session, now=look.now)
    if wanted and alive < wanted:
        yield Sign(Kind.WORKERS, facts={"alive": alive, "wanted": wanted})


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
