"""Cursors: opaque to the app, an offset to us."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox.api.arguments import Arguments
from sandbox.errors import Refusal

Item = TypeVar("Item")


def page(args: Arguments, items: Sequence[Item], default: int, most: int) -> tuple[list[Item], str]:
    """The items of the page asked for and the cursor of the next ("" at the end)."""
    limit = min(max(args.number("limit", default) or default, 1), most)
    start = _offset(args.text("cursor"))
    if start > len(items):
        raise Refusal("invalid_cursor")
    end = start + limit
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), following


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        kind, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if kind != "next":
            raise ValueError(kind)
        return int(number)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise Refusal("invalid_cursor") from None
