"""What people choose in messages, buttons in unusual places, many at once, and saving a request URL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App as BoltApp

from sandbox import Settings
from tests.sandbox.office import Office
from tests.sandbox.shapes import actions, button, field, plain, table


def test_what_was_chosen_counts_in_later_clicks(office: Office) -> None:
    got: list[dict[str, Any]] = []

    def register(app: BoltApp) -> None:
        @app.action("day")
        @app.action("go")
        def acted(ack: Callable[..., None], body: dict[str, Any]) -> None:
            got.append(body["state"]["values"])
            ack()

    office.bot(register)
    day = {"type": "datepicker", "action_id": "day", "initial_date": "2019-11-01"}
    blocks = [field("note", "Note"), {**actions(day, button("Go", "go")), "block_id": "do"}]
    office.client.chat_postMessage(channel=office.sales, text="t", blocks=blocks)
    alice, bob = office.person("alice"), office.person("bob")
    message = alice.last("#sales")
    alice.selects(message, "day", "2019-12-24")
    alice.fills("Note", "Christmas", on=message).clicks(message, "Go")
    bob.clicks(bob.last("#sales"), "Go")
    assert got[1]["do"]["day"]["selected_date"] == "2019-12-24"
    assert got[1]["note"]["value"]["value"] == "Christmas"
    assert got[2]["do"]["day"]["selected_date"] == "2019-11-01", "what Alice chose is hers"


def test_malformed_options_are_not_offered(office: Office) -> None:
    def register(app: BoltApp) -> None:
        app.options("part")(lambda ack: ack(options=[{"text": plain("x" * 76), "value": "1"}]))

    office.bot(register)
    menu = {"type": "external_select", "action_id": "part", "min_query_length": 0}
    office.client.chat_postMessage(channel=office.sales, text="t", blocks=[actions(menu)])
    bob = office.person("bob")
    assert bob.options(bob.last("#sales"), "part", "x") == []
    assert office.workspace.calls("options answer")[0].error == "invalid_options"


def test_buttons_in_attachments_cards_and_data_tables(office: Office) -> None:
    got: list[str] = []

    def register(app: BoltApp) -> None:
        app.action({"type": "block_actions", "action_id": "go"})(
            lambda ack, action: (got.append(action["value"]), ack())
        )

    office.bot(register)
    rows = table(("Part", "Do"))["rows"] + [
        [
            {"type": "raw_text", "text": "BP-1"},
            {"type": "action_cell", "element": button("In table", "go", value="t")},
        ]
    ]
    blocks = [
        {"type": "card", "title": plain("c"), "actions": [button("On card", "go", value="c")]},
        {"type": "data_table", "caption": "d", "rows": rows},
    ]
    attached = [{"color": "#ff0000", "blocks": [actions(button("Attached", "go", value="a"))]}]
    office.client.chat_postMessage(channel=office.sales, text="t", blocks=blocks, attachments=attached)
    bob = office.person("bob")
    message = bob.last("#sales")
    assert message.buttons == ["On card", "In table", "Attached"]
    for words in message.buttons:
        assert bob.clicks(message, words).ok
    assert got == ["c", "t", "a"]


def test_many_threads_at_once(offices: Callable[..., Office]) -> None:
    office = offices(Settings(rate_limits=False))
    with ThreadPoolExecutor(8) as pool:
        posts = [
            pool.submit(office.call, "chat.postMessage", channel=office.sales, text=str(n)) for n in range(80)
        ]
        says = [pool.submit(office.person("bob").says, "#sales", str(n)) for n in range(40)]
        stamps = [p.result()["ts"] for p in posts] + [s.result().ts for s in says]
    assert len(set(stamps)) == 120
    assert len(office.person("alice").sees("#sales")) == 120
    assert office.workspace.state.log.violations, "noted although not enforced"


def test_url_verification(office: Office) -> None:
    assert office.workspace.verify_url(office.app) is False
    office.bot(lambda app: None)
    assert office.workspace.verify_url(office.app) is True
