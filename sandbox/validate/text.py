"""Text objects, options and confirm dialogs."""

from __future__ import annotations

from typing import Any

from sandbox.model import Json
from sandbox.validate.report import Report

_PLAIN = frozenset({"type", "text", "emoji"})
_MRKDWN = frozenset({"type", "text", "verbatim"})
_OPTION = frozenset({"text", "value", "description", "url"})


def check_text(report: Report, value: Any, at: str, most: int, *, plain: bool = False) -> None:
    """A text object of 1 to `most` characters; only plain_text when `plain`."""
    since = len(report.problems)
    if not isinstance(value, dict):
        report.add(at, "must provide an object")
        return
    kind = value.get("type")
    allowed = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    if kind is None:
        report.missing(at, "type")
    elif kind not in allowed:
        report.unsupported(at, kind, allowed)
    else:
        report.known(value, at, _PLAIN if kind == "plain_text" else _MRKDWN)
    report.string(value, at, "text", most, required=True)
    report.mismatch(at, since)


def check_optional_text(
    report: Report, owner: Json, at: str, name: str, most: int, *, plain: bool = False, required: bool = False
) -> None:
    """A text object in the field `name` of `owner`."""
    if owner.get(name) is None:
        if required:
            report.missing(at, name)
        return
    check_text(report, owner[name], f"{at}/{name}", most, plain=plain)


def check_option(report: Report, value: Any, at: str, *, with_url: bool = False, plain: bool = True) -> None:
    """One option of a select, overflow, checkbox or radio group."""
    if not isinstance(value, dict):
        report.add(at, "must provide an object")
        return
    report.known(value, at, _OPTION)
    check_optional_text(report, value, at, "text", 75, plain=plain, required=True)
    check_optional_text(report, value, at, "description", 75, plain=plain)
    report.string(value, at, "value", 75, required=True)
    if value.get("url") is not None:
        if with_url:
            report.string(value, at, "url", 3000)
        else:
            report.add(at, "invalid additional property: url")


def check_options(
    report: Report, owner: Json, at: str, most: int, *, with_url: bool = False, plain: bool = True
) -> None:
    """The `options` list of an element."""
    for place, option in enumerate(report.items(owner, at, "options", 1, most)):
        check_option(report, option, f"{at}/options/{place}", with_url=with_url, plain=plain)


def check_option_groups(report: Report, owner: Json, at: str) -> None:
    """The `option_groups` list of a select: up to 100 groups of up to 100 options."""
    for place, group in enumerate(report.items(owner, at, "option_groups", 1, 100)):
        here = f"{at}/option_groups/{place}"
        if not isinstance(group, dict):
            report.add(here, "must provide an object")
            continue
        check_optional_text(report, group, here, "label", 75, plain=True, required=True)
        check_options(report, group, here, 100)


def check_confirm(report: Report, owner: Json, at: str) -> None:
    """The confirm dialog of an interactive element."""
    confirm = owner.get("confirm")
    if confirm is None:
        return
    here = f"{at}/confirm"
    if not isinstance(confirm, dict):
        report.add(here, "must provide an object")
        return
    report.known(confirm, here, frozenset({"title", "text", "confirm", "deny", "style"}))
    check_optional_text(report, confirm, here, "title", 100, plain=True, required=True)
    check_optional_text(report, confirm, here, "text", 300, required=True)
    check_optional_text(report, confirm, here, "confirm", 30, plain=True, required=True)
    check_optional_text(report, confirm, here, "deny", 30, plain=True, required=True)
    report.choice(confirm, here, "style", ("primary", "danger"))
