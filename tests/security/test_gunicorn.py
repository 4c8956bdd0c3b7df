"""T25 in front of the server that runs in production: gunicorn with our guard behind it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.deliver.transport import signature
from tests.conftest import ROOT
from tests.wire import free_port

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = b"command=%2Ftarget&text=private"


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    port, log = free_port(), tmp_path / "log"
    variables = os.environ | {
        "DATABASE_URL": database_url, "PORT": str(port), "WEB_CONCURRENCY": "1", "SLACK_BOT_TOKEN": "xoxb-1-2-abcdef",
        "SLACK_SIGNING_SECRET": SECRET, "SLACK_APP_TOKEN": "", "SLACK_API_URL": "http://127.0.0.1:9/api/",
    }  # fmt: skip
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli", "bot"], cwd=ROOT, env=variables, stdout=said, stderr=said
        )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield port, log
    process.terminate()
    process.wait(timeout=15)


def raw(port: int, head: bytes, body: bytes = b"") -> int:
    """Status of the answer to these bytes; 0 where the server just hung up."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        try:
            wire.sendall(head + b"\r\n" + body)
        except OSError:
            return 0
        answer = http.client.HTTPResponse(wire)
        try:
            answer.begin()
        except (http.client.HTTPException, OSError):
            return 0
        return answer.status


def head(
    body: bytes, *lines: bytes, signed: bool = True, kind: bytes = b"application/x-www-form-urlencoded"
) -> bytes:
    stamp = str(int(time.time()))
    fields = [
        b"POST /slack/events HTTP/1.1", b"Host: x", b"Connection: close", b"Content-Type: " + kind,
        b"Content-Length: " + str(len(body)).encode(),
    ]  # fmt: skip
    if signed:
        fields += [
            b"X-Slack-Request-Timestamp: " + stamp.encode(),
            b"X-Slack-Signature: " + signature(SECRET, stamp, body).encode(),
        ]
    return b"\r\n".join([*fields, *lines]) + b"\r\n"


def test_nothing_malformed_makes_the_server_fail_or_talk(server: tuple[int, Path]) -> None:
    port, log = server
    big = b"x" * 10_000_000
    stamp = b"X-Slack-Request-Timestamp: " + str(int(time.time())).encode()
    cases: dict[str, tuple[bytes, bytes]] = {
        "unsigned": (head(BODY, signed=False), BODY),
        "signed, no form of Slack's": (head(BODY), BODY),
        "signed, a JSON array": (head(b"[1]", kind=b"application/json"), b"[1]"),
        "10 MB": (head(big), big),
        "10 MB announced only": (head(big), b""),
        "a signature beyond ASCII": (
            head(BODY, stamp, "X-Slack-Signature: v0=é".encode(), signed=False),
            BODY,
        ),
        "a signature of 5 kB": (
            head(BODY, stamp, b"X-Slack-Signature: v0=" + b"a" * 5000, signed=False),
            BODY,
        ),
        "two signatures": (head(BODY, b"X-Slack-Signature: v0=" + b"0" * 64), BODY),
        "a header without a name": (head(BODY, b": private"), BODY),
        "a header with a line break": (head(BODY, b"X-A: private\r\n folded"), BODY),
        "sixty headers": (head(BODY, *(b"X-%d: private" % n for n in range(60))), BODY),
        "a negative length": (head(BODY, b"Content-Length: -1"), BODY),
        "two lengths": (head(BODY, b"Content-Length: 3"), BODY),
        "chunked and a length": (head(BODY, b"Transfer-Encoding: chunked"), b"5\r\nabcde\r\n0\r\n\r\n"),
        "no HTTP at all": (b"\x16\x03\x01private\r\n", b""),
        "a path of 9 kB": (
            b"POST /" + b"private" * 1300 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n",
            b"",
        ),
    }
    for name, (sent, body) in cases.items():
        if name == "10 MB announced only":
            continue  # it would wait for the rest, as it should
        status = raw(port, sent, body)
        assert status in (0, 400, 401, 404, 405, 413, 414, 431), (name, status)
    for path in (b"/healthz", b"/metrics", b"/readyz"):
        assert raw(port, b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n") in (200, 503)
    time.sleep(0.2)
    lines = log.read_text(errors="replace").splitlines()
    long = [line[:200] for line in lines if len(line) >= 500]
    assert long == []
    told = [line for line in lines if "private" in line or "xoxb" in line or SECRET in line]
    assert told == []


def test_where_slack_cannot_be_asked_whose_token_it_is_the_answer_is_busy(server: tuple[int, Path]) -> None:
    """A whole, signed command while Slack's API is gone: 503 and a trace, no 500."""
    port, log = server
    body = b"command=%2Ftarget&user_id=U1&trigger_id=1.2&text=private&team_id=T1&channel_id=C1"
    assert raw(port, head(body), body) == 503
    said = log.read_text()
    assert '"trouble"' in said and "private" not in said and "xoxb-1" not in said
