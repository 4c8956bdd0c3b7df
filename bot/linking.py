"""Somebody new writes: find them among the company's people by their e-mail, once."""

import time

import structlog
from slack_sdk.errors import SlackClientError

from bot.context import BotContext
from domain.people.operations import link_slack_user
from gateways.database.unit_of_work import unit_of_work

log = structlog.get_logger("bot")
ASK_AGAIN_SECONDS = 60.0


def link_stranger(context: BotContext, slack_user_id: str) -> bool:
    """Whether the user could be linked to a person. Slack is asked at most once a minute for each."""
    if not slack_user_id or time.monotonic() < context.strangers.get(slack_user_id, 0.0):
        return False
    context.strangers[slack_user_id] = time.monotonic() + ASK_AGAIN_SECONDS
    try:
        user = context.client.users_info(user=slack_user_id, include_locale=True)["user"]
    except (SlackClientError, OSError) as refused:
        log.warning("users_info_failed", error=type(refused).__name__)
        return False
    email = (user.get("profile") or {}).get("email")
    if not email or user.get("deleted"):
        return False
    with unit_of_work(context.engine) as session:
        return link_slack_user(
            session,
            slack_user_id=slack_user_id,
            email=email,
            locale=user.get("locale"),
            timezone=user.get("tz"),
            now=context.clock(),
        )
