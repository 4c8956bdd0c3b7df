"""Channels chosen in a form: Slack sends their ids, and is asked for the rest before the transaction begins."""

from collections.abc import Mapping

import structlog
from slack_sdk.errors import SlackClientError

from bot import payloads
from bot.calls import SeenChannel
from bot.context import BotContext

log = structlog.get_logger("bot")


def seen_channels(context: BotContext, body: payloads.Body) -> Mapping[str, SeenChannel | None]:
    """The channels chosen in the form, by id; None for one that Slack does not show us."""
    return {id_: _seen(context, id_) for id_ in payloads.conversations(body)}


def _seen(context: BotContext, slack_id: str) -> SeenChannel | None:
    try:
        found = context.client.conversations_info(channel=slack_id, include_num_members=True)["channel"]
    except (SlackClientError, OSError) as refused:
        log.info("channel_not_seen", error=type(refused).__name__)
        return None
    return SeenChannel(slack_id, f"#{found['name']}", int(found.get("num_members") or 0))
