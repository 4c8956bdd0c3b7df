"""Rows 26 to 28, and what 4.4 says about updates, cuts, ephemerals and threads."""

from __future__ import annotations

import json

import pytest

from tests.sandbox.office import Office
from tests.sandbox.shapes import button, section


def post(office: Office, **args: object) -> str:
    answer = office.call("chat.postMessage", {"channel": office.sales, "text": "first", **args})
    assert answer["ok"], answer
    return str(answer["ts"])


def shown(office: Office, ts: str) -> dict[str, object]:
    answer = office.call("conversations.history", channel=office.sales, include_all_metadata=True)
    return next(m for m in answer["messages"] if m["ts"] == ts)


def test_row_26_update_too_long(office: Office) -> None:
    ts = post(office)
    answer = office.call("chat.update", channel=office.sales, ts=ts, text="x" * 4001)
    assert answer == {"ok": False, "error": "msg_too_long"}
    assert office.call("chat.update", channel=office.sales, ts=ts, text="x" * 4000)["ok"]


def test_row_26_somebody_elses_message(office: Office) -> None:
    said = office.person("bob").says("#sales", "mine")
    assert (
        office.call("chat.update", channel=office.sales, ts=said.ts, text="x")["error"]
        == "cant_update_message"
    )
    assert office.call("chat.delete", channel=office.sales, ts=said.ts)["error"] == "cant_delete_message"


def test_row_26_ephemeral(office: Office) -> None:
    alice = office.person("alice")
    answer = office.call("chat.postEphemeral", channel=office.sales, user=alice.id, text="psst")
    update = office.call("chat.update", channel=office.sales, ts=answer["message_ts"], text="x")
    assert update["error"] == "message_not_found"


def test_text_without_blocks_removes_the_blocks(office: Office) -> None:
    ts = post(office, blocks=[section("block")], metadata={"event_type": "e", "event_payload": {"row": 1}})
    office.call("chat.update", channel=office.sales, ts=ts, text="second")
    found = shown(office, ts)
    assert found["text"] == "second"
    assert "blocks" not in found
    assert "edited" in found
    assert found["metadata"] == {"event_type": "e", "event_payload": {"row": 1}}, "kept unless {}"
    office.call("chat.update", channel=office.sales, ts=ts, text="third", metadata={})
    assert "metadata" not in shown(office, ts)


def test_no_edited_mark_with_blocks(office: Office) -> None:
    ts = post(office, blocks=[section("block")])
    office.call("chat.update", channel=office.sales, ts=ts, text="t", blocks=[section("new")])
    assert "edited" not in shown(office, ts)
    assert office.person("bob").last("#sales").text_content == "new"


def test_update_with_nothing(office: Office) -> None:
    ts = post(office)
    assert office.call("chat.update", channel=office.sales, ts=ts)["error"] == "no_text"


def test_text_is_cut_at_40000(office: Office) -> None:
    ts = post(office, text="x" * 40_001)
    assert len(str(shown(office, ts)["text"])) == 40_000


@pytest.mark.parametrize(
    ("metadata", "code"),
    [("{broken", "invalid_metadata_format"), ({"event_type": "e"}, "invalid_metadata_schema")],
)
def test_metadata(office: Office, metadata: object, code: str) -> None:
    answer = office.call("chat.postMessage", channel=office.sales, text="t", metadata=metadata)
    assert answer["error"] == code


def test_metadata_only_when_asked_for(office: Office) -> None:
    ts = post(office, metadata=json.dumps({"event_type": "e", "event_payload": {"row": 7}}))
    answer = office.call("conversations.history", channel=office.sales)
    assert "metadata" not in next(m for m in answer["messages"] if m["ts"] == ts)
    assert shown(office, ts)["metadata"] == {"event_type": "e", "event_payload": {"row": 7}}


def test_row_27_schedule(office: Office) -> None:
    now = int(office.workspace.state.now())

    def ask(post_at: object) -> dict[str, object]:
        return office.call("chat.scheduleMessage", channel=office.sales, text="later", post_at=post_at)

    assert ask(now - 1)["error"] == "time_in_past"
    assert ask(now + 121 * 86_400)["error"] == "time_too_far"
    assert ask("soon")["error"] == "invalid_time"
    answer = ask(now + 600)
    assert str(answer["scheduled_message_id"]).startswith("Q")
    assert answer["message"]["type"] == "delayed_message"  # type: ignore[index]
    for _ in range(29):
        assert ask(now + 601)["ok"]
    assert ask(now + 602)["error"] == "restricted_too_many"
    assert len(office.call("chat.scheduledMessages.list")["scheduled_messages"]) == 30
    office.workspace.advance(600)
    assert office.person("bob").last("#sales").text == "later"


def test_row_27_cancelled_in_time(office: Office) -> None:
    now = int(office.workspace.state.now())
    made = office.call("chat.scheduleMessage", channel=office.sales, text="later", post_at=now + 60)
    key = made["scheduled_message_id"]
    gone = office.call("chat.deleteScheduledMessage", channel=office.sales, scheduled_message_id=key)
    assert gone == {"ok": True}
    office.workspace.advance(120)
    assert not office.person("bob").sees("#sales")


def test_row_28_ephemeral_to_a_non_member(office: Office) -> None:
    carol = office.workspace.add_user("carol")
    answer = office.call("chat.postEphemeral", channel=office.sales, user=carol.id, text="psst")
    assert answer == {"ok": False, "error": "user_not_in_channel"}


def test_row_28_ephemerals_are_seen_by_one_and_never_in_the_history(office: Office) -> None:
    alice, bob = office.person("alice"), office.person("bob")
    office.call("chat.postEphemeral", channel=office.sales, user=alice.id, text="psst")
    assert alice.last("#sales").ephemeral
    assert not bob.sees("#sales")
    assert office.call("conversations.history", channel=office.sales)["messages"] == []


def test_threads(office: Office) -> None:
    ts = post(office)
    reply = post(office, text="reply", thread_ts=ts)
    history = office.call("conversations.history", channel=office.sales)["messages"]
    assert [m["ts"] for m in history] == [ts]
    assert history[0]["reply_count"] == 1
    replies = office.form("conversations.replies", channel=office.sales, ts=ts)["messages"]
    assert [m["ts"] for m in replies] == [ts, reply]
    assert [m.text for m in office.person("bob").sees("#sales", thread=ts)] == ["first", "reply"]
    status, _, _ = office.raw(
        "chat.postMessage", json.dumps({"channel": office.sales, "text": "x", "thread_ts": reply}).encode()
    )
    assert status == 501, "not established"


def test_deleted(office: Office) -> None:
    ts = post(office)
    assert office.call("chat.delete", channel=office.sales, ts=ts)["ok"]
    assert office.call("chat.delete", channel=office.sales, ts=ts)["error"] == "message_not_found"


def test_posting_to_a_person_opens_the_dm(office: Office) -> None:
    answer = office.call("chat.postMessage", channel=office.person("bob").id, text="hello")
    assert answer["channel"].startswith("D")
    assert office.person("bob").last("@Helper").text == "hello"
    assert office.call("chat.update", channel=office.person("bob").id, ts=answer["ts"], text="x")[
        "error"
    ] == ("channel_not_found"), "updates need the D-id"


def test_permalink_leads_to_the_page(office: Office) -> None:
    ts = post(office)
    link = office.form("chat.getPermalink", channel=office.sales, message_ts=ts)["permalink"]
    assert link == f"{office.server.url}/archives/{office.sales}/p{ts.replace('.', '')}"


def test_a_warning_where_screen_readers_find_no_text(office: Office) -> None:
    answer = office.call(
        "chat.postMessage", channel=office.sales, blocks=[section("x", accessory=button("B", "b"))]
    )
    assert answer["warning"] == "missing_text_in_message"
