"""One of every block that a message may hold."""

from __future__ import annotations

from typing import Any

from tests.sandbox.shapes import actions, button, field, mrkdwn, plain, section, table

OPTION = {"text": plain("East"), "value": "e", "description": plain("The east")}
ROWS = [[{"type": "raw_text", "text": name} for name in ("Part", "Left", "Do")]]
ROWS += [
    [
        {"type": "raw_text", "text": f"BP-{n}"},
        {"type": "raw_number", "value": n, "text": str(n)},
        {"type": "action_cell", "element": button("Request", f"request.{n}")},
    ]
    for n in range(7)
]
SERIES = [{"name": "Actual", "data": [{"label": "Jan", "value": 5}, {"label": "二月", "value": -2}]}]
AXIS = {"categories": ["Jan", "二月"], "x_label": "Month", "y_label": "CNY"}
CARD = {
    "type": "card",
    "title": mrkdwn("*Brake pad*"),
    "subtitle": plain("BP-1"),
    "body": mrkdwn("3 left"),
    "actions": [button("Order", "order")],
}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Bold", "style": {"bold": True}},
                {"type": "emoji", "name": "tada"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://x.example"}]}
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
    ],
}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "feedback",
    "positive_button": {"text": plain("Useful"), "value": "y"},
    "negative_button": {"text": plain("Not useful"), "value": "n"},
}


def chart(kind: str) -> dict[str, Any]:
    return {
        "type": "data_visualization",
        "title": f"A {kind}",
        "chart": {"type": kind, "series": SERIES, "axis_config": AXIS},
    }


PIE = {
    "type": "data_visualization",
    "title": "A pie",
    "chart": {"type": "pie", "segments": [{"label": "a", "value": 3}, {"label": "b", "value": 1}]},
}
MESSAGES: list[list[dict[str, Any]]] = [
    [
        {"type": "header", "text": plain("A header")},
        section(
            "with fields", fields=[mrkdwn("*a*"), plain("b")], accessory=button("Go", "go", style="danger")
        ),
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("small"), plain("print")]},
        actions(
            {"type": "static_select", "action_id": "s", "options": [OPTION], "initial_option": OPTION},
            {"type": "multi_static_select", "action_id": "m", "options": [OPTION]},
            {"type": "external_select", "action_id": "x", "placeholder": plain("Part")},
            {"type": "users_select", "action_id": "u"},
            {"type": "channels_select", "action_id": "c"},
            {"type": "overflow", "action_id": "o", "options": [{**OPTION, "url": "https://x.example"}]},
            {"type": "datepicker", "action_id": "d", "initial_date": "2019-11-15"},
            {"type": "timepicker", "action_id": "t"},
            {"type": "datetimepicker", "action_id": "dt"},
            {"type": "checkboxes", "action_id": "cb", "options": [OPTION]},
            {"type": "radio_buttons", "action_id": "rb", "options": [OPTION]},
        ),
        {
            "type": "image",
            "image_url": "https://x.example/a.png",
            "alt_text": "A picture",
            "title": plain("Title"),
        },
        RICH,
        field("note", "A note"),
        table(("Part", "Left"), ("BP-1", "3")),
        {"type": "context_actions", "elements": [FEEDBACK]},
    ],
    [chart("line"), chart("bar")],
    [chart("area"), PIE],
    [{"type": "data_table", "caption": "Low stock", "page_size": 3, "rows": ROWS}],
    [
        CARD,
        {"type": "carousel", "elements": [CARD, CARD]},
        {
            "type": "container",
            "title": plain("Details"),
            "is_collapsible": True,
            "default_collapsed": True,
            "child_blocks": [section("inside")],
        },
        {"type": "markdown", "text": "## Minutes\n- one\n- two"},
        {
            "type": "plan",
            "title": "Import",
            "tasks": [{"task_id": "1", "title": "Read", "status": "pending"}],
        },
        {"type": "task_card", "task_id": "2", "title": "Write", "status": "in_progress"},
        {
            "type": "video",
            "title": plain("How to"),
            "alt_text": "v",
            "video_url": "https://x.example/v",
            "thumbnail_url": "https://x.example/t.png",
        },
        {"type": "file", "external_id": "F1", "source": "remote"},
    ],
]
