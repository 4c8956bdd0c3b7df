"""Every message in every language, shown to Slack's own validator."""

import importlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from domain.monitoring.findings import Finding, failure, fine, warning
from domain.names import Locale
from gateways.delivery.outcomes import CALL_ERRORS, retry_after, status_and_code
from gateways.environment import Environment
from gateways.slack import SECONDS
from templates.blocks import Message
from templates.i18n import ROOM

Progress = Callable[[int, int], None]
MOST_TRIES = 4
REFUSED = ("invalid_blocks", "invalid_view", "invalid_message")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A sample as `blocks.validate` takes it: the blocks of a message, or a whole view."""

    name: str
    argument: str
    value: str


def samples() -> Iterator[Rendered]:
    """Every message x sample x language."""
    for path in sorted(ROOM.rglob("sample.py")):
        folder = path.parent.relative_to(ROOM).as_posix()
        module = f"templates.{folder.replace('/', '.')}"
        layout = importlib.import_module(f"{module}.layout")
        for name, sample in importlib.import_module(f"{module}.sample").SAMPLES.items():
            for locale in Locale:
                made = getattr(layout, sample.function)(sample.view, locale=locale, **sample.keywords)
                yield _rendered(f"{folder} [{name}] {locale.value}", made)


def _rendered(name: str, made: Any) -> Rendered:
    if isinstance(made, Message):
        return Rendered(name, "blocks", json.dumps(made.blocks))
    return Rendered(name, "view", json.dumps(made))


def blocks(environment: Environment, progress: Progress) -> Finding:
    """The verdict on all of them; where Slack cannot be asked, that."""
    # The method wants no token, so it gets none.
    client = WebClient(base_url=environment.slack_api_url, retry_handlers=[], timeout=SECONDS)
    every = list(samples())
    refused: dict[str, str] = {}
    for number, sample in enumerate(every, 1):
        try:
            wrong = _asked(client, sample)
        except CALL_ERRORS as error:
            code = status_and_code(error)[1] if isinstance(error, SlackApiError) else ""
            return warning("blocks", "not_asked", code=code or type(error).__name__, count=number - 1)
        if wrong:
            refused[sample.name] = wrong
        progress(number, len(every))
    if refused:
        first = next(iter(refused.items()))
        return failure("blocks", "refused", count=len(refused), name=first[0], error=first[1])
    return fine("blocks", count=len(every))


def _asked(client: WebClient, sample: Rendered) -> str:
    """What Slack has against it; "" where nothing. Raises the errors of CALL_ERRORS."""
    for attempt in range(MOST_TRIES):
        try:
            client.api_call("blocks.validate", data={sample.argument: sample.value})
        except SlackApiError as error:
            status, code = status_and_code(error)
            if (status == 429 or code == "ratelimited") and attempt + 1 < MOST_TRIES:
                time.sleep(retry_after(error))
                continue
            if code not in REFUSED:
                raise
            return _first(error)
        return ""
    return ""


def _first(error: SlackApiError) -> str:
    errors = error.response.get("errors") or [{}]
    first = errors[0] if isinstance(errors[0], dict) else {"message": str(errors[0])}
    return " ".join(str(first[name]) for name in ("pointer", "code", "message") if first.get(name))[:200]
