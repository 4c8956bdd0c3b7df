"""Asking Slack whether it has a message of ours already."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from gateways.delivery.sending import EVENT_TYPE
from gateways.delivery.take import Taken

# Slack's clock and ours may differ a little.
MARGIN = timedelta(seconds=2)
PAGE = 200
MOST_PAGES = 100


class HistoryTooLong(OSError):
    """More was said in the channel since then than can be read."""


def find(client: WebClient, taken: Taken, slack_channel: str) -> str | None:
    """The ts of the message with our key, None where it is certain that there is none.

    Raises the errors of CALL_ERRORS, HistoryTooLong among them.
    """
    assert taken.look_from is not None
    asked: dict[str, Any] = {
        "channel": slack_channel,
        "oldest": _ts(taken.look_from - MARGIN),
        "limit": PAGE,
        "include_all_metadata": True,
    }
    if taken.thread is None:
        return _search(client.conversations_history, asked, taken.key)
    # Replies are not part of the channel's history.
    return _search(client.conversations_replies, {**asked, "ts": taken.thread.ts}, taken.key)


def _search(call: Callable[..., Any], asked: dict[str, Any], key: str) -> str | None:
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        answer = call(**asked, **({"cursor": cursor} if cursor else {}))
        for message in answer.get("messages") or []:
            if _is_ours(message, key):
                return str(message["ts"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
    raise HistoryTooLong("history_too_long")


def _is_ours(message: dict[str, Any], key: str) -> bool:
    metadata = message.get("metadata") or {}
    return (
        metadata.get("event_type") == EVENT_TYPE
        and (metadata.get("event_payload") or {}).get("outbox") == key
    )


def _ts(at: datetime) -> str:
    return f"{at.timestamp():.6f}"
