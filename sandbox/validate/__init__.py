"""What Slack refuses in blocks, messages and views."""

from __future__ import annotations

from typing import Any, Literal

from sandbox.errors import Refusal, messages
from sandbox.model import Json, Stored
from sandbox.validate.blocks import Surface, check_blocks
from sandbox.validate.report import Report
from sandbox.validate.views import check_view, too_large

# All blocks of one message together; the real figure is reported as about 13,200.
MOST_BLOCK_CHARACTERS = 13_200

__all__ = ["Report", "Surface", "check_blocks", "check_message_blocks", "check_view", "check_view_or_refuse"]


def check_message_blocks(blocks: list[Any], files: dict[str, Stored]) -> None:
    """Refusal `invalid_blocks` (or a sibling code) unless a message may hold these blocks."""
    report = Report()
    check_blocks(report, blocks, "message")
    _check_files(report, files)
    if report:
        lines = report.lines("/blocks")
        raise Refusal("invalid_blocks", errors=lines, **messages(*lines))
    if report.table_blocks > 1:
        raise Refusal("invalid_attachments", **messages("only_one_table_allowed"))
    if report.data_table_characters > 20_000:
        raise Refusal(
            "invalid_blocks", **messages("must be less than 20001 characters [json-pointer:/blocks]")
        )
    if report.markdown_characters > 12_000 or _characters(blocks) > MOST_BLOCK_CHARACTERS:
        raise Refusal("msg_blocks_too_long")


def _check_files(report: Report, files: dict[str, Stored]) -> None:
    for at, reference in report.slack_files:
        file_id = reference.get("id") if isinstance(reference, dict) else None
        url = str(reference.get("url") or "") if isinstance(reference, dict) else ""
        stored = files.get(str(file_id)) or next(
            (f for f in files.values() if url and f"/{f.id}/" in url), None
        )
        if stored is None or not stored.processed or stored.deleted:
            report.add(f"{at}/slack_file", "invalid slack file")


def _characters(value: Any) -> int:
    """Characters people read in blocks other than tables, which have budgets of their own."""
    if isinstance(value, list):
        return sum(map(_characters, value))
    if not isinstance(value, dict) or value.get("type") in (
        "table",
        "data_table",
        "data_visualization",
        "markdown",
    ):
        return 0
    own = value.get("text")
    size = len(own) if isinstance(own, str) else 0
    return size + sum(_characters(v) for v in value.values() if isinstance(v, dict | list))


def check_view_or_refuse(
    view: Json, files: dict[str, Stored], kinds: tuple[Literal["modal", "home"], ...]
) -> None:
    """Refusal `invalid_arguments` or `view_too_large` unless Slack would show the view."""
    if too_large(view):
        raise Refusal("view_too_large")
    report = Report()
    check_view(report, view, kinds)
    _check_files(report, files)
    if report.table_blocks > 1:
        report.add("/blocks", "only_one_table_allowed")
    if report:
        raise Refusal("invalid_arguments", **messages(*report.lines("/view")))
