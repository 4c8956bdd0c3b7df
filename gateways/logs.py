"""Logs as JSON lines on stderr, one set-up for structlog and the libraries' own logging, secrets struck
out."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

STRUCK = "[redacted]"
SECRETS = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]+"  # bot, user, app, refresh and configuration tokens
    r"|xapp-[A-Za-z0-9-]+"
    r"|hooks\.slack\.com/[^\s\"'<>\\]+"
    r"|(?<=://)[^\s/@:]+:[^\s/@]+(?=@)"  # user and password of an address
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # people
    r"|(?<=DETAIL:  )[^\n]+"  # the database quotes the row it refuses
)
# Fields whose value is never written, whatever it looks like.
SECRET_FIELDS = frozenset(
    {
        "response_url", "signing_secret", "client_secret", "token", "bot_token", "app_token", "authorization",
        "password", "trigger_id",
    }
)  # fmt: skip
# What the database could not read, it repeats.
_REPEATED = re.compile(r"(invalid input (?:syntax|value) for [^:\n]+: )\"[^\"\n]*\"")
_NAMED = re.compile(r"(?i)(['\"]?(?:response_url|signing_secret)['\"]?\s*[:=]\s*['\"]?)([^\s'\",}&]+)")

# What these say at lower levels is a whole request body, a job's arguments, or of no use.
QUIET = {
    "slack_bolt": logging.WARNING,
    "slack_bolt.RequestVerification": logging.WARNING,
    "slack_sdk": logging.WARNING,
    "procrastinate": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "urllib3": logging.WARNING,
    "alembic": logging.WARNING,
}


def redact(value: Any) -> Any:
    """The value without secrets, in any depth.

    >>> redact({"error": "xoxb-1-2-abc refused", "response_url": "https://x"})
    {'error': '[redacted] refused', 'response_url': '[redacted]'}
    """
    if isinstance(value, str):
        return _REPEATED.sub(rf"\1{STRUCK}", _NAMED.sub(rf"\1{STRUCK}", SECRETS.sub(STRUCK, value)))
    if isinstance(value, Mapping):
        return {
            key: STRUCK if str(key).lower() in SECRET_FIELDS and inner else redact(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(redact(inner) for inner in value) if type(value) in (list, tuple) else value
    return value


def strike_out(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last step before a line is written: everything in it, traces included."""
    struck: dict[str, Any] = redact(dict(event))
    return struck


def configure_logs(level: str = "INFO") -> None:
    """Set up once per process. An unknown level means INFO."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [
        structlog.processors.format_exc_info,
        strike_out,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(number)
    for name, quiet in QUIET.items():
        logging.getLogger(name).setLevel(max(quiet, number))
