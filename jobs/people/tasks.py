"""`match_people`: who of the company is who in Slack, when a worker starts and every night."""

from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.people.model import Person
from domain.people.operations import link_slack_user
from domain.rules.company import load_company
from domain.rules.slots import Schedule
from gateways.slack import web_client
from jobs.registry import Job, JobContext

NAME = "match_people"
NIGHTLY = time(3, 30)
PAGE = 500


def schedules(session: Session) -> Sequence[Schedule]:
    """Every night in the company's zone."""
    return (Schedule(NAME, (NIGHTLY,), load_company(session).timezone, max_age=timedelta(hours=20)),)


def run(context: JobContext) -> None:
    """Link by e-mail, note languages, zones and who has been deactivated; each change is an event."""
    linked = 0
    for page in member_pages(web_client(context.environment)):
        with context.unit_of_work() as session:
            emails = _known_emails(session, page)
            linked += sum(_link(session, member, emails, context) for member in page)
    context.note = f"linked:{linked}"


def member_pages(client: WebClient) -> Iterator[list[dict[str, Any]]]:
    """The workspace's people, page by page; no bots. Raises SlackApiError, OSError."""
    cursor: str | None = None
    while True:
        answer = client.users_list(limit=PAGE, include_locale=True, cursor=cursor)
        yield [member for member in answer["members"] if _is_person(member)]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return


def _is_person(member: dict[str, Any]) -> bool:
    return not member.get("is_bot") and member.get("id") != "USLACKBOT"


def _known_emails(session: Session, page: list[dict[str, Any]]) -> dict[str, str]:
    """E-mails of those on the page who are linked: Slack hides the address of who has been deactivated."""
    ids = [str(member["id"]) for member in page]
    rows = session.execute(
        select(Person.slack_user_id, func.lower(Person.email)).where(Person.slack_user_id.in_(ids))
    )
    return {str(row[0]): str(row[1]) for row in rows}


def _link(session: Session, member: dict[str, Any], known: dict[str, str], context: JobContext) -> bool:
    """Whether the member is linked now. Somebody who is gone is not linked anew."""
    gone = bool(member.get("deleted"))
    slack_id = str(member["id"])
    email = known.get(slack_id) or ("" if gone else str((member.get("profile") or {}).get("email") or ""))
    if not email:
        return False
    return link_slack_user(
        session,
        slack_user_id=slack_id,
        email=email,
        locale=member.get("locale"),
        timezone=member.get("tz"),
        now=context.now,
        deactivated=gone,
    )


MATCH_PEOPLE = Job(NAME, run, schedules, description_key=NAME, feature="people", at_start=True)
