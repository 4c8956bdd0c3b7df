"""`welcome`: the first message after installing, once, to the admins or else to the workspace's owner."""

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from domain.delivery.operations import is_known
from domain.names import Locale, negotiate
from domain.orders.model import OrderLine
from domain.rules.company import load_company
from gateways.clock import real_now
from gateways.delivery.notice import admins
from gateways.delivery.outbox import enqueue
from gateways.slack import web_client
from jobs.people.tasks import member_pages
from jobs.registry import Job, JobContext
from templates.people.welcome import layout

NAME = "welcome"
ONCE = "welcome:installation"


def run(context: JobContext) -> None:
    """Say it unless it has been said; with nobody to say it to, the next start tries again."""
    with context.read_only() as session:
        if is_known(session, ONCE):
            context.note = "said_before"
            return
        readers = admins(session, now=context.now)
    readers = readers or _owner(context)
    with context.unit_of_work() as session:
        for number, (user, locale) in enumerate(readers):
            # The first row's key is the mark that it has been said.
            _say(session, ONCE if number == 0 else f"{ONCE}:{user}", user, locale)
    context.note = f"posted:{len(readers)}"


def _say(session: Session, key: str, user: str, locale: Locale) -> None:
    company = load_company(session)
    has_data = bool(session.scalar(select(exists(select(OrderLine.id)))))
    view = layout.Welcome(has_channels=bool(company.channels), has_data=has_data)
    message = layout.build(view, locale=locale)
    enqueue(
        session,
        key=key,
        channel=user,
        thing=NAME,
        payload={"text": message.text, "blocks": message.blocks},
        feature="people",
        now=real_now(),
    )


def _owner(context: JobContext) -> list[tuple[str, Locale]]:
    """The workspace's primary owner."""
    for page in member_pages(web_client(context.environment)):
        for member in page:
            if member.get("is_primary_owner") and not member.get("deleted"):
                return [(str(member["id"]), _locale(member))]
    return []


def _locale(member: dict[str, Any]) -> Locale:
    return negotiate(member.get("locale")) or Locale.EN


WELCOME = Job(NAME, run, description_key=NAME, feature="people", at_start=True)
