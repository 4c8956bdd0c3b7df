"""What is checked before anything of Slack's library runs: method, size, forms, signature, then the shape.

Whatever is wrong ends here with 400, 401, 405 or 413 and one short line in the log, with nothing of the body.
Nothing is parsed before its signature has been found right.
"""

import io
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import structlog
from slack_sdk.signature import SignatureVerifier

from bot.shape import Malformed, read

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

log = structlog.get_logger("bot")
MOST_BYTES = 1_000_000
_TIMESTAMP = re.compile(r"[0-9]{10}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_TYPES = ("application/x-www-form-urlencoded", "application/json")
_STATUS = {
    400: "400 Bad Request",
    401: "401 Unauthorized",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    413: "413 Content Too Large",
}


def refuse(start_response: "StartResponse", status: int) -> Iterable[bytes]:
    """An empty answer with that status."""
    start_response(_STATUS[status], [("Content-Length", "0")])
    return [b""]


# What is wrong with a request whose body has been read: status and one word, 0 where nothing is.
Check = Callable[["WSGIEnvironment", bytes], tuple[int, str]]


def guarded(
    app: "WSGIApplication", path: str = "/slack/events", check: Check | None = None
) -> "WSGIApplication":
    """The application behind the checks; only `path` reaches it, with a body of known size."""

    def refused(start_response: "StartResponse", status: int, why: str, size: int = 0) -> Iterable[bytes]:
        log.info("request_refused", status=status, why=why, bytes=size)
        return refuse(start_response, status)

    def guard(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") != path:
            return refuse(start_response, 404)
        status = _refusal(environ)
        if status:
            return refused(start_response, status, "form")
        length = int(environ["CONTENT_LENGTH"])
        body = environ["wsgi.input"].read(length)
        if len(body) != length or not _is_text(body):
            return refused(start_response, 400, "body", length)
        status, why = check(environ, body) if check else (0, "")
        if status:
            return refused(start_response, status, why, length)
        environ["wsgi.input"] = io.BytesIO(body)
        return app(environ, start_response)

    return guard


def from_slack(secret: str) -> Check:
    """The signature, not older than five minutes, and then the shape. Without a secret nothing is Slack's."""
    verifier = SignatureVerifier(secret) if secret.strip() else None

    def check(environ: "WSGIEnvironment", body: bytes) -> tuple[int, str]:
        stamp, signature = environ["HTTP_X_SLACK_REQUEST_TIMESTAMP"], environ["HTTP_X_SLACK_SIGNATURE"]
        if verifier is None or not verifier.is_valid(body, stamp, signature):
            return 401, "signature"
        try:
            read(body.decode(), environ["CONTENT_TYPE"].split(";")[0])
        except Malformed as malformed:
            return 400, str(malformed)
        return 0, ""

    return check


def _refusal(environ: "WSGIEnvironment") -> int:
    """The status to refuse with, 0 where the request has the form of one of Slack's."""
    if environ.get("REQUEST_METHOD") != "POST":
        return 405
    length = environ.get("CONTENT_LENGTH") or ""
    if not length.isascii() or not length.isdigit():
        return 400
    if int(length) > MOST_BYTES:
        return 413
    if not _TIMESTAMP.fullmatch(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")):
        return 401
    if not _SIGNATURE.fullmatch(environ.get("HTTP_X_SLACK_SIGNATURE", "")):
        return 401
    if environ.get("CONTENT_TYPE", "").split(";")[0].strip().lower() not in _TYPES:
        return 400
    return 0


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in body
