"""rich_text blocks."""

from __future__ import annotations

from typing import Any

from sandbox.model import Json
from sandbox.validate.report import Report

_CONTAINERS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
_LEAVES = ("text", "link", "user", "usergroup", "channel", "emoji", "date", "broadcast", "color", "team")
_REQUIRED = {
    "text": "text",
    "link": "url",
    "user": "user_id",
    "usergroup": "usergroup_id",
    "channel": "channel_id",
    "emoji": "name",
    "date": "timestamp",
    "broadcast": "range",
    "color": "value",
}


def check_rich_text(report: Report, block: Json, at: str) -> None:
    """Sections, lists, code and quotes, each with known leaves."""
    for place, element in enumerate(report.items(block, at, "elements", 0, 1000)):
        _container(report, element, f"{at}/elements/{place}", _CONTAINERS)


def _container(report: Report, element: Any, at: str, allowed: tuple[str, ...]) -> None:
    if not isinstance(element, dict):
        report.add(at, "must provide an object")
        return
    kind = element.get("type")
    if kind not in allowed:
        report.unsupported(at, kind, allowed)
        return
    if kind == "rich_text_list":
        report.choice(element, at, "style", ("bullet", "ordered"), required=True)
        report.whole(element, at, "indent", 0, 8)
        report.whole(element, at, "border", 0, 1)
        for place, item in enumerate(report.items(element, at, "elements", 0, 1000)):
            _container(report, item, f"{at}/elements/{place}", ("rich_text_section",))
        return
    for place, leaf in enumerate(report.items(element, at, "elements", 0, 1000)):
        _leaf(report, leaf, f"{at}/elements/{place}")


def _leaf(report: Report, leaf: Any, at: str) -> None:
    if not isinstance(leaf, dict):
        report.add(at, "must provide an object")
        return
    kind = leaf.get("type")
    if kind not in _LEAVES:
        report.unsupported(at, kind, _LEAVES)
        return
    needed = _REQUIRED.get(kind)
    if needed and leaf.get(needed) in (None, ""):
        report.missing(at, needed)


def plain_of(value: Any) -> str:
    """The characters of a rich_text value, for counting."""
    if isinstance(value, list):
        return "".join(map(plain_of, value))
    if not isinstance(value, dict):
        return ""
    if "elements" in value:
        return plain_of(value["elements"])
    return str(value.get("text") or value.get("url") or value.get("name") or value.get("fallback") or "")
