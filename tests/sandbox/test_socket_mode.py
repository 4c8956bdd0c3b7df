"""Row 33: Socket Mode, with the real SocketModeHandler and with bare WebSockets."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from slack_bolt import App as BoltApp
from slack_bolt.adapter.socket_mode import SocketModeHandler
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from sandbox import Settings
from tests.sandbox.bots import bolt
from tests.sandbox.office import Office
from tests.sandbox.shapes import field, modal


def url(office: Office) -> str:
    answer = office.call("apps.connections.open", token=office.app.app_token)
    assert answer["ok"], answer
    return str(answer["url"])


def receive(socket: ClientConnection, seconds: float = 2.0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(socket.recv(timeout=seconds))
    return found


class Acking:
    """A bare client that acknowledges everything with `payload` and remembers it."""

    def __init__(self, address: str, payload: Any = None) -> None:
        self.got: list[dict[str, Any]] = []
        self._stack = ExitStack()
        self._socket = self._stack.enter_context(connect(address))
        self.hello = receive(self._socket)
        self._payload = payload
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            for text in self._socket:
                message = json.loads(text)
                self.got.append(message)
                if "envelope_id" in message:
                    answer = {"envelope_id": message["envelope_id"]}
                    if self._payload is not None:
                        answer["payload"] = self._payload
                    self._socket.send(json.dumps(answer))
        except ConnectionClosed:
            pass

    def close(self) -> None:
        self._stack.close()
        self._thread.join()


@pytest.fixture
def office(offices: Callable[..., Office]) -> Office:
    return offices(socket=True)


@contextmanager
def handling(office: Office, register: Callable[[BoltApp], None]) -> Iterator[SocketModeHandler]:
    app = bolt(office.app, office.server.api_url)
    register(app)
    handler = SocketModeHandler(app, office.app.app_token, ping_interval=0.3)
    handler.connect()
    until(lambda: office.workspace.wire.sockets.count(office.app.app_id) == 1)
    try:
        yield handler
    finally:
        handler.close()


def until(fits: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 3
    while not fits():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_bolt_over_a_socket(office: Office) -> None:
    heard: list[str] = []

    def register(app: BoltApp) -> None:
        app.command("/stock")(lambda ack, body: ack(f"3 of {body['text']} left"))
        app.event("message")(lambda event: heard.append(event["text"]))

        @app.shortcut("complaint.new")
        def start(ack: Callable[..., None], body: dict[str, Any], client: Any) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=modal(field("a", "What")))
            ack()

        app.view("form")(lambda ack: ack(response_action="errors", errors={"a": "More, please."}))

    with handling(office, register):
        alice = office.person("alice")
        assert alice.types("/stock BP-1", "#sales").text == "3 of BP-1 left"
        assert alice.last("#sales").text_content == "3 of BP-1 left"
        assert alice.shortcut("New complaint").ok
        assert alice.fills("What", "it squeaks").submits().errors == {"a": "More, please."}
        office.person("bob").says("#sales", "hello")
        until(lambda: heard == ["hello"])


def test_hello(office: Office) -> None:
    with connect(url(office)) as socket:
        hello = receive(socket)
        assert hello["type"] == "hello"
        assert hello["num_connections"] == 1
        assert hello["connection_info"] == {"app_id": office.app.app_id}
        assert hello["debug_info"]["approximate_connection_time"] == 3600
    with connect(url(office) + "&debug_reconnects=true") as socket:
        assert receive(socket)["debug_info"]["approximate_connection_time"] == 360


def test_each_envelope_goes_to_exactly_one(office: Office) -> None:
    clients = [Acking(url(office)) for _ in range(3)]
    try:
        for _ in range(9):
            assert office.person("alice").types("/stock", "#sales").ok
        counts = [len(c.got) for c in clients]
        assert sum(counts) == 9
        assert all(counts)
        ids = [m["envelope_id"] for c in clients for m in c.got]
        assert len(set(ids)) == 9
    finally:
        for client in clients:
            client.close()


def test_an_eleventh_is_refused(offices: Callable[..., Office]) -> None:
    office = offices(Settings(max_sockets=2), socket=True)
    with connect(url(office)) as one, connect(url(office)) as two, connect(url(office)) as three:
        assert receive(one)["num_connections"] == 1
        assert receive(two)["num_connections"] == 2
        with pytest.raises(ConnectionClosed):
            three.recv(timeout=2)


def test_a_ticket_opens_one_connection(office: Office) -> None:
    address = url(office)
    with connect(address) as socket:
        receive(socket)
        with pytest.raises(Exception, match="403"), connect(address):
            pass


def test_warning_and_refresh_on_demand_and_in_time(office: Office) -> None:
    with connect(url(office) + "&debug_reconnects=true") as socket:
        receive(socket)
        office.workspace.wire.sockets.disconnect(office.app.app_id, "warning")
        assert receive(socket)["reason"] == "warning"
        office.workspace.advance(350)
        assert receive(socket)["reason"] == "warning"
        office.workspace.advance(10)
        assert receive(socket)["reason"] == "refresh_requested"


def test_closed_sockets_take_nothing(office: Office) -> None:
    client = Acking(url(office))
    office.workspace.fault("socket_close", "command")
    assert office.person("alice").types("/stock", "#sales").error == "dispatch_failed"
    until(lambda: bool(client.got))
    assert [m["type"] for m in client.got] == ["disconnect"]
    client.close()


def test_nothing_over_http_while_on(office: Office) -> None:
    office.workspace.connect(office.app, "http://127.0.0.1:9/slack/events")
    assert office.person("alice").types("/stock", "#sales").error == "dispatch_failed"
    assert office.workspace.sent("command")[0].error == "connection_failed"


def test_a_payload_in_an_event_acknowledgement_is_ignored(office: Office) -> None:
    client = Acking(url(office), payload={"text": "intruder"})
    office.person("bob").says("#sales", "hello")
    office.workspace.settle()
    assert [m.text for m in office.person("bob").sees("#sales")] == ["hello"]
    assert client.got[0]["accepts_response_payload"] is False
    assert office.person("bob").types("/stock", "#sales").text == "intruder", "a command may answer so"
    client.close()


def test_no_socket_while_it_is_off(offices: Callable[..., Office]) -> None:
    office = offices(socket=False)
    answer = office.call("apps.connections.open", token=office.app.app_token)
    assert not answer["ok"]


def test_get_is_insecure(office: Office) -> None:
    answer = office.raw("apps.connections.open", None, token=office.app.app_token, verb="GET")[2]
    assert answer == {"ok": False, "error": "insecure_request"}


def test_the_real_client_comes_back_when_told_to(offices: Callable[..., Office]) -> None:
    # slack_sdk needs up to three seconds after reconnecting until it reads again.
    office = offices(Settings(ack_seconds=10), socket=True)
    sockets = office.workspace.wire.sockets
    with handling(office, lambda app: app.command("/stock")(lambda ack: ack("3 left")) and None):
        before = len(office.workspace.calls("apps.connections.open"))
        sockets.disconnect(office.app.app_id, "refresh_requested")
        until(lambda: len(office.workspace.calls("apps.connections.open")) == before + 1)
        until(lambda: sockets.count(office.app.app_id) == 1)
        assert office.person("alice").types("/stock", "#sales").text == "3 left"
