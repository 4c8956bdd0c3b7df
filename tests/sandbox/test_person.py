"""The person's side: every kind of control, Home, threads, shortcuts, mentions, what is readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App as BoltApp

from sandbox.errors import NobodyThere
from tests.sandbox.office import Office
from tests.sandbox.shapes import actions, button, field, home, modal, mrkdwn, plain, section, table


def option(words: str, value: str) -> dict[str, Any]:
    return {"text": plain(words), "value": value}


ELEMENTS: list[tuple[dict[str, Any], Any, str, Any]] = [
    ({"type": "plain_text_input"}, "hello", "value", "hello"),
    ({"type": "number_input", "is_decimal_allowed": False}, 12, "value", "12"),
    ({"type": "datepicker"}, "2019-11-15", "selected_date", "2019-11-15"),
    ({"type": "timepicker"}, "08:30", "selected_time", "08:30"),
    ({"type": "datetimepicker"}, 1573800000, "selected_date_time", 1573800000),
    (
        {"type": "static_select", "options": [option("East", "e")]},
        "East",
        "selected_option",
        option("East", "e"),
    ),
    (
        {"type": "radio_buttons", "options": [option("East", "e")]},
        "e",
        "selected_option",
        option("East", "e"),
    ),
    (
        {"type": "checkboxes", "options": [option("East", "e"), option("West", "w")]},
        ["East", "West"],
        "selected_options",
        [option("East", "e"), option("West", "w")],
    ),
    (
        {
            "type": "multi_static_select",
            "option_groups": [{"label": plain("g"), "options": [option("East", "e")]}],
        },
        ["East"],
        "selected_options",
        [option("East", "e")],
    ),
]


@pytest.mark.parametrize(("element", "given", "slot", "wanted"), ELEMENTS)
def test_fields(office: Office, element: dict[str, Any], given: Any, slot: str, wanted: Any) -> None:
    got: list[dict[str, Any]] = []
    open_modal(office, modal(field("b", "The field", {**element, "action_id": "a"})), got)
    alice = office.person("alice")
    alice.shortcut("New complaint")
    assert not alice.submits().ok, "required"
    assert alice.fills("The field", given).submits().ok
    assert got[0]["state"]["values"]["b"]["a"] == {"type": element["type"], slot: wanted}


def open_modal(office: Office, view: dict[str, Any], got: list[dict[str, Any]]) -> None:
    def register(app: BoltApp) -> None:
        @app.shortcut("complaint.new")
        def start(ack: Callable[..., None], body: dict[str, Any], client: Any) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=view)
            ack()

        @app.view("form")
        def submitted(ack: Callable[..., None], view: dict[str, Any]) -> None:
            got.append(view)
            ack()

        @app.options("part")
        def offer(ack: Callable[..., None], payload: dict[str, Any]) -> None:
            parts = [f"BP-{number}" for number in range(3)]
            ack(options=[option(p, p[-1]) for p in parts if payload["value"] in p])

        app.view_closed("form")(lambda ack, body: (got.append(body), ack()))

    office.bot(register)


def test_people_channels_files_and_looked_up_options(office: Office) -> None:
    got: list[dict[str, Any]] = []
    blocks = [
        field("who", "Who", {"type": "users_select", "action_id": "v"}),
        field("where", "Where", {"type": "conversations_select", "action_id": "v"}),
        field("photo", "Photo", {"type": "file_input", "action_id": "v"}),
        field("part", "Part", {"type": "external_select", "action_id": "part", "min_query_length": 2}),
    ]
    open_modal(office, modal(*blocks), got)
    alice = office.person("alice")
    alice.shortcut("New complaint")
    shown = alice.modal()
    assert shown is not None
    assert alice.options(shown, "Part", "B") == [], "too short"
    assert alice.options(shown, "Part", "BP") == ["BP-0", "BP-1", "BP-2"]
    alice.fills("Who", "bob").fills("Where", "#sales").fills("Photo", [("a.png", b"x")]).fills("Part", "BP-1")
    with pytest.raises(LookupError, match="no option"):
        alice.fills("Part", "XY-9")
    assert alice.submits().ok
    values = got[0]["state"]["values"]
    assert values["who"]["v"]["selected_user"] == office.person("bob").id
    assert values["where"]["v"]["selected_conversation"] == office.sales
    assert values["photo"]["v"]["files"][0]["name"] == "a.png"
    assert values["part"]["part"]["selected_option"]["value"] == "1"


@pytest.mark.parametrize(
    ("element", "given", "complaint"),
    [
        ({"type": "plain_text_input", "min_length": 5}, "abc", "at least 5"),
        ({"type": "plain_text_input", "max_length": 2}, "abc", "at most 2"),
        ({"type": "email_text_input"}, "bob", "e-mail"),
        ({"type": "url_text_input"}, "bob", "URL"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "9"}, "9.5", "at most 9"),
    ],
)
def test_what_the_client_refuses_itself(
    office: Office, element: dict[str, Any], given: str, complaint: str
) -> None:
    got: list[dict[str, Any]] = []
    open_modal(office, modal(field("b", "Field", {**element, "action_id": "a"})), got)
    alice = office.person("alice")
    alice.shortcut("New complaint")
    assert complaint in alice.fills("Field", given).submits().errors["b"]
    assert not got


@pytest.mark.parametrize("everything", [False, True])
def test_closing_is_told_when_asked_for(office: Office, everything: bool) -> None:
    got: list[dict[str, Any]] = []
    open_modal(office, modal(section("x"), notify_on_close=True), got)
    alice = office.person("alice")
    alice.shortcut("New complaint")
    assert alice.closes(everything=everything).ok
    assert alice.modal() is None
    assert got[0]["is_cleared"] is everything
    assert alice.closes().error == "no_modal_open"


def test_controls_on_a_message(office: Office) -> None:
    got: list[dict[str, Any]] = []

    def register(app: BoltApp) -> None:
        @app.action("region")
        @app.action("more")
        @app.action("go")
        def acted(ack: Callable[..., None], body: dict[str, Any], respond: Any) -> None:
            got.append(body)
            ack()
            if body["actions"][0]["action_id"] == "go":
                respond(text="gone", replace_original=True)

    office.bot(register)
    menu = {"type": "static_select", "action_id": "region", "options": [option("East", "e")]}
    more = {"type": "overflow", "action_id": "more", "options": [option("Delegate", "d")]}
    office.client.chat_postMessage(
        channel=office.sales, text="t", blocks=[actions(menu, more, button("Go", "go", value="7"))]
    )
    bob = office.person("bob")
    message = bob.last("#sales")
    assert bob.selects(message, "region", "East").ok
    assert bob.selects(message, "more", "Delegate").ok
    assert bob.clicks(message, "Go").ok
    assert [b["actions"][0].get("selected_option") for b in got[:2]] == [
        option("East", "e"),
        option("Delegate", "d"),
    ]
    assert got[2]["actions"][0]["value"] == "7"
    assert got[2]["container"]["message_ts"] == message.ts
    assert bob.last("#sales").text == "gone"
    with pytest.raises(LookupError, match="no control 'Stop' here; there is"):
        bob.clicks(message, "Stop")


def test_home_and_its_buttons(office: Office) -> None:
    def register(app: BoltApp) -> None:
        @app.event("app_home_opened")
        def opened(event: dict[str, Any], client: Any) -> None:
            client.views_publish(
                user_id=event["user"], view=home(section("Good morning"), actions(button("More", "m")))
            )

        @app.action("m")
        def more(ack: Callable[..., None], body: dict[str, Any], client: Any) -> None:
            client.views_publish(
                user_id=body["user"]["id"], hash=body["view"]["hash"], view=home(section("All of it"))
            )
            ack()

    office.bot(register)
    alice = office.person("alice")
    shown = alice.opens_home()
    assert shown is not None
    assert shown.text_content == "Good morning\n[More]"
    assert alice.clicks(shown, "More").ok
    again = alice.home()
    assert again is not None
    assert again.text_content == "All of it"
    assert office.person("bob").home() is None


def test_message_shortcut(office: Office) -> None:
    got: list[dict[str, Any]] = []

    def register(app: BoltApp) -> None:
        app.shortcut("complaint.from")(lambda ack, body: (got.append(body), ack()))

    office.bot(register)
    bob = office.person("bob")
    said = bob.says("#sales", "The pump leaks")
    assert office.person("alice").shortcut("File this", on=said).ok
    assert got[0]["message"]["text"] == "The pump leaks"
    assert got[0]["channel"]["id"] == office.sales
    with pytest.raises(NobodyThere):
        bob.shortcut("Dance")


def test_escaping_of_what_is_typed(office: Office) -> None:
    office.person("alice").types("/tell @bob in #sales about a<b & c", "#sales")
    bob = office.person("bob").id
    text = office.workspace.sent("command")[0].args["text"]
    assert text == f"<@{bob}> in <#{office.sales}|sales> about a&lt;b &amp; c"
    office.person("alice").types("/stock @bob & co", "#sales")
    assert office.workspace.sent("command")[1].args["text"] == "@bob & co"


def test_in_channel_shows_the_command_too(office: Office) -> None:
    office.bot(
        lambda app: app.command("/stock")(lambda ack: ack(text="3 left", response_type="in_channel")) and None
    )
    office.person("alice").types("/stock BP-1", "#sales")
    assert [(m.author, m.text) for m in office.person("bob").sees("#sales")] == [
        ("Alice", "/stock BP-1"),
        ("Helper", "3 left"),
    ]


def test_commands_in_a_dm_with_the_app(office: Office) -> None:
    office.person("alice").types("/stock", "@Helper")
    sent = office.workspace.sent("command")[0].args
    assert sent["channel_name"] == "directmessage"
    assert sent["channel_id"].startswith("D")


def test_what_is_readable(office: Office) -> None:
    bob = office.person("bob").id
    blocks = [
        {"type": "header", "text": plain("Low stock")},
        section(f"*3* parts &lt;5, see <@{bob}> in <#{office.sales}> <https://x.example|here> :tada:"),
        table(("Part", "Left"), ("BP-1", "3")),
        {"type": "context", "elements": [mrkdwn("Data to 18:00")]},
        actions(button("Request", "r")),
    ]
    office.client.chat_postMessage(channel=office.sales, text="t", blocks=blocks)
    message = office.person("alice").last("#sales")
    assert message.text_content.split("\n") == [
        "Low stock",
        "3 parts <5, see @Bob in #sales here 🎉",
        "Part | Left",
        "BP-1 | 3",
        "Data to 18:00",
        "[Request]",
    ]
    assert message.buttons == ["Request"]


def test_charts_and_cards_are_readable(office: Office) -> None:
    series = [{"name": "Actual", "data": [{"label": "Jan", "value": 5}]}]
    chart = {"type": "line", "series": series, "axis_config": {"categories": ["Jan"], "y_label": "CNY"}}
    card = {
        "type": "card",
        "title": plain("Brake pad"),
        "body": mrkdwn("*3* left"),
        "actions": [button("Order", "o")],
    }
    blocks = [
        {"type": "data_visualization", "title": "Sales", "chart": chart},
        {"type": "carousel", "elements": [card]},
    ]
    office.client.chat_postMessage(channel=office.sales, text="t", blocks=blocks)
    message = office.person("alice").last("#sales")
    assert message.text_content.split("\n") == [
        "Sales",
        "CNY",
        "Actual: Jan 5",
        "Brake pad",
        "3 left",
        "[Order]",
    ]
    assert message.control("Order").action_id == "o"


def test_dates_in_the_readers_zone_and_language(office: Office) -> None:
    text = "<!date^1573794000^{date} {time}|fallback>"
    office.client.chat_postMessage(channel=office.sales, text=text)
    assert office.person("alice").last("#sales").text_content.startswith("11月15日")
    assert office.person("bob").last("#sales").text_content.startswith("November 15 12:00")


def test_private_channels_stay_private(office: Office) -> None:
    with pytest.raises(NobodyThere):
        office.person("bob").sees("#board")


def test_waiting(office: Office) -> None:
    office.client.chat_postMessage(channel=office.sales, text="It is done")
    assert office.person("bob").waits_for("#sales", "done").text == "It is done"
    with pytest.raises(AssertionError, match="waited for 'never'"):
        office.person("bob").waits_for("#sales", "never", seconds=0.05)
