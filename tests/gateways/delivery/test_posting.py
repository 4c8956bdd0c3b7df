"""A message reaches Slack once, in its place."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from gateways.database.unit_of_work import unit_of_work
from gateways.delivery.channels import cached
from gateways.delivery.outbox import enqueue
from gateways.delivery.pacing import Pace
from tests.gateways.delivery.desk import Desk, open_desk


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    with open_desk(engine) as opened:
        yield opened


def test_a_message_stands_in_the_channel(desk: Desk) -> None:
    said = desk.say("81.2 %", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "*81.2 %*"}}])
    assert desk.courier.deliver(said) is None
    row = desk.row(said)
    assert (row.state, row.attempts, desk.shown()) == ("sent", 1, ["81.2 %"])
    assert row.slack_channel == desk.workspace.state.channel("sales").id
    call = desk.workspace.calls("chat.postMessage")[0]
    assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False)
    assert call.args["metadata"] == {"event_type": "partsplan_outbox", "event_payload": {"outbox": "81.2 %"}}


def test_the_same_key_says_nothing_new(desk: Desk) -> None:
    desk.say("81.2 %", key="daily")
    with unit_of_work(desk.engine) as session:
        again = enqueue(
            session, key="daily", channel="#sales", thing="x", payload={"text": "other"}, feature="targets"
        )
    assert again is None


def test_what_is_rolled_back_is_never_said(desk: Desk) -> None:
    with pytest.raises(RuntimeError), unit_of_work(desk.engine) as session:
        enqueue(session, key="k", channel="#sales", thing="t", payload={"text": "x"}, feature="targets")
        raise RuntimeError("changed my mind")
    assert desk.states() == {} and desk.jobs() == []


def test_many_messages_of_a_channel_share_a_job(desk: Desk) -> None:
    for number in range(5):
        desk.say(f"message {number}")
    first = desk.say("to the east", channel="#east")
    assert desk.jobs() == [("deliver", "slack:#sales"), ("deliver", "slack:#east")]
    desk.deliver(1)
    desk.deliver(first)
    assert desk.shown() == [f"message {number}" for number in range(5)]
    assert desk.shown("east") == ["to the east"]


def test_a_thing_has_one_message_that_shows_its_state(desk: Desk) -> None:
    first = desk.say("asked", thing="plan 7")
    desk.deliver(first)
    desk.deliver(desk.say("approved", thing="plan 7"))
    assert desk.shown() == ["approved"]
    assert desk.calls("chat.postMessage") == 1


def test_of_states_that_wait_only_the_newest_is_shown(desk: Desk) -> None:
    desk.say("asked", thing="plan 7")
    desk.say("bob agrees", thing="plan 7")
    last = desk.say("approved", thing="plan 7")
    desk.deliver(last)
    assert desk.shown() == ["approved"]
    assert desk.states()["asked"] == ("dropped", "superseded")


def test_replies_find_the_message_they_belong_to(desk: Desk) -> None:
    desk.say("asked", thing="plan 7")
    desk.say("bob: why?", thing="plan 7 talk", thread_of="plan 7", edit=False)
    last = desk.say("approved", thing="plan 7")
    desk.deliver(last)
    messages = [m for m in desk.workspace.state.channel("sales").messages if m.bot_id]
    assert [m.text for m in messages] == ["approved", "bob: why?"]
    assert messages[1].thread_ts == messages[0].ts


def test_a_message_somebody_deleted_is_posted_anew(desk: Desk) -> None:
    desk.deliver(desk.say("asked", thing="plan 7"))
    channel = desk.workspace.state.channel("sales")
    channel.messages.clear()
    desk.deliver(desk.say("approved", thing="plan 7"))
    assert desk.shown() == ["approved"]


def test_what_has_expired_is_not_said(desk: Desk) -> None:
    old = desk.say("good morning", expires_at=desk.now() + timedelta(hours=6))
    desk.later(7 * 3600)
    desk.deliver(old)
    assert (desk.shown(), desk.states()["good morning"]) == ([], ("dropped", "expired"))


def test_a_person_is_written_to_directly(desk: Desk) -> None:
    alice = desk.workspace.state.user("alice").id
    desk.deliver(desk.say("your month", channel=alice))
    desk.deliver(desk.say("your year", channel=alice))
    assert desk.in_dm("alice") == ["your month", "your year"]
    assert desk.calls("conversations.open") == 1
    assert str(cached(desk.engine, alice)).startswith("D")


def test_names_are_looked_up_once(desk: Desk) -> None:
    desk.deliver(desk.say("one"))
    desk.deliver(desk.say("two", channel="#east"))
    assert desk.calls("conversations.list") == 1


def test_a_long_text_is_cut_where_it_is_edited(desk: Desk) -> None:
    desk.deliver(desk.say("short", thing="plan 7"))
    desk.deliver(desk.say("x" * 5000, thing="plan 7"))
    assert [len(text) for text in desk.shown()] == [3900]


def test_a_channel_gets_a_message_a_second(engine: Engine) -> None:
    with open_desk(engine, pace=Pace()) as desk:
        for number in range(3):
            desk.say(f"message {number}")
        first = desk.courier.deliver(1)
        assert first is not None and 1.0 <= (first - desk.now()).total_seconds() <= 1.06
        assert desk.courier.deliver(2) == first, "nothing is sent, and nobody sleeps"
        assert desk.shown() == ["message 0"]
        desk.later(1.1)
        desk.courier.deliver(2)
        assert desk.shown() == ["message 0", "message 1"]


def test_the_outbox_refuses_what_nobody_could_read(desk: Desk) -> None:
    with pytest.raises(ValueError, match="text"), unit_of_work(desk.engine) as session:
        enqueue(session, key="k", channel="#sales", thing="t", payload={"blocks": []}, feature="targets")


def test_many_channels_take_turns_at_the_pace_of_the_workspace(engine: Engine) -> None:
    with open_desk(engine, pace=Pace(channel=0.0, workspace=2.0, burst=0)) as desk:
        users = [desk.workspace.add_user(f"rep{n}").id for n in range(14)]
        said = [desk.say("your month", channel=user, key=user) for user in users]
        waits = [
            until and round((until - desk.now()).total_seconds()) for until in map(desk.courier.deliver, said)
        ]
        assert waits[:4] == [None, 2, 4, 6], "each comes once for its turn"
        assert all(wait is not None and 10 <= wait <= 20 for wait in waits[11:]), "the line is not endless"
        desk.later(2.1)
        assert desk.courier.deliver(said[1]) is None
        assert len(desk.workspace.calls("chat.postMessage")) == 2
        desk.later(6)
        assert desk.courier.deliver(said[2]) is None, "a little late is still its turn"
        assert len(desk.workspace.calls("chat.postMessage")) == 3
