"""`match_people`: who of the company is who in Slack, when a worker starts and every night."""

from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from typing import Any

from slack_sdk import WebClient
from sqlalchemy.orm import Session

from domain.people.membership import take
from domain.rules.company import load_company
from domain.rules.slots import Schedule
from gateways.slack import member_of, web_client
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
    client = web_client(context.environment)
    team_id = str(client.auth_test()["team_id"])
    for page in member_pages(client):
        with context.unit_of_work() as session:
            linked += sum(_take(session, user, team_id, context) for user in page)
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


def _take(session: Session, user: dict[str, Any], team_id: str, context: JobContext) -> bool:
    """Whether the member is linked to somebody."""
    member = member_of(user, team_id)
    return member is not None and take(session, member, now=context.now)


MATCH_PEOPLE = Job(NAME, run, schedules, description_key=NAME, feature="people", at_start=True)
