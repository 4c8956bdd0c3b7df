"""Whatever Slack answers: nothing is lost, nothing stands there twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.delivery.operations import is_there, send_again
from domain.people.model import Department, Person, RoleGrant
from gateways.database.unit_of_work import unit_of_work
from gateways.delivery.gates import unpause
from gateways.delivery.outbox import deliver_soon
from gateways.delivery.sending import client_msg_id
from tests.gateways.delivery.desk import SCOPES, Desk, open_desk

POST, HISTORY = "chat.postMessage", "conversations.history"


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    with open_desk(engine) as opened:
        yield opened


def hire_admin(desk: Desk) -> None:
    """Alice is an admin of the company, too."""
    with unit_of_work(desk.engine) as session:
        session.add(Department(code="management", name="Management"))
        session.flush()
        alice = Person(code="A", name="Alice", email="alice@parts.example", department="management")
        alice.slack_user_id = desk.workspace.state.user("alice").id
        session.add(alice)
        session.flush()
        session.add(RoleGrant(person_id=alice.id, role="admin"))


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("drop_after", {}),
        ("http_503_after", {}),
        ("internal_error_after", {}),
        ("error_after", {"error": "fatal_error"}),
        ("drop_before", {}),
        ("http_503", {}),
        ("http_500", {}),
    ],
)
def test_an_answer_that_is_lost_makes_no_second_message(
    desk: Desk, kind: str, options: dict[str, str]
) -> None:
    desk.workspace.fault(kind, POST, **options)
    said = desk.say("81.2 %")
    desk.say("next")
    desk.deliver(said)
    assert desk.shown() == ["81.2 %", "next"]
    assert desk.calls(HISTORY) == 1
    row = desk.row(said)
    assert row.slack_ts == desk.workspace.state.channel("sales").messages[-2].ts


def test_a_slow_answer_after_posting_makes_no_second_message(engine: Engine) -> None:
    with open_desk(engine, timeout=1) as desk:
        desk.workspace.fault("timeout", POST, seconds=1.3)
        said = desk.say("81.2 %")
        desk.deliver(said)
        assert (desk.shown(), desk.row(said).state) == (["81.2 %"], "sent")


def test_a_lost_answer_in_a_thread_is_found_there(desk: Desk) -> None:
    desk.deliver(desk.say("asked", thing="plan 7"))
    desk.workspace.fault("drop_after", POST)
    desk.deliver(desk.say("bob: why?", thing="talk", thread_of="plan 7", edit=False))
    assert desk.shown() == ["asked", "bob: why?"]
    assert desk.calls("conversations.replies") == 1


def test_a_lost_answer_to_an_edit_is_harmless(desk: Desk) -> None:
    desk.deliver(desk.say("asked", thing="plan 7"))
    desk.workspace.fault("drop_after", "chat.update")
    desk.deliver(desk.say("approved", thing="plan 7"))
    assert (desk.shown(), desk.calls(POST), desk.calls(HISTORY)) == (["approved"], 1, 0)


def test_the_message_is_found_behind_pages_of_others(desk: Desk) -> None:
    desk.workspace.fault("drop_after", POST)
    said = desk.say("81.2 %")
    desk.courier.deliver(said)
    for number in range(450):
        desk.workspace.person("bob").says("#sales", f"chat {number}")
    desk.later(5)
    desk.courier.deliver(said)
    assert (desk.shown(), desk.calls(HISTORY)) == (["81.2 %"], 3)


def test_a_process_that_dies_before_it_has_written_the_outcome(desk: Desk) -> None:
    def dies(step: str) -> None:
        if step == "sent":
            raise KeyboardInterrupt

    said = desk.say("81.2 %")
    desk.courier.hook = dies
    with pytest.raises(KeyboardInterrupt):
        desk.courier.deliver(said)
    desk.courier.hook = lambda _: None
    assert (desk.row(said).state, desk.row(said).attempts) == ("sending", 1)
    desk.deliver(said)
    assert (desk.shown(), desk.row(said).state) == (["81.2 %"], "sent")


def test_too_many_requests_hold_this_channel_and_no_other(desk: Desk) -> None:
    sales = desk.workspace.state.channel("sales").id
    desk.workspace.fault("ratelimited", POST, seconds=30, channel=sales)
    said, other = desk.say("81.2 %", channel=sales), desk.say("to the east", channel="#east")
    until = desk.courier.deliver(said)
    assert until is not None and 29 < (until - desk.now()).total_seconds() <= 30
    row = desk.row(said)
    assert (row.state, row.attempts, row.refusals, row.first_at) == ("pending", 1, 1, None)
    desk.later(29)
    desk.courier.deliver(said)
    desk.courier.deliver(other)
    assert (desk.calls(POST), desk.shown("east")) == (2, ["to the east"])
    desk.later(1.1)
    desk.courier.deliver(said)
    assert (desk.shown(), desk.calls(HISTORY)) == (["81.2 %"], 0)


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "channel_not_found"])
def test_a_closed_channel_buries_one_message_and_tells_the_admin_once(desk: Desk, code: str) -> None:
    hire_admin(desk)
    desk.workspace.fault("error", POST, count=2, error=code, channel=desk.workspace.state.channel("sales").id)
    said, waits = desk.say("one"), desk.say("two")
    other = desk.say("to the east", channel="#east")
    desk.courier.deliver(said)
    desk.courier.deliver(other)
    assert desk.states()["one"] == ("dead", code)
    assert desk.states()["two"] == ("pending", None)
    assert (desk.gate("#sales").paused, desk.shown("east")) == (code, ["to the east"])
    told = [key for key in desk.states() if key.startswith("#sales")]
    desk.deliver(4)
    assert desk.in_dm("alice") == told == [f"#sales: {code}"]
    # The next message tries the door after a quarter of an hour, and is not lost by it.
    desk.later(15 * 60 + 1)
    until = desk.courier.deliver(waits)
    assert until is not None
    assert desk.states()["two"] == ("pending", None)
    assert len([key for key in desk.states() if key.startswith("#sales")]) == 1


def test_a_channel_goes_on_when_it_is_opened(desk: Desk) -> None:
    sales = desk.workspace.state.channel("sales").id
    desk.workspace.archive("sales")
    desk.say("one")
    waits = desk.say("two")
    desk.courier.deliver(waits)
    desk.workspace.state.channel("sales").archived = False
    with unit_of_work(desk.engine) as session:
        assert unpause(session, sales, now=desk.now())
        assert not unpause(session, sales, now=desk.now())
    desk.deliver(waits)
    assert desk.shown() == ["two"]


def test_a_channel_that_was_renamed_is_found_again(desk: Desk) -> None:
    desk.deliver(desk.say("one"))
    channel = desk.workspace.state.channels.pop(desk.workspace.state.channel("sales").id)
    channel.id = "C0NEWSALES"
    desk.workspace.state.channels[channel.id] = channel
    desk.later(120)
    desk.deliver(desk.say("two"))
    assert desk.row(2).slack_channel == "C0NEWSALES"


def test_a_revoked_token_loses_nothing_and_is_tried_once_a_minute(desk: Desk) -> None:
    desk.workspace.revoke_token(desk.app)
    first, second = desk.say("one", channel="C0UNKNOWN"), desk.say("to the east", channel="C0OTHER")
    for _ in range(10 * 6):
        desk.courier.deliver(first)
        desk.courier.deliver(second)
        desk.later(10)
    assert {state for state, _ in desk.states().values()} == {"pending"}
    assert desk.gate("*").paused == "token_revoked"
    assert len(desk.workspace.calls()) <= 11
    desk.app.token_revoked = False
    desk.later(61)
    desk.courier.deliver(first)
    assert desk.gate("*").paused is None


def test_blocks_that_are_refused_are_left_out_step_by_step(desk: Desk) -> None:
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "*81.2 %*"}},
        {"type": "data_visualization", "title": "x"},
    ]
    plain = desk.say("with a chart", blocks=blocks)
    desk.deliver(plain)
    assert desk.states()["with a chart"] == ("sent", "rich_blocks_removed")
    assert [b["type"] for b in desk.workspace.state.channel("sales").messages[-1].blocks] == ["section"]
    words = desk.say("broken", blocks=[*blocks, {"type": "section"}])
    desk.deliver(words)
    assert desk.states()["broken"] == ("sent", "blocks_removed")
    assert desk.calls(HISTORY) == 0


def test_a_message_nobody_can_take_dies_and_lets_the_next_one_go(desk: Desk) -> None:
    desk.workspace.fault("error", POST, error="no_text")
    desk.say("one")
    desk.deliver(desk.say("two"))
    assert (desk.states()["one"], desk.shown()) == (("dead", "no_text"), ["two"])


def test_a_person_who_has_left_is_not_written_to(desk: Desk) -> None:
    bob = desk.workspace.state.user("bob").id
    desk.workspace.deactivate("bob")
    desk.deliver(desk.say("your month", channel=bob))
    assert desk.states()["your month"] == ("dead", "user_disabled")


def test_while_history_cannot_be_read_nothing_is_sent_again(desk: Desk) -> None:
    desk.workspace.fault("drop_after", POST)
    desk.workspace.fault("http_503", HISTORY, count=3)
    said, waits = desk.say("81.2 %"), desk.say("next")
    desk.courier.deliver(said)
    desk.later(2)
    desk.courier.deliver(said)
    assert desk.states()["81.2 %"] == ("ambiguous", "history_unavailable:service_unavailable")
    assert desk.states()["next"] == ("pending", None)
    desk.deliver(waits)
    assert (desk.shown(), desk.calls(POST)) == (["81.2 %", "next"], 2)


def test_a_doubt_that_lasts_lets_the_others_go_and_is_settled_later(desk: Desk) -> None:
    desk.workspace.fault("drop_after", POST)
    desk.workspace.fault("http_503", HISTORY, count=12)
    said, waits = desk.say("81.2 %"), desk.say("next")
    desk.deliver(waits)
    assert desk.states()["81.2 %"][0] == "ambiguous"
    assert desk.shown() == ["81.2 %", "next"]
    for _ in range(12):
        desk.later(301)
        if desk.courier.recheck(said) is None:
            break
    assert (desk.row(said).state, desk.shown()) == ("sent", ["81.2 %", "next"])


def test_without_the_right_to_read_history_a_person_decides(engine: Engine) -> None:
    with open_desk(engine, scopes=[scope for scope in SCOPES if "history" not in scope]) as desk:
        desk.workspace.fault("drop_after", POST)
        desk.workspace.fault("drop_before", POST)
        there, lost = desk.say("81.2 %"), desk.say("lost")
        desk.deliver(there)
        assert desk.states()["81.2 %"] == ("ambiguous", "history_denied:missing_scope")
        assert desk.states()["lost"] == ("ambiguous", "history_denied:missing_scope")
        again = desk.courier.recheck(there)
        assert again is not None and desk.calls(POST) == 2
        with unit_of_work(engine) as session:
            assert is_there(session, there, now=desk.now())
            assert send_again(session, lost)
            deliver_soon(session, "#sales", lost)
            assert not is_there(session, there, now=desk.now())
        desk.deliver(lost)
        assert desk.shown() == ["81.2 %", "lost"]


def test_what_has_expired_while_in_doubt_is_looked_for_but_not_sent(desk: Desk) -> None:
    desk.workspace.fault("drop_before", POST)
    said = desk.say("good morning", expires_at=desk.now() + timedelta(hours=6))
    desk.courier.deliver(said)
    desk.later(7 * 3600)
    desk.courier.deliver(said)
    assert (desk.states()["good morning"], desk.calls(POST)) == (("dropped", "expired"), 1)


def test_after_a_day_of_trying_a_message_is_dead(desk: Desk) -> None:
    desk.workspace.fault("http_503", POST, count=None)
    said = desk.say("81.2 %")
    waits = []
    for _ in range(11):
        until = desk.courier.deliver(said)
        assert until is not None
        seconds = (until - desk.now()).total_seconds()
        waits.append(seconds)
        desk.later(seconds + 0.01)
    assert waits == pytest.approx([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], abs=0.9)
    desk.later(24 * 3600 - sum(waits) + 60)
    assert desk.courier.deliver(said) is None
    assert desk.row(said).state == "dead"
    assert desk.row(said).reason == "service_unavailable"


def test_slack_out_of_reach_is_no_doubt(desk: Desk) -> None:
    reachable, desk.courier.client.base_url = desk.courier.client.base_url, "http://127.0.0.1:9/api/"
    said = desk.say("81.2 %", channel=desk.workspace.state.channel("sales").id)
    waits = []
    for _ in range(3):
        until = desk.courier.deliver(said)
        assert until is not None
        waits.append(round((until - desk.now()).total_seconds()))
        desk.later(waits[-1] + 0.1)
    assert (waits, desk.row(said).state) == ([1, 2, 4], "pending")
    desk.courier.client.base_url = reachable
    desk.deliver(said)
    assert (desk.shown(), desk.calls(HISTORY)) == (["81.2 %"], 0)


def test_somebody_else_has_taken_over_meanwhile(desk: Desk) -> None:
    """A worker that was asleep for long neither sends nor writes over what was done since."""
    said = desk.say("81.2 %")
    slept: list[int] = []

    def sleeps(step: str) -> None:
        if step == "taken" and not slept:
            slept.append(1)
            desk.later(60)
            desk.deliver(said)

    desk.courier.hook = sleeps
    desk.courier.deliver(said)
    assert (desk.shown(), desk.row(said).state, desk.row(said).attempts) == (["81.2 %"], "sent", 2)


def test_the_id_of_a_message_is_the_same_for_every_attempt() -> None:
    assert client_msg_id("k") == client_msg_id("k") != client_msg_id("other")
