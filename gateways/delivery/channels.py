"""Slack's id of where a message goes: names by the list of channels, people by their direct message.

What was found is kept in `slack_channel`; a name that is not there makes the list be read again, at most
twice a minute.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.delivery.model import SlackChannel
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery.gates import LISTING, reserve
from gateways.delivery.outcomes import ChannelGone, NotReached, status_and_code

USER = re.compile(r"[UW][A-Z0-9]{4,}")
LISTED_EVERY = 30.0
PAGE = 1000
PUBLIC, ALL = "public_channel", "public_channel,private_channel"


def resolve(engine: Engine, client: WebClient, name: str, *, now: datetime) -> str | ChannelGone | NotReached:
    """The Slack id for an outbox row's channel. Raises the errors of CALL_ERRORS.

    NotReached: the list was read a moment ago by somebody else, ask again later.
    """
    is_name, is_user = name.startswith("#"), USER.fullmatch(name) is not None
    if not is_name and not is_user:
        return name
    name = name.lower() if is_name else name
    known = cached(engine, name)
    if known is not None:
        return known
    return _open_direct(engine, client, name, now) if is_user else _look_up(engine, client, name, now)


def cached(engine: Engine, name: str) -> str | None:
    """The id as last seen."""
    with read_only(engine) as session:
        return session.scalar(select(SlackChannel.slack_id).where(SlackChannel.name == name))


def forget(session: Session, name: str) -> bool:
    """Drop what is known of a name, since it led nowhere; whether there was anything."""
    return (
        session.scalar(delete(SlackChannel).where(SlackChannel.name == name).returning(SlackChannel.name))
        is not None
    )


def remember(session: Session, found: dict[str, str], *, now: datetime) -> None:
    """Keep ids by name; a channel that was renamed is known by its new name only."""
    if not found:
        return
    session.execute(
        delete(SlackChannel).where(
            or_(SlackChannel.slack_id.in_(found.values()), SlackChannel.name.in_(found))
        )
    )
    session.execute(
        insert(SlackChannel)
        .values(
            [{"name": name, "slack_id": slack_id, "seen_at": now} for name, slack_id in sorted(found.items())]
        )
        .on_conflict_do_nothing()
    )


def _open_direct(engine: Engine, client: WebClient, user: str, now: datetime) -> str:
    answer = client.conversations_open(users=user)
    slack_id = str(answer["channel"]["id"])
    with unit_of_work(engine) as session:
        remember(session, {user: slack_id}, now=now)
    return slack_id


def _look_up(engine: Engine, client: WebClient, name: str, now: datetime) -> str | ChannelGone | NotReached:
    with unit_of_work(engine) as session:
        later = reserve(session, LISTING, now=now, interval=LISTED_EVERY, burst=1)
    if later is not None:
        return NotReached("channels_listed_just_now")
    found = {f"#{channel['name']}": str(channel["id"]) for channel in _listed(client)}
    with unit_of_work(engine) as session:
        remember(session, found, now=now)
    return found.get(name) or ChannelGone("channel_not_found")


def _listed(client: WebClient) -> Iterator[dict[str, Any]]:
    """Every channel the bot may see; only the public ones where it may not list the others."""
    try:
        yield from _pages(client, ALL)
    except SlackApiError as error:
        if status_and_code(error)[1] != "missing_scope":
            raise
        yield from _pages(client, PUBLIC)


def _pages(client: WebClient, types: str) -> Iterator[dict[str, Any]]:
    cursor: str | None = None
    while True:
        answer = client.conversations_list(types=types, limit=PAGE, cursor=cursor or None)
        yield from answer.get("channels") or []
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
