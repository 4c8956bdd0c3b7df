"""The other methods: conversations, users, reactions, pins, bookmarks, team; and pages of lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.api.known import KNOWN
from sandbox.api.registry import METHODS
from tests.sandbox.office import Office

# fmt: off
WANTED = [
    "auth.test", "chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete",
    "chat.getPermalink", "chat.scheduleMessage", "chat.deleteScheduledMessage",
    "chat.scheduledMessages.list", "conversations.open", "conversations.list",
    "conversations.info", "conversations.members", "conversations.history",
    "conversations.replies", "conversations.join", "conversations.invite", "conversations.create",
    "conversations.setTopic", "conversations.archive", "users.info", "users.list",
    "users.lookupByEmail", "users.conversations", "views.open", "views.push", "views.update",
    "views.publish", "files.getUploadURLExternal", "files.completeUploadExternal", "files.info",
    "reactions.add", "pins.add", "bookmarks.add", "apps.connections.open", "team.info", "dnd.info",
    "usergroups.list", "blocks.validate", "api.test",
]
# fmt: on


def test_the_coverage_table() -> None:
    assert set(WANTED) == set(METHODS)
    assert set(METHODS) <= KNOWN


def test_open(office: Office) -> None:
    bob, alice = office.person("bob").id, office.person("alice").id
    first = office.call("conversations.open", users=bob)
    assert "no_op" not in first
    again = office.call("conversations.open", users=bob)
    assert (again["no_op"], again["already_open"]) == (True, True)
    assert again["channel"] == first["channel"]
    assert office.call("conversations.open", users=f"{bob},{alice}")["channel"]["id"].startswith("G")
    assert office.call("conversations.open")["error"] == "users_list_not_supplied"
    assert office.call("conversations.open", users="U0NOSUCH")["error"] == "user_not_found"
    assert office.call("conversations.open", users=",".join([bob] * 9))["error"] == "too_many_users"


def test_list_hides_what_the_bot_does_not_see(office: Office) -> None:
    listed = office.form("conversations.list", types="public_channel,private_channel")["channels"]
    assert [c["name"] for c in listed] == ["sales"]
    assert office.form("conversations.list", types="planets")["error"] == "invalid_types"
    board = office.workspace.state.channel("board").id
    assert office.form("conversations.info", channel=board)["error"] == "channel_not_found"
    assert (
        office.form("conversations.info", channel=office.sales, include_num_members="true")["channel"][
            "num_members"
        ]
        == 3
    )


def test_pages(office: Office) -> None:
    first = office.form("conversations.members", channel=office.sales, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = office.form("conversations.members", channel=office.sales, limit=2, cursor=cursor)
    assert len(first["members"] + second["members"]) == 3
    assert second["response_metadata"]["next_cursor"] == ""
    assert office.form("users.list", cursor="nonsense")["error"] == "invalid_cursor"


def test_history_between_two_moments(office: Office) -> None:
    stamps = []
    for number in range(4):
        stamps.append(office.person("bob").says("#sales", str(number)).ts)
        office.workspace.advance(10)

    def ask(**more: object) -> list[str]:
        answer = office.call("conversations.history", {"channel": office.sales, **more})
        return [m["text"] for m in answer["messages"]]

    assert ask() == ["3", "2", "1", "0"]
    assert ask(oldest=stamps[1]) == ["3", "2"]
    assert ask(oldest=stamps[1], inclusive=True) == ["3", "2", "1"]
    assert ask(latest=stamps[1]) == ["0"]
    assert ask(limit=1) == ["3"]
    bad = office.call("conversations.history", channel=office.sales, oldest="noon")
    assert bad["error"] == "invalid_ts_oldest"
    missing = office.form("conversations.replies", channel=office.sales, ts="1.2")
    assert missing["error"] == "thread_not_found"


def test_history_needs_membership(office: Office) -> None:
    office.workspace.add_channel("open")
    channel = office.workspace.state.channel("open").id
    assert office.call("conversations.history", channel=channel)["error"] == "not_in_channel"
    assert office.call("conversations.join", channel=channel)["ok"]
    assert office.call("conversations.join", channel=channel)["warning"] == "already_in_channel"
    assert office.call("conversations.history", channel=channel)["ok"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("x" * 81, "invalid_name_maxlength"),
        ("Sales East", "invalid_name_specials"),
        ("---", "invalid_name_punctuation"),
        ("sales", "name_taken"),
    ],
)
def test_names_of_channels(office: Office, name: str, code: str) -> None:
    assert office.call("conversations.create", name=name)["error"] == code


def test_a_channel_of_the_bots_own(office: Office) -> None:
    made = office.call("conversations.create", name="promotion-2019", is_private=True)["channel"]["id"]
    bob = office.person("bob").id
    assert office.call("conversations.invite", channel=made, users=bob)["ok"]
    assert office.call("conversations.invite", channel=made, users=bob)["error"] == "already_in_channel"
    itself = office.call("conversations.invite", channel=made, users=office.app.bot_user_id)
    assert itself["error"] == "cant_invite_self"
    assert office.call("conversations.setTopic", channel=made, topic="x" * 251)["error"] == "too_long"
    assert (
        office.call("conversations.setTopic", channel=made, topic="Plans")["channel"]["topic"]["value"]
        == "Plans"
    )
    assert office.call("conversations.archive", channel=made)["ok"]
    assert office.call("conversations.archive", channel=made)["error"] == "already_archived"
    assert office.call("conversations.invite", channel=made, users=bob)["error"] == "is_archived"


def test_users(office: Office) -> None:
    assert office.form("users.info", user="U0NOSUCH")["error"] == "user_not_found"
    found = office.form("users.lookupByEmail", email="BOB@parts.example")["user"]
    assert found["id"] == office.person("bob").id
    office.workspace.deactivate("bob")
    assert office.form("users.lookupByEmail", email="bob@parts.example")["error"] == "users_not_found"
    members = office.form("users.list")["members"]
    assert {m["name"]: m["deleted"] for m in members if not m["is_bot"]} == {"alice": False, "bob": True}
    mine = office.form("users.conversations", types="public_channel,private_channel,im")["channels"]
    assert [c["name"] for c in mine] == ["sales"]


def test_small_things(office: Office) -> None:
    ts = office.person("bob").says("#sales", "look").ts
    args = {"channel": office.sales, "timestamp": ts}
    assert office.call("reactions.add", args, name="eyes")["ok"]
    assert office.call("reactions.add", args, name="eyes")["error"] == "already_reacted"
    assert office.call("reactions.add", args, name="No Such!")["error"] == "invalid_name"
    assert office.call("pins.add", args)["ok"]
    assert office.call("pins.add", args)["error"] == "already_pinned"
    bookmark = {"channel_id": office.sales, "title": "Plan", "type": "link"}
    assert office.call("bookmarks.add", bookmark, link="https://example.com")["bookmark"]["id"].startswith(
        "Bk"
    )
    assert office.call("bookmarks.add", bookmark, link="example")["error"] == "invalid_link"
    assert office.call("team.info")["team"]["name"] == "Parts Company"
    assert office.form("dnd.info", user=office.person("bob").id)["dnd_enabled"] is False
    assert office.form("usergroups.list")["usergroups"] == []
    assert office.call("auth.test")["bot_id"] == office.app.bot_id


def test_api_test_needs_no_token(office: Office) -> None:
    assert office.call("api.test", foo="bar", token="")["args"] == {"foo": "bar"}
    assert office.call("api.test", error="my_error", token="")["error"] == "my_error"


def test_two_apps_and_one_command(offices: Callable[..., Office]) -> None:
    """Commands are not namespaced: the app installed last wins."""
    from tests.sandbox.bots import manifest

    office = offices()
    other = office.workspace.install_app(manifest(name="Rival"))
    office.person("bob").types("/stock", "#sales")
    assert office.workspace.sent("command")[0].app_id == other.app_id
