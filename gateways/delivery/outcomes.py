"""What a call to Slack came to, and what each of Slack's codes means for a message."""

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from socket import gaierror
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

# Everything a call may raise that is about Slack and not about us.
CALL_ERRORS = (SlackApiError, OSError, HTTPException)


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands in Slack. `adopted`: an earlier attempt had put it there."""

    channel: str
    ts: str
    adopted: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """Refused for now (429): not before `seconds` have passed."""

    seconds: float
    code: str = "ratelimited"


@dataclass(frozen=True, slots=True)
class TokenGone:
    """Nobody is spoken to until the token is right again."""

    code: str


@dataclass(frozen=True, slots=True)
class ChannelGone:
    """The channel does not take our messages until somebody does something."""

    code: str


@dataclass(frozen=True, slots=True)
class Hopeless:
    """This message will never be taken."""

    code: str


@dataclass(frozen=True, slots=True)
class BadBlocks:
    """The blocks were refused; fewer of them may be taken."""

    code: str


@dataclass(frozen=True, slots=True)
class ParentGone:
    """The message to be edited is not there (any more), or cannot be edited."""

    code: str


@dataclass(frozen=True, slots=True)
class NotReached:
    """Certainly not accepted, and worth another try."""

    code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Perhaps accepted: asked before anything is sent again."""

    code: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """An earlier attempt is in doubt and history cannot be read; `denied`: nor will it be by waiting."""

    code: str
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Obsolete:
    """Not in Slack, and not worth saying any more."""

    code: str


Outcome = (
    Sent
    | Busy
    | TokenGone
    | ChannelGone
    | Hopeless
    | BadBlocks
    | ParentGone
    | NotReached
    | Unknown
    | Unseen
    | Obsolete
)

TOKEN = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"})
CHANNEL = frozenset(
    {
        "channel_not_found", "is_archived", "is_inactive", "not_in_channel", "restricted_action",
        "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
    }
)  # fmt: skip
BLOCKS = frozenset(
    {
        "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "block_mismatch",
        "attachment_payload_limit_exceeded", "invalid_attachments",
    }
)  # fmt: skip
PARENT = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
IN_DOUBT = frozenset(
    {
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "update_failed",
        "team_added_to_org",
    }
)
LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
DENIED = frozenset(
    {
        "missing_scope", "not_allowed_token_type", "no_permission", "access_denied", "channel_not_found",
        "not_in_channel", "unknown_method", "method_not_supported_for_channel_type", "thread_not_found",
    }
)  # fmt: skip
_CODE = re.compile(r"[a-z][a-z_]{1,60}")
DEFAULT_RETRY_AFTER = 30.0


def outcome_of(error: Exception, *, editing: bool = False) -> Outcome:
    """What an error of CALL_ERRORS means for the message that was being sent."""
    if not isinstance(error, SlackApiError):
        return _network(error)
    status, code = status_and_code(error)
    if status == 429 or code in LIMITED:
        return Busy(retry_after(error), code or "ratelimited")
    if status >= 500 or code in IN_DOUBT or not code:
        return Unknown(code or f"http_{status}")
    return _refusal(code, editing)


def _refusal(code: str, editing: bool) -> Outcome:
    if code in TOKEN:
        return TokenGone(code)
    if editing and code in PARENT:
        return ParentGone(code)
    if code in CHANNEL:
        return ChannelGone(code)
    return BadBlocks(code) if code in BLOCKS else Hopeless(code)


def look_outcome(error: Exception) -> Outcome:
    """What an error of CALL_ERRORS means when history was being read: the message stays in doubt."""
    if not isinstance(error, SlackApiError):
        return Unseen(_network_code(error))
    status, code = status_and_code(error)
    if status == 429 or code in LIMITED:
        return Busy(retry_after(error))
    if code in TOKEN:
        return TokenGone(code)
    return Unseen(code or f"http_{status}", denied=code in DENIED)


def status_and_code(error: SlackApiError) -> tuple[int, str]:
    """HTTP status and Slack's code, "" where the answer has none that looks like one."""
    response = error.response
    status = int(getattr(response, "status_code", 0) or 0)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, Mapping) else ""
    return status, code if _CODE.fullmatch(code) else ""


def retry_after(error: SlackApiError) -> float:
    """Seconds of the Retry-After header; 30 where there is none that can be read."""
    headers = {str(k).lower(): v for k, v in dict(getattr(error.response, "headers", None) or {}).items()}
    try:
        return max(1.0, float(headers.get("retry-after", DEFAULT_RETRY_AFTER)))
    except (TypeError, ValueError):
        return DEFAULT_RETRY_AFTER


def _network(error: Exception) -> Outcome:
    code = _network_code(error)
    reason = error.reason if isinstance(error, URLError) else error
    # No connection was made, so nothing can have been read at the other end.
    if isinstance(reason, ConnectionRefusedError | gaierror | ssl.SSLCertVerificationError):
        return NotReached(code)
    return Unknown(code)


def _network_code(error: Exception) -> str:
    reason = error.reason if isinstance(error, URLError) else error
    return type(reason).__name__ if isinstance(reason, Exception) else type(error).__name__
