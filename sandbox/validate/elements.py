"""Interactive elements and images: what each may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from sandbox.model import Json
from sandbox.validate.report import Report
from sandbox.validate.text import check_confirm, check_option_groups, check_optional_text, check_options

SINGLE = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
MULTI = tuple(f"multi_{kind}" for kind in SINGLE)
SELECTS = SINGLE + MULTI
PICKERS = ("datepicker", "timepicker", "datetimepicker")
CHOICES = ("checkboxes", "radio_buttons")
INPUTS = (
    *(
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
    ),
    *SELECTS,
    *PICKERS,
    *CHOICES,
)
ACTIONS = ("button", "workflow_button", "overflow", "rich_text_input", *SELECTS, *PICKERS, *CHOICES)
ACCESSORIES = ("button", "workflow_button", "overflow", "image", *SELECTS, *PICKERS, *CHOICES)
_LOCAL = re.compile(r"^(localhost|127\.|10\.|192\.168\.|0\.0\.0\.0|\[?::1)|\.local$|\.internal$")


def check_element(report: Report, value: Any, at: str, allowed: tuple[str, ...]) -> None:
    """One element, which must be of an allowed type."""
    if not isinstance(value, dict):
        report.add(at, "must provide an object")
        return
    kind = value.get("type")
    if kind is None:
        report.missing(at, "type")
        return
    if kind not in allowed:
        report.unsupported(at, kind, allowed)
        return
    report.string(value, at, "action_id", 255)
    check_confirm(report, value, at)
    _placeholder(report, value, at)
    if value.get("focus_on_load"):
        report.focus_asked += 1
    check = _CHECKS.get(kind)
    if check is not None:
        check(report, value, at)


def _placeholder(report: Report, value: Json, at: str) -> None:
    check_optional_text(report, value, at, "placeholder", 150, plain=True)


def _button(report: Report, value: Json, at: str) -> None:
    known = "type text action_id url value style confirm accessibility_label agent_prompt"
    report.known(value, at, frozenset(known.split()))
    check_optional_text(report, value, at, "text", 75, plain=True, required=True)
    report.string(value, at, "url", 3000)
    report.string(value, at, "value", 2000)
    report.string(value, at, "accessibility_label", 75)
    report.string(value, at, "agent_prompt", 4000)
    report.choice(value, at, "style", ("primary", "danger"))


def _workflow_button(report: Report, value: Json, at: str) -> None:
    check_optional_text(report, value, at, "text", 75, plain=True, required=True)
    if not isinstance(value.get("workflow"), dict):
        report.missing(at, "workflow")


def _icon_button(report: Report, value: Json, at: str) -> None:
    report.string(value, at, "icon", 255, required=True)
    check_optional_text(report, value, at, "text", 75, plain=True, required=True)
    report.string(value, at, "value", 2000)
    report.string(value, at, "accessibility_label", 75)
    if value.get("visible_to_user_ids") is not None:
        report.items(value, at, "visible_to_user_ids", 1, 10)


def _feedback_buttons(report: Report, value: Json, at: str) -> None:
    for name in ("positive_button", "negative_button"):
        button = value.get(name)
        if not isinstance(button, dict):
            report.missing(at, name)
            continue
        here = f"{at}/{name}"
        check_optional_text(report, button, here, "text", 75, plain=True, required=True)
        report.string(button, here, "value", 2000, required=True)
        report.string(button, here, "accessibility_label", 75)


def _overflow(report: Report, value: Json, at: str) -> None:
    check_options(report, value, at, 5, with_url=True)


def _choices(report: Report, value: Json, at: str) -> None:
    check_options(report, value, at, 10, plain=False)
    known = "initial_options" if value["type"] == "checkboxes" else "initial_option"
    _initial_known(report, value, at, known)


def _static_select(report: Report, value: Json, at: str) -> None:
    if value.get("option_groups") is not None:
        if value.get("options") is not None:
            report.add(at, "must define either `options` or `option_groups`, not both")
        check_option_groups(report, value, at)
    else:
        check_options(report, value, at, 100)
    _multi(report, value, at)
    many = value["type"].startswith("multi_")
    _initial_known(report, value, at, "initial_options" if many else "initial_option")


def _initial_known(report: Report, value: Json, at: str, name: str) -> None:
    chosen = value.get(name)
    if chosen is None:
        return
    offered = [o for o in value.get("options") or [] if isinstance(o, dict)]
    for group in value.get("option_groups") or []:
        if isinstance(group, dict):
            offered += [o for o in group.get("options") or [] if isinstance(o, dict)]
    values = [o.get("value") for o in offered]
    for option in chosen if isinstance(chosen, list) else [chosen]:
        if not isinstance(option, dict) or option.get("value") not in values:
            report.add(f"{at}/{name}", "must match one of the options")


def _external_select(report: Report, value: Json, at: str) -> None:
    report.whole(value, at, "min_query_length", 0, 3000)
    _multi(report, value, at)


def _multi(report: Report, value: Json, at: str) -> None:
    report.whole(value, at, "max_selected_items", 1, 10_000)


def _datepicker(report: Report, value: Json, at: str) -> None:
    initial = value.get("initial_date")
    if initial is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(initial)):
        report.add(f"{at}/initial_date", "must be a date in the format YYYY-MM-DD")


def _timepicker(report: Report, value: Json, at: str) -> None:
    initial = value.get("initial_time")
    if initial is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(initial)):
        report.add(f"{at}/initial_time", "must be a time in the format HH:mm")


def _datetimepicker(report: Report, value: Json, at: str) -> None:
    report.whole(value, at, "initial_date_time", 1_000_000_000, 9_999_999_999)


def _text_input(report: Report, value: Json, at: str) -> None:
    if value["type"] == "plain_text_input":
        report.whole(value, at, "min_length", 0, 3000)
        report.whole(value, at, "max_length", 1, 3000)
        least, most = value.get("min_length"), value.get("max_length")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            report.add(f"{at}/min_length", "must be at most max_length")
    report.string(value, at, "initial_value", 3000, least=0)


def _number_input(report: Report, value: Json, at: str) -> None:
    if not isinstance(value.get("is_decimal_allowed"), bool):
        report.missing(at, "is_decimal_allowed")
    for name in ("min_value", "max_value", "initial_value"):
        if value.get(name) is not None and not isinstance(value[name], str):
            report.add(f"{at}/{name}", "must provide a string")


def _rich_text_input(report: Report, value: Json, at: str) -> None:
    report.whole(value, at, "min_lines", 1, 100)
    report.whole(value, at, "max_lines", 1, 100)


def _file_input(report: Report, value: Json, at: str) -> None:
    report.whole(value, at, "max_files", 1, 10)


def check_image(report: Report, value: Json, at: str) -> None:
    """`alt_text` and one source Slack could fetch."""
    report.string(value, at, "alt_text", 2000, required=True)
    if value.get("slack_file") is not None:
        report.slack_files.append((at, value["slack_file"]))
        return
    report.string(value, at, "image_url", 3000, required=True)
    url = value.get("image_url")
    if isinstance(url, str) and url and not downloadable(url):
        report.add(f"{at}/image_url", "downloading image failed")


def downloadable(url: str) -> bool:
    """Whether Slack's servers could reach the URL: http(s), and no private or local host."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return parts.scheme in ("http", "https") and bool(host) and not _LOCAL.search(host)


_CHECKS: dict[str, Callable[[Report, Json, str], None]] = {
    "button": _button,
    "workflow_button": _workflow_button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback_buttons,
    "overflow": _overflow,
    "image": check_image,
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "external_select": _external_select,
    "multi_external_select": _external_select,
    **{kind: _multi for kind in SELECTS if "static" not in kind and "external" not in kind},
    "datepicker": _datepicker,
    "timepicker": _timepicker,
    "datetimepicker": _datetimepicker,
    "plain_text_input": _text_input,
    "email_text_input": _text_input,
    "url_text_input": _text_input,
    "number_input": _number_input,
    "rich_text_input": _rich_text_input,
    "file_input": _file_input,
}
