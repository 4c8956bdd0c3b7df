"""`history_head`: once a day the whole history of changes is proved, and its last hash put where it stays."""

from collections.abc import Sequence
from datetime import time, timedelta

from sqlalchemy.orm import Session

from domain.events.anchor import anchored
from domain.events.operations import broken_links
from domain.rules.company import load_company
from domain.rules.slots import Schedule
from jobs.registry import Job, JobContext
from templates.operations.history.layout import HistoryHead, build

NAME = "history_head"
EARLY = time(5, 30)


def schedules(session: Session) -> Sequence[Schedule]:
    """Every night in the company's zone."""
    return (Schedule(NAME, (EARLY,), load_company(session).timezone, max_age=timedelta(hours=18)),)


def run(context: JobContext) -> None:
    """One line in the operations channel; with none set, the proof is in the log and in `partsplan jobs`."""
    with context.read_only() as session:
        last = anchored(session)
        broken = tuple(broken_links(session))
        company = load_company(session)
    if broken:
        context.log.error("history_changed", rows=list(broken[:20]))
    context.note = f"broken:{len(broken)}" if broken else f"verified:{last.seq}"
    channel = company.channels.get("operations")
    if channel is None:
        return
    message = build(HistoryHead(str(last), broken), locale=company.locale)
    with context.unit_of_work() as session:
        context.post(
            session,
            key="head",
            channel=channel,
            thing=f"{NAME}:{context.slot.local_date.isoformat()}",
            payload={"text": message.text, "blocks": message.blocks},
            lives=timedelta(days=7),
        )


HISTORY_HEAD = Job(NAME, run, schedules, description_key=NAME, feature="monitoring")
