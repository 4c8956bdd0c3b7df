"""Malformed requests end at the guard: never a 500, nothing run, nothing of the body logged."""

import io
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guard import MOST_BYTES, guarded

SIGNATURE = "v0=" + "a" * 64
GOOD = {
    "REQUEST_METHOD": "POST",
    "PATH_INFO": "/slack/events",
    "CONTENT_TYPE": "application/x-www-form-urlencoded",
    "HTTP_X_SLACK_REQUEST_TIMESTAMP": "1573819200",
    "HTTP_X_SLACK_SIGNATURE": SIGNATURE,
}


def ask(
    body: bytes = b"command=/target", length: int | None = None, **changes: Any
) -> tuple[int, list[bytes]]:
    """Status of the answer, and the bodies that got through to Slack's library."""
    reached: list[bytes] = []
    statuses: list[str] = []

    def inner(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        reached.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return [b""]

    environ = GOOD | {
        "CONTENT_LENGTH": str(len(body) if length is None else length),
        "wsgi.input": io.BytesIO(body),
        **changes,
    }
    list(guarded(inner)(environ, lambda status, headers: statuses.append(status)))  # type: ignore[arg-type]
    return int(statuses[0][:3]), reached


def test_a_request_of_slacks_form_passes_with_its_body_whole() -> None:
    assert ask() == (200, [b"command=/target"])


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        (405, {"REQUEST_METHOD": "GET"}),
        (404, {"PATH_INFO": "/slack/other"}),
        (401, {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "abc"}),
        (401, {"HTTP_X_SLACK_REQUEST_TIMESTAMP": ""}),
        (401, {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "１５７３８１９２００"}),
        (401, {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "1573819200\n"}),
        (401, {"HTTP_X_SLACK_SIGNATURE": ""}),
        (401, {"HTTP_X_SLACK_SIGNATURE": "v0=" + "é" * 64}),
        (401, {"HTTP_X_SLACK_SIGNATURE": "v1=" + "a" * 64}),
        (401, {"HTTP_X_SLACK_SIGNATURE": SIGNATURE + "\n"}),
        (400, {"CONTENT_TYPE": "text/xml"}),
        (400, {"CONTENT_TYPE": ""}),
        (400, {"CONTENT_LENGTH": ""}),
        (400, {"CONTENT_LENGTH": "-1"}),
        (400, {"CONTENT_LENGTH": "1e3"}),
        (413, {"CONTENT_LENGTH": str(MOST_BYTES + 1)}),
    ],
)
def test_malformed_requests_are_refused_and_reach_nothing(status: int, changes: dict[str, str]) -> None:
    assert ask(**changes) == (status, [])


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=\x00", b"\xe4\xb8"])
def test_bodies_that_are_no_text_are_refused(body: bytes) -> None:
    assert ask(body) == (400, [])


def test_a_body_shorter_than_announced_is_refused() -> None:
    assert ask(b"abc", length=10) == (400, [])


@given(
    st.text(max_size=80),
    st.text(max_size=80),
    st.sampled_from(["POST", "GET", "PUT", ""]),
    st.text(max_size=20),
    st.binary(max_size=200),
)
def test_no_header_or_body_makes_the_guard_fail(
    timestamp: str, signature: str, method: str, length: str, body: bytes
) -> None:
    status, _ = ask(
        body,
        HTTP_X_SLACK_REQUEST_TIMESTAMP=timestamp,
        HTTP_X_SLACK_SIGNATURE=signature,
        REQUEST_METHOD=method,
        CONTENT_LENGTH=length,
    )
    assert status in {200, 400, 401, 405, 413}
