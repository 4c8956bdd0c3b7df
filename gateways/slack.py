"""Our client of Slack: one attempt per call, ten seconds at most. Repeating is the outbox's business."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from domain.people.membership import Member
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


def member_of(user: Mapping[str, Any], team_id: str | None) -> Member | None:
    """A Slack user as the domain knows members; None for bots and for what is no user.

    Guests, members of other workspaces and whoever Slack calls a stranger are no active members of ours.
    """
    slack_id, profile = user.get("id"), user.get("profile")
    if not isinstance(slack_id, str) or not slack_id or user.get("is_bot") or slack_id == "USLACKBOT":
        return None
    confirmed = user.get("is_email_confirmed", True) is not False
    email = profile.get("email") if isinstance(profile, Mapping) and confirmed else None
    outside = any(user.get(k) for k in ("deleted", "is_restricted", "is_ultra_restricted", "is_stranger"))
    foreign = bool(team_id) and user.get("team_id", team_id) != team_id
    return Member(
        slack_user_id=slack_id,
        email=_text(email) or "",
        locale=_text(user.get("locale")),
        timezone=_text(user.get("tz")),
        active=not outside and not foreign,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
