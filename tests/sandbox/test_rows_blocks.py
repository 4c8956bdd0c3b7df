"""Rows 11 to 22: what Slack refuses in the blocks of a message, word for word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.office import Office
from tests.sandbox.shapes import actions, button, mrkdwn, plain, section, table


def refusal(office: Office, blocks: Any, **more: Any) -> dict[str, Any]:
    answer = office.call("chat.postMessage", channel=office.sales, text="t", blocks=blocks, **more)
    assert answer.pop("ok") is False
    return answer


def lines(office: Office, *blocks: Any) -> list[str]:
    answer = refusal(office, list(blocks))
    assert answer["error"] == "invalid_blocks"
    found: list[str] = answer["response_metadata"]["messages"]
    return found


def test_row_11_section_of_3001_characters(office: Office) -> None:
    assert refusal(office, [section("x" * 3001)]) == {
        "error": "invalid_blocks",
        "errors": [
            "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ],
        "response_metadata": {
            "messages": [
                "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
                "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
            ]
        },
    }


def test_row_12_51_blocks(office: Office) -> None:
    assert lines(office, *[{"type": "divider"}] * 51) == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]


def test_row_13_empty_text(office: Office) -> None:
    wanted = "[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]"
    assert wanted in lines(office, {"type": "divider"}, section(""))


def test_row_14_section_without_text_and_fields(office: Office) -> None:
    assert lines(office, {"type": "section"}) == [
        "[ERROR] must define either `text` or `fields` [json-pointer:/blocks/0/type]"
    ]


def test_row_15_unknown_block(office: Office) -> None:
    assert lines(office, {"type": "marquee"}) == [
        "[ERROR] unsupported type: marquee [json-pointer:/blocks/0/type]"
    ]


@pytest.mark.parametrize(
    "url", ["http://localhost/a.png", "http://127.0.0.1:9/a.png", "ftp://example.com/a.png"]
)
def test_row_16_image_that_cannot_be_downloaded(office: Office, url: str) -> None:
    image = {"type": "image", "image_url": url, "alt_text": "a"}
    assert lines(office, {"type": "divider"}, image) == [
        "[ERROR] downloading image failed [json-pointer:/blocks/1/image_url]"
    ]


def test_row_16_file_that_is_not_there_yet(office: Office) -> None:
    image = {"type": "image", "slack_file": {"id": "F0NOSUCH"}, "alt_text": "a"}
    assert lines(office, section("a"), section("b"), section("c"), image) == [
        "[ERROR] invalid slack file [json-pointer:/blocks/3/slack_file]"
    ]


@pytest.mark.parametrize("blocks", ["{nonsense", '{"blocks": []}', {"blocks": []}, '"text"'])
def test_row_17_not_an_array(office: Office, blocks: Any) -> None:
    assert refusal(office, blocks) == {"error": "invalid_blocks_format"}


def test_row_18_duplicate_action_id(office: Office) -> None:
    assert "action_id" in lines(office, actions(button("A", "same"), button("B", "same")))[0]
    two_blocks = [actions(button("A", "same")), actions(button("B", "same"))]
    assert office.call("chat.postMessage", channel=office.sales, text="t", blocks=two_blocks)["ok"]


def test_row_19_duplicate_block_id(office: Office) -> None:
    assert "block_id" in lines(office, section("a", block_id="same"), section("b", block_id="same"))[0]
    assert "block_id" in lines(office, section("a", block_id=""), section("b", block_id=""))[0]


def test_row_20_two_tables(office: Office) -> None:
    answer = refusal(office, [table(("a", "b")), table(("a", "b"))])
    assert answer["error"] == "invalid_attachments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] only_one_table_allowed"]
    data = {"type": "data_table", "caption": "c", "rows": table(("a",), ("b",))["rows"]}
    assert refusal(office, [table(("a", "b")), data])["error"] == "invalid_attachments"


def test_row_21_markdown(office: Office) -> None:
    half = {"type": "markdown", "text": "x" * 6001}
    assert refusal(office, [half, half]) == {"error": "msg_blocks_too_long"}
    assert office.call("chat.postMessage", channel=office.sales, text="t", blocks=[half])["ok"]
    conflict = office.call("chat.postMessage", channel=office.sales, text="t", markdown_text="*m*")
    assert conflict["error"] == "markdown_text_conflict"


def test_row_21_all_blocks_together(office: Office) -> None:
    assert refusal(office, [section("x" * 3000)] * 5) == {"error": "msg_blocks_too_long"}


def test_row_22_alert_in_a_message(office: Office) -> None:
    alert = {"type": "alert", "text": plain("careful")}
    assert lines(office, alert) == ["[ERROR] unsupported type: alert [json-pointer:/blocks/0/type]"]


def test_blocks_as_a_string_count_too(office: Office) -> None:
    answer = office.form(
        "chat.postMessage", channel=office.sales, text="t", blocks=json.dumps([{"type": "section"}])
    )
    assert answer["error"] == "invalid_blocks"


BAD = {
    "header too long": {"type": "header", "text": plain("x" * 151)},
    "header in mrkdwn": {"type": "header", "text": mrkdwn("x")},
    "eleven fields": {"type": "section", "fields": [mrkdwn("x")] * 11},
    "field too long": {"type": "section", "fields": [mrkdwn("x" * 2001)]},
    "eleven context elements": {"type": "context", "elements": [mrkdwn("x")] * 11},
    "26 actions": actions(*[button("x", f"a{i}") for i in range(26)]),
    "button text": actions(button("x" * 76, "a")),
    "button value": actions(button("x", "a", value="x" * 2001)),
    "button style": actions(button("x", "a", style="purple")),
    "button without text": actions({"type": "button", "action_id": "a"}),
    "confirm": actions(button("x", "a", confirm={"title": plain("x" * 101)})),
    "action_id": actions(button("x", "a" * 256)),
    "option value": actions({"type": "static_select", "options": [{"text": plain("x"), "value": "v" * 76}]}),
    "101 options": actions({"type": "static_select", "options": [{"text": plain("x"), "value": "v"}] * 101}),
    "options and groups": actions({"type": "static_select", "options": [], "option_groups": []}),
    "six in an overflow": actions({"type": "overflow", "options": [{"text": plain("x"), "value": "v"}] * 6}),
    "placeholder": actions({"type": "users_select", "placeholder": plain("x" * 151)}),
    "table of 101 rows": table(*[("x",)] * 101),
    "table of 21 columns": table(("x",) * 21),
    "table with an empty cell": table(("",)),
    "table of 10,001 characters": table(*[("x" * 101,)] * 100),
    "data table without caption": {"type": "data_table", "rows": table(("a",), ("b",))["rows"]},
    "ragged data table": {"type": "data_table", "caption": "c", "rows": table(("a", "b"), ("b",))["rows"]},
    "data table of 102 rows": {"type": "data_table", "caption": "c", "rows": table(*[("a",)] * 102)["rows"]},
    "chart title": {
        "type": "data_visualization",
        "title": "x" * 51,
        "chart": {"type": "pie", "segments": []},
    },
    "chart without series": {"type": "data_visualization", "title": "x", "chart": {"type": "bar"}},
    "negative pie": {
        "type": "data_visualization",
        "title": "x",
        "chart": {"type": "pie", "segments": [{"label": "a", "value": -1}]},
    },
    "eleven cards": {"type": "carousel", "elements": [{"type": "card", "title": plain("x")}] * 11},
    "card in a container": {
        "type": "container",
        "title": plain("x"),
        "child_blocks": [{"type": "card", "title": plain("x")}],
    },
    "pending task alone": {"type": "task_card", "task_id": "1", "title": "x", "status": "pending"},
    "list too deep": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "indent": 9, "elements": []}],
    },
    "unknown field": section("x", colour="red"),
    "not an object": "section",
    "video title": {
        "type": "video",
        "title": plain("x" * 200),
        "alt_text": "a",
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/t",
    },
}


@pytest.mark.parametrize("name", BAD)
def test_limits_of_section_3(office: Office, name: str) -> None:
    assert lines(office, BAD[name])


def test_a_chart_needs_a_value_for_every_category(office: Office) -> None:
    series = [{"name": "s", "data": [{"label": "a", "value": 1}]}]
    chart = {"type": "line", "series": series, "axis_config": {"categories": ["a", "b"]}}
    block = {"type": "data_visualization", "title": "x", "chart": chart}
    assert any("one value per category" in line for line in lines(office, block))
    series[0]["data"].append({"label": "b", "value": 2})  # type: ignore[attr-defined]
    assert office.call("chat.postMessage", channel=office.sales, text="t", blocks=[block])["ok"]
    assert any("no more than 2" in line for line in lines(office, block, block, block))
