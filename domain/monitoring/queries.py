"""What the tables say about how the installation does. Instants are real ones unless said otherwise."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from domain.delivery.model import Gate, Heartbeat, OutboxRow
from domain.imports.model import ImportBatch
from domain.people.model import Person
from domain.rules.model import Slot

# A message that went nowhere is somebody's business for two days; after that it is history.
DEAD_FOR = timedelta(hours=48)
FAILED_FOR = timedelta(days=7)
WORKER_LIVES = timedelta(seconds=60)
WORKSPACE = "*"

_WORKERS = text("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > :since")
_FAILED_JOBS = text(
    "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1 ORDER BY 1"
)
_SCHEDULE_FAILED = text("""
SELECT schedule, due_at, note FROM (
  SELECT DISTINCT ON (schedule) schedule, due_at, note, state FROM slot
   WHERE state IN ('done', 'failed') AND due_at > :since ORDER BY schedule, due_at DESC, id DESC
) last WHERE state = 'failed' ORDER BY schedule
""")


@dataclass(frozen=True, slots=True)
class Backlog:
    """The outbox: what waits, what is in doubt, what went nowhere (count by reason), what is closed."""

    waiting: int
    oldest: datetime | None
    in_doubt: int
    dead: dict[str, int]
    closed: dict[str, str]  # channel, or * for the workspace, to Slack's code


@dataclass(frozen=True, slots=True)
class FailedRun:
    """The last run of a schedule, where it failed. `due_at` is of the business clock."""

    schedule: str
    due_at: datetime
    note: str


def backlog(session: Session, *, now: datetime, besides: str = "") -> Backlog:
    """The state of delivery; what went nowhere in the channel `besides` is left out."""
    closed = {
        row.channel: str(row.paused)
        for row in session.execute(select(Gate.channel, Gate.paused).where(Gate.paused.is_not(None)))
    }
    # Messages for a closed channel wait for a person: they are not late, the channel is what is wrong.
    waits = [OutboxRow.state.in_(("pending", "sending")), OutboxRow.channel.not_in(closed)]
    count, oldest = session.execute(select(func.count(), func.min(OutboxRow.created_at)).where(*waits)).one()
    in_doubt = session.scalar(select(func.count()).where(OutboxRow.state == "ambiguous")) or 0
    dead = session.execute(
        select(OutboxRow.reason, func.count())
        .where(OutboxRow.state == "dead", OutboxRow.created_at > now - DEAD_FOR, OutboxRow.channel != besides)
        .group_by(OutboxRow.reason)
        .order_by(func.count().desc(), OutboxRow.reason)
    )
    reasons: Counter[str] = Counter()
    for reason, rows in dead:
        reasons[reason or "unknown"] += rows
    return Backlog(count, oldest, in_doubt, dict(reasons), closed)


def heartbeats(session: Session) -> dict[str, datetime]:
    """When each part was last alive, by its name."""
    return {row.name: row.at for row in session.execute(select(Heartbeat.name, Heartbeat.at))}


def did_something(session: Session, *, after: datetime, before: datetime) -> bool:
    """Whether a worker has sent a message or finished a run between two instants."""
    sent = select(OutboxRow.id).where(OutboxRow.sent_at > after, OutboxRow.sent_at < before)
    ran = select(Slot.id).where(Slot.finished_at > after, Slot.finished_at < before)
    return bool(session.scalar(select(or_(sent.exists(), ran.exists()))))


def live_workers(session: Session, *, now: datetime) -> int:
    """Workers of the queue that gave a sign of life within the last minute."""
    return int(session.scalar(_WORKERS, {"since": now - WORKER_LIVES}) or 0)


def late_runs(session: Session, *, before: datetime) -> dict[str, datetime]:
    """Jobs with a run due before this instant of the business clock that has not begun: since when."""
    job = func.split_part(Slot.schedule, ":", 1)
    rows = session.execute(
        select(job, func.min(Slot.due_at))
        .where(Slot.state == "due", Slot.due_at < before)
        .group_by(job)
        .order_by(job)
    )
    return {str(name): at for name, at in rows}


def failed_runs(session: Session, *, now: datetime) -> list[FailedRun]:
    """Schedules whose last run failed within a week; `now` is of the business clock."""
    rows = session.execute(_SCHEDULE_FAILED, {"since": now - FAILED_FOR})
    return [FailedRun(row.schedule, row.due_at, row.note or "") for row in rows if row.due_at <= now]


def failed_jobs(session: Session) -> dict[str, int]:
    """Jobs the queue has given up, by task."""
    return {str(task): int(count) for task, count in session.execute(_FAILED_JOBS)}


def unmatched_people(session: Session, *, today: date) -> tuple[int, int]:
    """How many of the people who are here have no Slack user, and how many people there are."""
    here = or_(Person.left_on.is_(None), Person.left_on >= today)
    row = session.execute(
        select(func.count(), func.count().filter(Person.slack_user_id.is_(None))).where(here)
    ).one()
    return int(row[1]), int(row[0])


def last_import(session: Session) -> datetime | None:
    """When data last came in."""
    return session.scalar(select(func.max(ImportBatch.imported_at)))


def zones_of_people(session: Session) -> dict[str, int]:
    """Time zones of the people who have one of their own, with how many have it."""
    rows = session.execute(
        select(Person.timezone, func.count()).where(Person.timezone.is_not(None)).group_by(Person.timezone)
    )
    return {str(zone): int(count) for zone, count in rows}
