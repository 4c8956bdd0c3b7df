"""Views: modals and Home tabs."""

from __future__ import annotations

import json
from typing import Any, Literal

from sandbox.model import Json
from sandbox.validate.blocks import check_blocks
from sandbox.validate.report import Report
from sandbox.validate.text import check_optional_text

MOST_BYTES = 250_000
_KNOWN = frozenset(
    [
        "type",
        "title",
        "blocks",
        "close",
        "submit",
        "private_metadata",
        "callback_id",
        "clear_on_close",
        "notify_on_close",
        "external_id",
        "submit_disabled",
    ]
)


def check_view(report: Report, view: Json, kinds: tuple[Literal["modal", "home"], ...]) -> None:
    """Every rule on a view that must be of one of `kinds`."""
    since = len(report.problems)
    kind = view.get("type")
    if kind is None:
        report.missing("", "type")
    elif kind not in kinds:
        report.unsupported("", kind, kinds)
    else:
        report.known(view, "", _KNOWN)
        report.string(view, "", "private_metadata", 3000, least=0)
        report.string(view, "", "callback_id", 255, least=0)
        report.string(view, "", "external_id", 255, least=0)
        if kind == "modal":
            _modal(report, view)
    blocks = report.items(view, "", "blocks", 0, 100)
    if kind in ("modal", "home"):
        check_blocks(report, blocks[:100], kind, "/blocks")
    report.mismatch("", since)


def _modal(report: Report, view: Json) -> None:
    check_optional_text(report, view, "", "title", 24, plain=True, required=True)
    check_optional_text(report, view, "", "submit", 24, plain=True)
    check_optional_text(report, view, "", "close", 24, plain=True)
    blocks: Any = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(b, dict) and b.get("type") == "input" for b in blocks
    )
    if has_input and view.get("submit") is None:
        report.add("/submit", "`submit` is required when a view contains an `input` block")


def too_large(view: Json) -> bool:
    """More than 250 kb of JSON."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES
