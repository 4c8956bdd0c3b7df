"""Rows 29 to 31: response_urls, late and bad acknowledgements; with a real Bolt app over HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App as BoltApp

from sandbox import Settings
from tests.sandbox.office import Office, fetch
from tests.sandbox.shapes import actions, button, field, modal, section


def respond(url: str, **body: Any) -> tuple[int, bytes]:
    status, _, raw = fetch(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    return status, raw


@pytest.fixture
def response_url(office: Office) -> str:
    def register(app: BoltApp) -> None:
        app.command("/stock")(lambda ack: ack())

    office.bot(register)
    office.person("alice").types("/stock", "#sales")
    return str(office.workspace.sent("command")[-1].args["response_url"])


def test_row_29_five_answers(office: Office, response_url: str) -> None:
    for number in range(5):
        assert respond(response_url, text=str(number)) == (200, b"ok")
    status, body = respond(response_url, text="6")
    assert status != 200
    assert b"five times" in body
    assert all(m.ephemeral for m in office.person("alice").sees("#sales")), "ephemeral by default"


def test_row_29_thirty_minutes(office: Office, response_url: str) -> None:
    office.workspace.advance(1799)
    assert respond(response_url, text="x")[0] == 200
    office.workspace.advance(2)
    assert respond(response_url, text="x")[0] != 200


def test_row_29_ephemeral_never_becomes_in_channel(office: Office, response_url: str) -> None:
    respond(response_url, text="psst")
    assert respond(response_url, text="loud", replace_original=True, response_type="in_channel")[0] == 200
    assert [(m.text, m.ephemeral) for m in office.person("alice").sees("#sales")] == [("loud", True)]
    assert not office.person("bob").sees("#sales")
    respond(response_url, delete_original=True)
    assert not office.person("alice").sees("#sales")


def test_answering_aloud(office: Office, response_url: str) -> None:
    respond(response_url, text="for all", response_type="in_channel")
    assert office.person("bob").last("#sales").text == "for all"


def test_bad_blocks_are_refused_there_too(response_url: str) -> None:
    assert respond(response_url, text="x", blocks=[section("")]) == (400, b"invalid_blocks")


def test_row_30_late(offices: Callable[..., Office]) -> None:
    office = offices(Settings(ack_seconds=0.2))

    def register(app: BoltApp) -> None:
        @app.command("/stock")
        def slow(ack: Callable[..., None]) -> None:
            time.sleep(0.5)
            ack("too late")

    office.bot(register)
    alice = office.person("alice")
    outcome = alice.types("/stock", "#sales")
    assert outcome.error == "operation_timeout"
    assert "Operation timed out. Apps need to respond within three seconds" in alice.toasts()[0]
    time.sleep(0.4)
    assert "too late" not in alice.last("#sales").text, "the late body is dropped"


def test_row_30_not_2xx(office: Office) -> None:
    office.bot(lambda app: None)
    assert office.person("alice").types("/stock", "#sales").error == "dispatch_failed"


def test_row_30_nobody_listens(office: Office) -> None:
    assert office.person("alice").types("/stock", "#sales").error == "dispatch_failed"


def test_row_18_and_30_bad_body(office: Office) -> None:
    def register(app: BoltApp) -> None:
        app.command("/stock")(lambda ack: ack(text="x", blocks=[actions(button("A", "a"), button("B", "a"))]))

    office.bot(register)
    outcome = office.person("alice").types("/stock", "#sales")
    assert outcome.error == "invalid_command_response"
    assert "invalid_command_response" in office.person("alice").last("#sales").text


def test_row_30_a_click_nobody_answers(office: Office) -> None:
    office.bot(lambda app: None)
    office.client.chat_postMessage(channel=office.sales, text="t", blocks=[actions(button("Go", "go"))])
    bob = office.person("bob")
    assert bob.clicks(bob.last("#sales"), "Go").error == "dispatch_failed"
    assert bob.toasts()


BAD_ANSWERS: list[dict[str, Any]] = [
    {"response_action": "errors", "errors": {"nowhere": "No."}},
    {"response_action": "dance"},
    {"response_action": "update", "view": modal(section(""))},
    {"response_action": "errors", "errors": {}},
]


@pytest.mark.parametrize("answer", BAD_ANSWERS)
def test_row_31_bad_answer_to_a_submission(office: Office, answer: dict[str, Any]) -> None:
    submit(office, lambda ack: ack(**answer), "trouble_connecting")


def test_row_31_text_body(office: Office) -> None:
    submit(office, lambda ack: ack("thanks"), "trouble_connecting")


def submit(office: Office, handler: Callable[..., Any], error: str) -> None:
    def register(app: BoltApp) -> None:
        @app.shortcut("complaint.new")
        def start(ack: Callable[..., None], body: dict[str, Any], client: Any) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=modal(field("a", "What")))
            ack()

        app.view("form")(lambda ack: handler(ack))

    office.bot(register)
    alice = office.person("alice")
    assert alice.shortcut("New complaint").ok
    outcome = alice.fills("What", "broken").submits()
    assert outcome.error == error
    shown = alice.modal()
    assert shown is not None
    assert shown.notice == "We had some trouble connecting. Try again?"


@pytest.mark.parametrize(
    ("answer", "title", "depth"),
    [
        (
            {
                "response_action": "update",
                "view": modal(section("x"), title={"type": "plain_text", "text": "Done"}),
            },
            "Done",
            1,
        ),
        (
            {
                "response_action": "push",
                "view": modal(section("x"), title={"type": "plain_text", "text": "More"}),
            },
            "More",
            2,
        ),
        ({"response_action": "clear"}, "", 0),
        ({}, "", 0),
    ],
)
def test_submission_answers(office: Office, answer: dict[str, Any], title: str, depth: int) -> None:
    def register(app: BoltApp) -> None:
        @app.shortcut("complaint.new")
        def start(ack: Callable[..., None], body: dict[str, Any], client: Any) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=modal(field("a", "What")))
            ack()

        app.view("form")(lambda ack: ack(**answer))

    office.bot(register)
    alice = office.person("alice")
    alice.shortcut("complaint.new")
    assert alice.fills("What", "broken").submits().ok
    shown = alice.modal()
    assert (shown.title if shown else "") == title
    assert len(office.workspace.state.stacks.get(alice.id, [])) == depth
