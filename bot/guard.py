"""What is checked before anything of Slack's library runs: method, size, content and header forms.

Whatever is malformed ends here with 400, 401, 405 or 413: nothing is parsed, nothing logged of the body.
"""

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

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


def guarded(app: "WSGIApplication", path: str = "/slack/events") -> "WSGIApplication":
    """The application behind the checks; only `path` reaches it, with a body of known size."""

    def guard(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") != path:
            return refuse(start_response, 404)
        status = _refusal(environ)
        if status:
            return refuse(start_response, status)
        length = int(environ["CONTENT_LENGTH"])
        body = environ["wsgi.input"].read(length)
        if len(body) != length or not _is_text(body):
            return refuse(start_response, 400)
        environ["wsgi.input"] = io.BytesIO(body)
        return app(environ, start_response)

    return guard


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
    if not environ.get("CONTENT_TYPE", "").lower().startswith(_TYPES):
        return 400
    return 0


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in body
