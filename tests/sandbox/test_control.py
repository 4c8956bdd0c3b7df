"""The control API from another process, its guard, and the page without a browser."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.office import Office, fetch
from tests.sandbox.shapes import actions, button, section


class Remote:
    """What a script in another process does."""

    def __init__(self, office: Office) -> None:
        self._url = office.server.url
        self._token = json.loads(self.get("/sandbox/session")[1])["token"]

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        status, _, raw = fetch(self._url + path, None, headers, "GET")
        return status, raw

    def post(self, path: str, verb: str = "POST", **body: Any) -> dict[str, Any]:
        raw = fetch(self._url + path, json.dumps(body).encode(), {"X-Sandbox-Token": self._token}, verb)[2]
        found: dict[str, Any] = json.loads(raw)
        return found

    def act(self, person: str, do: str, **more: Any) -> Any:
        answer = self.post("/sandbox/act", person=person, do=do, **more)
        return answer.get("result", answer)


def test_people_act_from_outside(office: Office) -> None:
    def register(app: Any) -> None:
        app.command("/stock")(
            lambda ack: ack(text="t", blocks=[section("3 left"), actions(button("Order", "o"))])
        )
        app.action("o")(lambda ack, respond: (ack(), respond(text="ordered", replace_original=True)))

    office.bot(register)
    remote = Remote(office)
    assert remote.act("bob", "types", typed="/stock", channel="#sales")["ok"]
    seen = remote.act("bob", "last", channel="#sales")
    assert seen["text_content"] == "3 left\n[Order]"
    assert remote.act("bob", "clicks", channel="#sales", ts=seen["ts"], key="Order")["ok"]
    assert remote.act("bob", "last", channel="#sales")["text"] == "ordered"
    said = remote.act(
        "alice", "says", channel="#sales", text="a file", file={"name": "a.csv", "base64": "YQ=="}
    )
    assert said["files"] == ["a.csv"]
    assert "no message" in remote.act("bob", "clicks", channel="#sales", ts="1.1", key="Order")["error"]
    assert "cannot 'fly'" in remote.act("bob", "fly")["error"]


def test_the_world_from_outside(office: Office) -> None:
    remote = Remote(office)
    assert remote.post("/sandbox/users", name="dora", email="d@parts.example")["id"].startswith("U")
    assert remote.post("/sandbox/channels", name="stock", members=["dora"])["id"].startswith("C")
    fault = remote.post("/sandbox/faults", kind="drop_after", target="chat.postMessage")
    assert json.loads(remote.get("/sandbox/faults")[1])["active"] == [fault]
    assert remote.post("/sandbox/faults", verb="DELETE") == {}
    assert json.loads(remote.get("/sandbox/faults")[1])["active"] == []
    before = json.loads(remote.get("/sandbox/session")[1])["now"]
    assert remote.post("/sandbox/clock/advance", seconds=60)["now"] == before + 60
    assert remote.post("/sandbox/change", do="archive", channel="stock") == {}
    assert "no such fault" in remote.post("/sandbox/faults", kind="quake", target="*")["error"]
    coverage = json.loads(remote.get("/sandbox/coverage")[1])
    assert "chat.postMessage" in coverage["served"]
    assert "admin.users.list" in coverage["not_served"]


def test_dump_holds_everything_but_secrets(office: Office) -> None:
    office.client.chat_postMessage(channel=office.sales, text="hello")
    office.call("conversations.history", channel=office.sales)
    raw = Remote(office).get("/sandbox/dump")[1].decode()
    dump = json.loads(raw)
    assert [m["text_content"] for m in dump["messages"]] == ["hello"]
    assert [c["method"] for c in dump["history_calls"]] == ["conversations.history"]
    assert dump["rate_violations"] == []
    for secret in (office.app.bot_token, office.app.app_token, office.app.signing_secret):
        assert secret not in raw


def test_guard(office: Office) -> None:
    remote = Remote(office)
    assert remote.get("/", Host="evil.example")[0] == 403
    assert remote.get("/sandbox/dump", Origin="https://evil.example")[0] == 403
    assert fetch(office.server.url + "/sandbox/settle", b"{}", {})[0] == 403, "no token"
    good = {"X-Sandbox-Token": office.workspace.session_token, "Origin": office.server.url}
    assert fetch(office.server.url + "/sandbox/settle", b"{}", good)[0] == 200


def test_the_page_escapes_what_people_wrote(office: Office) -> None:
    office.workspace.add_user("eve", real_name="<script>alert(1)</script>")
    office.workspace.add_channel("open", ["eve", "bob"])
    office.person("eve").says("#open", "<img src=x onerror=alert(1)> *hi* <javascript:alert(1)|x>")
    channel = office.workspace.state.channel("open").id
    page = Remote(office).get(f"/?as=bob&c={channel}")[1].decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert "<strong>hi</strong>" in page


def test_the_page_shows_ephemerals_to_one_only(office: Office) -> None:
    office.client.chat_postEphemeral(channel=office.sales, user=office.person("alice").id, text="psst")
    remote = Remote(office)
    assert "Only visible to you" in remote.get(f"/?as=alice&c={office.sales}")[1].decode()
    assert "psst" not in remote.get(f"/?as=bob&c={office.sales}")[1].decode()
    board = office.workspace.state.channel("board").id
    office.person("alice").says("#board", "secret plan")
    assert "secret plan" not in remote.get(f"/?as=bob&c={board}")[1].decode()


def test_every_block_has_a_face(office: Office) -> None:
    from tests.sandbox.gallery import MESSAGES

    for blocks in MESSAGES:
        answer = office.call("chat.postMessage", channel=office.sales, text="t", blocks=blocks)
        assert answer["ok"], answer
    page = Remote(office).get(f"/?as=bob&c={office.sales}")[1].decode()
    for part in (
        "<svg",
        'class="data-table"',
        'class="carousel"',
        'class="plan"',
        'class="video"',
        'class="alert',
    ):
        assert (part in page) is (part != 'class="alert')
    assert 'class="placeholder"' not in page


def test_an_empty_workspace_has_a_page() -> None:
    from sandbox import SandboxServer, Workspace

    with SandboxServer(Workspace("Nobody")) as server:
        assert b"Nobody works here yet" in fetch(server.url, None, {}, "GET")[2]
