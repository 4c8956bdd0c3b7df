"""Somebody new writes: find them among the company's people by their e-mail, once."""

import time

import structlog
from slack_sdk.errors import SlackClientError

from bot.context import BotContext
from domain.people.membership import take
from gateways.database.unit_of_work import unit_of_work
from gateways.slack import member_of

log = structlog.get_logger("bot")
ASK_AGAIN_SECONDS = 60.0
MOST_STRANGERS = 10_000


def link_stranger(context: BotContext, slack_user_id: str, team_id: str | None) -> bool:
    """Whether the user could be linked to a person. Slack is asked at most once a minute for each."""
    if not slack_user_id or time.monotonic() < context.strangers.get(slack_user_id, 0.0):
        return False
    if len(context.strangers) >= MOST_STRANGERS:
        context.strangers.clear()
    context.strangers[slack_user_id] = time.monotonic() + ASK_AGAIN_SECONDS
    try:
        user = context.client.users_info(user=slack_user_id, include_locale=True)["user"]
    except (SlackClientError, OSError) as refused:
        log.warning("users_info_failed", error=type(refused).__name__)
        return False
    member = member_of(user, team_id)
    if member is None or not member.active or not member.email:
        return False
    with unit_of_work(context.engine) as session:
        return take(session, member, now=context.clock())
