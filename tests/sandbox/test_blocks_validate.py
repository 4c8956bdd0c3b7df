"""`blocks.validate` (7.2): no token, pointers relative to the array."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.office import Office
from tests.sandbox.shapes import modal, section


def ask(office: Office, **args: Any) -> dict[str, Any]:
    return office.call("blocks.validate", {k: json.dumps(v) for k, v in args.items()}, token="")


def test_fine(office: Office) -> None:
    assert ask(office, blocks=[section("x")]) == {"ok": True}
    assert ask(office, message={"blocks": [section("x")]}) == {"ok": True}
    assert ask(office, view=modal(section("x"))) == {"ok": True}


def test_unsupported_type(office: Office) -> None:
    answer = ask(office, blocks=[{"type": "section", "text": {"type": "invalid", "text": "x"}}])
    assert answer == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [
            {
                "code": "failed_constraint",
                "message": "unsupported type: invalid",
                "pointer": "/0/text/type",
                "constraint": {"type": "enum", "expected": ["mrkdwn", "plain_text"]},
            }
        ],
    }


def test_missing_field(office: Office) -> None:
    assert ask(office, blocks=[{}])["errors"] == [
        {"code": "missing_field", "message": "missing required field: type", "field": "type", "pointer": "/0"}
    ]


def test_exactly_one(office: Office) -> None:
    wanted = ["must provide exactly one of `blocks`, `view`, or `message`"]
    assert ask(office)["errors"] == wanted
    assert ask(office, blocks=[], view={})["error"] == "invalid_arguments"


def test_others(office: Office) -> None:
    assert ask(office, view={"type": "modal", "blocks": []})["error"] == "invalid_view"
    assert ask(office, message={"blocks": [{}]})["error"] == "invalid_message"
    assert ask(office, blocks=[section("x" * 100_001)])["error"] == "invalid_arguments"
    assert office.call("blocks.validate", blocks="{", token="")["error"] == "invalid_arguments"
