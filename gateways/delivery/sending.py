"""From a claimed message to the arguments of a call."""

import uuid
from typing import Any

from slack_sdk import WebClient

from gateways.delivery.outcomes import Sent
from gateways.delivery.take import REMOVED, RICH_REMOVED, Taken

EVENT_TYPE = "partsplan_outbox"
NAMESPACE = uuid.UUID("6f1e7b1a-3c55-5c0e-9d0c-2f7f6d3f6a10")
# What an older client or workspace may not show, or Slack may not be able to fetch.
RICH = frozenset({"table", "data_table", "data_visualization", "image", "carousel", "card", "video"})
LONGEST_EDIT = 3900  # chat.update refuses texts over 4,000


def client_msg_id(key: str) -> str:
    """The same for every attempt of a message; harmless where Slack ignores it."""
    return str(uuid.uuid5(NAMESPACE, key))


def blocks_of(payload: dict[str, Any], fewer: str | None) -> list[dict[str, Any]]:
    """The blocks to send after Slack has refused some of them before."""
    blocks: list[dict[str, Any]] = payload.get("blocks") or []
    if fewer == REMOVED:
        return []
    return [block for block in blocks if not is_rich(block)] if fewer == RICH_REMOVED else blocks


def is_rich(block: dict[str, Any]) -> bool:
    """Whether a block is, or holds, one of the kinds that may be refused."""
    inner = block.get("child_blocks") or []
    return block.get("type") in RICH or any(is_rich(child) for child in inner)


def next_fewer(payload: dict[str, Any], fewer: str | None) -> str | None:
    """What to leave out after a refusal; None where nothing is left to leave out."""
    blocks = blocks_of(payload, fewer)
    if not blocks:
        return None
    return RICH_REMOVED if fewer is None and any(map(is_rich, blocks)) else REMOVED


def send(client: WebClient, taken: Taken, slack_channel: str) -> Sent:
    """Post or edit. Raises the errors of CALL_ERRORS."""
    payload = taken.payload
    blocks = blocks_of(payload, taken.fewer)
    if taken.edits is not None:
        text = str(payload["text"])
        answer = client.chat_update(
            channel=taken.edits.slack_channel,
            ts=taken.edits.ts,
            text=text if len(text) <= LONGEST_EDIT else text[: LONGEST_EDIT - 1] + "…",
            blocks=blocks or [],
        )
        return Sent(taken.edits.slack_channel, str(answer.get("ts") or taken.edits.ts), edited=True)
    answer = client.chat_postMessage(
        channel=slack_channel,
        text=payload["text"],
        blocks=blocks or None,
        thread_ts=taken.thread.ts if taken.thread else None,
        reply_broadcast=bool(payload.get("reply_broadcast")) or None,
        unfurl_links=False,
        unfurl_media=False,
        metadata={"event_type": EVENT_TYPE, "event_payload": {"outbox": taken.key}},
        client_msg_id=client_msg_id(taken.key),
    )
    return Sent(str(answer.get("channel") or slack_channel), str(answer["ts"]))
