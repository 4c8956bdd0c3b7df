"""`monitoring`: every minute a look at what is wrong; the operations channel hears of it, and of its end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from domain.monitoring.model import TroubleRow
from domain.monitoring.operations import is_ours, note, options
from domain.monitoring.queries import heartbeats
from domain.monitoring.signs import Look, signs
from domain.monitoring.troubles import Kind, Step
from domain.rules.company import Company, load_company
from domain.rules.model import Slot
from domain.rules.slots import Schedule
from gateways.clock import real_now
from gateways.database.versions import newest_known
from gateways.doctor.database import version_of
from jobs.clock import beat
from jobs.registry import Job, JobContext
from templates.operations.trouble.layout import TroubleView, build

NAME = "monitoring"
EVERY = timedelta(minutes=1)
LATEST = timedelta(minutes=5)
LIVES = timedelta(days=7)
# A line a minute is no history worth keeping.
KEPT = timedelta(hours=24)


def schedules(_: Session) -> Sequence[Schedule]:
    """Every minute, whatever the company's calendar says."""
    return (Schedule(NAME, every=EVERY, max_age=LATEST),)


def run(context: JobContext) -> None:
    """Look, remember, and write what the channel has to hear of, in one transaction."""
    now = real_now()
    with context.unit_of_work() as session:
        if not is_ours(session):
            context.note = "somebody_else_looks"
            return
        company = load_company(session)
        look = Look(
            now=now,
            business_now=context.clock(),
            last=heartbeats(session).get(NAME),
            version=version_of(session) or "",
            newest=newest_known(),
        )
        found = signs(session, company, options(session), look)
        for row, step in note(session, found, now=now):
            _tell(context, session, company, row, step)
        beat(session, NAME, now)
        _forget(session, context.clock())
    context.note = f"troubles:{len(found)}"


def _tell(context: JobContext, session: Session, company: Company, row: TroubleRow, step: Step) -> None:
    context.log.warning("trouble", kind=row.kind, subject=row.subject, state=row.state)
    channel = company.channels.get("operations")
    if channel is None:
        return
    if step is Step.REPOST:
        _say(context, session, company, row, channel, moved=True)
    _say(context, session, company, row, channel)


def _say(
    context: JobContext,
    session: Session,
    company: Company,
    row: TroubleRow,
    channel: str,
    *,
    moved: bool = False,
) -> None:
    """The message of this edition; `moved`: the one before it, which points to this one."""
    view = TroubleView(
        Kind(row.kind), row.subject, row.began_at, row.facts, row.ended_at, row.times, moved=moved
    )
    message = build(
        view,
        locale=company.locale,
        today=company.today(context.clock()),
        timezone=company.timezone,
        channel=channel,
    )
    context.post(
        session,
        key=f"{row.id}:{row.revision}{':moved' if moved else ''}",
        channel=channel,
        thing=f"trouble:{row.id}:{row.edition - moved}",
        payload={"text": message.text, "blocks": message.blocks},
        lives=LIVES,
    )


def _forget(session: Session, business_now: datetime) -> None:
    session.execute(
        delete(Slot).where(
            Slot.schedule == NAME, Slot.state.in_(("done", "skipped")), Slot.due_at < business_now - KEPT
        )
    )


MONITORING = Job(NAME, run, schedules, description_key=NAME, max_age=LATEST, feature="monitoring")
