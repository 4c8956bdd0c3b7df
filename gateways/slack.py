"""Our client of Slack: one attempt per call, ten seconds at most. Repeating is the outbox's business."""

from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from gateways.environment import Environment

SECONDS = 10
HOOKS = "hooks.slack.com"


class ForeignHook(ValueError):
    """A response_url that is not Slack's: nothing is sent there."""


def web_client(environment: Environment, *, timeout: int = SECONDS) -> WebClient:
    """A client that never repeats a call by itself: a lost answer would become a second message."""
    return WebClient(
        token=environment.slack_bot_token.get_secret_value(),
        base_url=environment.slack_api_url,
        retry_handlers=[],
        timeout=timeout,
    )


def respond(environment: Environment, response_url: str, *, timeout: int = SECONDS, **message: Any) -> int:
    """Answer by a response_url, at once and once; the HTTP status.

    Raises ForeignHook unless the URL is https at hooks.slack.com or on the host of SLACK_API_URL: it comes
    with the request, and must not make us call anybody else. Raises OSError where Slack is not reached.
    """
    if not is_hook(environment, response_url):
        raise ForeignHook("not a response_url of this Slack")
    hook = WebhookClient(response_url, retry_handlers=[], timeout=timeout)
    return int(hook.send(**message).status_code)


def is_hook(environment: Environment, url: str) -> bool:
    """Whether a URL is one Slack answers at."""
    found = urlsplit(url)
    if found.scheme == "https" and found.netloc == HOOKS:
        return True
    ours = urlsplit(environment.slack_api_url)
    return (found.scheme, found.netloc) == (ours.scheme, ours.netloc)
