"""Layout blocks per surface: the entry `check_blocks`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from sandbox.model import Json
from sandbox.validate.elements import ACCESSORIES, ACTIONS, INPUTS, check_element, check_image
from sandbox.validate.report import Report
from sandbox.validate.rich import check_rich_text
from sandbox.validate.tables import check_chart, check_data_table, check_table
from sandbox.validate.text import check_optional_text, check_text

Surface = Literal["message", "modal", "home"]

_EVERYWHERE = (
    "actions",
    "card",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "video",
)
_MESSAGE_ONLY = (
    *("carousel", "container", "context_actions", "data_table", "data_visualization", "file"),
    *("markdown", "plan", "table", "task_card"),
)
ALLOWED: dict[Surface, frozenset[str]] = {
    "message": frozenset((*_EVERYWHERE, *_MESSAGE_ONLY)),
    "modal": frozenset((*_EVERYWHERE, "alert")),
    "home": frozenset((*_EVERYWHERE, "carousel", "data_table", "table")),
}
MOST: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
_STATUSES = ("pending", "in_progress", "complete", "error")


def check_blocks(report: Report, blocks: list[Any], surface: Surface, at: str = "") -> None:
    """Every rule on the blocks of one message or view; findings go to `report`."""
    report.count(at, len(blocks), 0, MOST[surface])
    seen: list[str] = []
    for place, block in enumerate(blocks):
        here = f"{at}/{place}"
        _block(report, block, here, ALLOWED[surface])
        if isinstance(block, dict) and isinstance(block.get("block_id"), str):
            if block["block_id"] in seen:
                report.add(f"{here}/block_id", f"block_id {block['block_id']!r} already exists")
            seen.append(block["block_id"])
    if report.charts > 2:
        report.add(at, "no more than 2 data_visualization blocks allowed")
    if report.focus_asked > 1:
        report.add(at, "only one element may have focus_on_load")


def _block(report: Report, block: Any, at: str, allowed: frozenset[str]) -> None:
    if not isinstance(block, dict):
        report.add(at, "must provide an object")
        return
    kind = block.get("type")
    if kind is None:
        report.missing(at, "type")
        return
    if kind not in allowed:
        report.unsupported(at, kind, allowed)
        return
    report.string(block, at, "block_id", 255, least=0)
    _CHECKS[kind](report, block, at)


def _section(report: Report, block: Json, at: str) -> None:
    report.known(block, at, frozenset(["type", "block_id", "text", "fields", "accessory", "expand"]))
    if block.get("text") is None and not block.get("fields"):
        report.add(f"{at}/type", "must define either `text` or `fields`")
    check_optional_text(report, block, at, "text", 3000)
    if block.get("fields") is not None:
        for place, text in enumerate(report.items(block, at, "fields", 1, 10)):
            check_text(report, text, f"{at}/fields/{place}", 2000)
    if block.get("accessory") is not None:
        check_element(report, block["accessory"], f"{at}/accessory", ACCESSORIES)


def _header(report: Report, block: Json, at: str) -> None:
    report.known(block, at, frozenset({"type", "block_id", "text", "level"}))
    check_optional_text(report, block, at, "text", 150, plain=True, required=True)


def _context(report: Report, block: Json, at: str) -> None:
    report.known(block, at, frozenset({"type", "block_id", "elements"}))
    for place, element in enumerate(report.items(block, at, "elements", 1, 10)):
        here = f"{at}/elements/{place}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_image(report, element, here)
        else:
            check_text(report, element, here, 3000)


def _elements(report: Report, block: Json, at: str, most: int, allowed: tuple[str, ...]) -> None:
    report.known(block, at, frozenset({"type", "block_id", "elements"}))
    seen: list[str] = []
    for place, element in enumerate(report.items(block, at, "elements", 1, most)):
        here = f"{at}/elements/{place}"
        check_element(report, element, here, allowed)
        if not isinstance(element, dict):
            continue
        action_id = element.get("action_id")
        if isinstance(action_id, str):
            if action_id in seen:
                report.add(f"{here}/action_id", f"action_id {action_id!r} already exists")
            seen.append(action_id)


def _actions(report: Report, block: Json, at: str) -> None:
    _elements(report, block, at, 25, ACTIONS)


def _context_actions(report: Report, block: Json, at: str) -> None:
    _elements(report, block, at, 5, ("feedback_buttons", "icon_button"))


def _input(report: Report, block: Json, at: str) -> None:
    report.known(
        block, at, frozenset(["type", "block_id", "label", "element", "hint", "optional", "dispatch_action"])
    )
    check_optional_text(report, block, at, "label", 2000, plain=True, required=True)
    check_optional_text(report, block, at, "hint", 2000, plain=True)
    if block.get("element") is None:
        report.missing(at, "element")
    else:
        check_element(report, block["element"], f"{at}/element", INPUTS)


def _image(report: Report, block: Json, at: str) -> None:
    report.known(block, at, frozenset(["type", "block_id", "image_url", "slack_file", "alt_text", "title"]))
    check_image(report, block, at)
    check_optional_text(report, block, at, "title", 2000, plain=True)


def _divider(report: Report, block: Json, at: str) -> None:
    report.known(block, at, frozenset({"type", "block_id"}))


def _markdown(report: Report, block: Json, at: str) -> None:
    report.string(block, at, "text", 1_000_000, required=True)
    report.markdown_characters += len(str(block.get("text") or ""))


def _file(report: Report, block: Json, at: str) -> None:
    report.string(block, at, "external_id", 255, required=True)
    report.choice(block, at, "source", ("remote",), required=True)


def _video(report: Report, block: Json, at: str) -> None:
    for name in ("video_url", "thumbnail_url"):
        report.string(block, at, name, 3000, required=True)
    report.string(block, at, "alt_text", 2000, required=True)
    report.string(block, at, "author_name", 49)
    check_optional_text(report, block, at, "title", 199, plain=True, required=True)
    check_optional_text(report, block, at, "description", 200, plain=True)


def _alert(report: Report, block: Json, at: str) -> None:
    report.known(block, at, frozenset({"type", "block_id", "text", "level"}))
    check_optional_text(report, block, at, "text", 200, required=True)
    report.choice(block, at, "level", ("default", "info", "warning", "error", "success"))


def _card(report: Report, block: Json, at: str) -> None:
    if not any(block.get(name) for name in ("hero_image", "title", "subtitle", "body", "actions")):
        report.add(f"{at}/type", "must define at least one of `hero_image`, `title`, `body` or `actions`")
    for name, most in (("title", 150), ("subtitle", 150), ("body", 200), ("subtext", 200)):
        check_optional_text(report, block, at, name, most)
    for name in ("hero_image", "icon"):
        if block.get(name) is not None:
            check_element(report, block[name], f"{at}/{name}", ("image",))
    if block.get("actions") is not None:
        for place, element in enumerate(report.items(block, at, "actions", 1, 3)):
            check_element(report, element, f"{at}/actions/{place}", ("button", "overflow"))


def _carousel(report: Report, block: Json, at: str) -> None:
    for place, card in enumerate(report.items(block, at, "elements", 1, 10)):
        _block(report, card, f"{at}/elements/{place}", frozenset({"card"}))


def _container(report: Report, block: Json, at: str) -> None:
    if block.get("title") is None and block.get("rich_text_title") is None:
        report.missing(at, "title")
    check_optional_text(report, block, at, "title", 150, plain=True)
    check_optional_text(report, block, at, "subtitle", 150)
    report.choice(block, at, "width", ("narrow", "standard", "wide", "full"))
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        report.add(f"{at}/default_collapsed", "requires is_collapsible to be true")
    inside = ALLOWED["message"] - {"card", "carousel", "data_table", "container"}
    for place, child in enumerate(report.items(block, at, "child_blocks", 1, 10)):
        _block(report, child, f"{at}/child_blocks/{place}", inside)


def _plan(report: Report, block: Json, at: str) -> None:
    report.string(block, at, "title", 3000, required=True)
    if block.get("tasks") is None:
        return
    for place, task in enumerate(report.items(block, at, "tasks", 0, 50)):
        here = f"{at}/tasks/{place}"
        if isinstance(task, dict):
            _task(report, task, here, _STATUSES)
        else:
            report.add(here, "must provide an object")


def _task_card(report: Report, block: Json, at: str) -> None:
    _task(report, block, at, _STATUSES[1:])


def _task(report: Report, block: Json, at: str, statuses: tuple[str, ...]) -> None:
    report.string(block, at, "task_id", 255, required=True)
    report.string(block, at, "title", 3000, required=True)
    report.choice(block, at, "status", statuses, required=True)
    for name in ("details", "output"):
        if isinstance(block.get(name), dict):
            check_rich_text(report, block[name], f"{at}/{name}")


_CHECKS: dict[str, Callable[[Report, Json, str], None]] = {
    "actions": _actions,
    "alert": _alert,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "context": _context,
    "context_actions": _context_actions,
    "data_table": check_data_table,
    "data_visualization": check_chart,
    "divider": _divider,
    "file": _file,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "plan": _plan,
    "rich_text": check_rich_text,
    "section": _section,
    "table": check_table,
    "task_card": _task_card,
    "video": _video,
}
