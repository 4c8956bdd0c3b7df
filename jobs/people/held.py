"""`held_messages`: what came at a bad hour is told when somebody's quiet hours end, once and together."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.delivery.held import Held, held_for, let_go, thing_of_held, waiting_people
from domain.names import Locale
from domain.people.manners import Manners, ends_of_quiet, manners_of, sells
from domain.people.views import Kind
from domain.rules.company import Company, load_company
from domain.rules.hours import hours_of
from domain.rules.slots import Schedule
from domain.targets.places import DAILY_PROGRESS
from jobs.registry import Job, JobContext
from templates.people.held import layout

NAME = "held_messages"
MAX_AGE = timedelta(hours=8)
# Long enough for Slack to be down over a weekend.
LIVES = timedelta(days=7)


def schedules(session: Session) -> Sequence[Schedule]:
    """One per time zone, at every hour at which quiet hours end there, on working days."""
    company = load_company(session)
    return [
        Schedule(f"{NAME}:{zone}", tuple(sorted(ends)), zone, company.calendar.is_working, MAX_AGE)
        for zone, ends in sorted(ends_of_quiet(session, company).items())
    ]


def run(context: JobContext) -> None:
    """Tell those of one zone who may be told now; whose digest comes today hears of it there."""
    with context.read_only() as session:
        people = waiting_people(session)
    for person_id in people:
        with context.unit_of_work() as session:
            company = load_company(session)
            reader = manners_of(session, company, person_id, today=company.today(context.now))
            if reader is not None and reader.timezone == context.slot.zone:
                _tell(context, session, company, reader)


def _tell(context: JobContext, session: Session, company: Company, reader: Manners) -> None:
    now = context.clock()
    if _has_digest_later(session, company, reader, now):
        return
    messages = tuple(
        message
        for message in held_for(session, reader.person_id)
        if reader.silence(message.kind, now, company.calendar) is None
    )
    if not messages:
        return
    context.post(
        session,
        key=f"held:{reader.person_id}",
        channel=reader.slack_user_id,
        thing=thing_of_held(reader.person_id, context.slot.local_date),
        payload=payload_of(messages, reader.locale),
        lives=LIVES,
    )
    let_go(session, reader.person_id, messages)


def _has_digest_later(session: Session, company: Company, reader: Manners, now: datetime) -> bool:
    """Whether their own numbers come later today: that message tells the rest as well."""
    usual, local = hours_of(company, DAILY_PROGRESS), reader.local(now)
    if not usual.enabled or local.weekday() not in usual.days:
        return False
    if reader.is_snoozed(Kind.DAILY_PROGRESS, local.date()) or reader.hour(usual.at) < local.time():
        return False
    return sells(session, reader.person_id, today=local.date())


def payload_of(messages: tuple[Held, ...], locale: Locale) -> dict[str, Any]:
    """The message as it was, or several as one."""
    if len(messages) == 1:
        return messages[0].payload
    made = layout.build(layout.Waited(tuple(layout.readable(m.payload) for m in messages)), locale=locale)
    return {"text": made.text, "blocks": made.blocks}


HELD_MESSAGES = Job(NAME, run, schedules, description_key=NAME, max_age=MAX_AGE, feature="people")
