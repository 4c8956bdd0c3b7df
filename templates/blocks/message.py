"""What a layout makes: a message or a view."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from templates import text as texts
from templates.blocks import limits
from templates.blocks.limits import Block, plain, within

View = dict[str, Any]
# Blocks that some workspaces refuse; a message must still say its point without them.
NEW = ("table", "data_table", "data_visualization", "container", "markdown", "card", "carousel")


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: `text` is what notifications and screen readers say, and never empty."""

    text: str
    blocks: list[Block]


def message(text: str, *blocks: Block | None) -> Message:
    """A message of the blocks that are not None; `text` is its point and what to do, in words alone."""
    kept = [block for block in blocks if block is not None]
    within("message.blocks", len(kept), limits.MESSAGE_BLOCKS)
    written = texts.shorten(texts.plain(text), limits.TOP_TEXT)
    within("message.text", len(written), limits.TOP_TEXT)
    return Message(written, kept)


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str,
    close: str,
    submit: str = "",
    private_metadata: str = "",
) -> View:
    """A modal; `submit` names the outcome and must be there where anything is to be filled in."""
    within("modal.blocks", len(blocks), limits.VIEW_BLOCKS)
    within("modal.callback_id", len(callback_id), limits.ID)
    within("modal.private_metadata", len(private_metadata), limits.METADATA, least=0)
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("modal.title", title, limits.TITLE),
        "close": plain("modal.close", close, limits.TITLE),
        "blocks": list(blocks),
    }
    if submit:
        view["submit"] = plain("modal.submit", submit, limits.TITLE)
    if private_metadata:
        view["private_metadata"] = private_metadata
    return view


def home(*blocks: Block | None) -> View:
    """A person's Home tab."""
    kept = [block for block in blocks if block is not None]
    within("home.blocks", len(kept), limits.VIEW_BLOCKS)
    return {"type": "home", "blocks": kept}


def without_new_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks for a workspace that refuses the newest kinds: tables as text, charts left out."""
    kept: list[Block] = []
    for block in blocks:
        if block["type"] in ("table", "data_table"):
            kept.append(_as_text(block))
        elif block["type"] == "container":
            kept += without_new_blocks(block["child_blocks"])
        elif block["type"] not in NEW:
            kept.append(block)
    return kept


def _as_text(block: Block) -> Block:
    lines = [" · ".join(str(cell.get("text", "")) for cell in row) for row in block["rows"]]
    # The cells are escaped already: plain_text, so that no mark in them formats anything.
    written = texts.shorten("\n".join(lines), limits.SECTION)
    return {"type": "section", "text": {"type": "plain_text", "text": written, "emoji": False}}
