"""The Slack app manifest, made from the route table: commands, events, scopes."""

from typing import Any

from bot.app import all_routes
from bot.commands import ROOT
from bot.facts import FACTS
from bot.routes import Kind, Route
from templates.commands import APP_DESCRIPTION, VERBS, root_command_words

# Every scope, and what breaks without it; README's table is held to this.
SCOPES: dict[str, str] = {
    "channels:history": "look whether a post whose answer was lost has arrived, before it is sent again",
    "channels:read": "find a channel by its name",
    "chat:write": "post digests and answers",
    "chat:write.public": "post in public channels without being invited",
    "commands": "slash commands",
    "groups:history": "the same look-up in private channels the app is in",
    "groups:read": "find a private channel by its name",
    "im:history": "the same look-up in direct messages with the app",
    "im:write": "send direct messages",
    "users:read": "who is a member, their language and time zone",
    "users:read.email": "match members to the people of the company",
}


def manifest(*, request_url: str | None = None) -> dict[str, Any]:
    """The manifest as Slack takes it; Socket Mode where no request URL is given."""
    routes = all_routes()
    socket_mode = request_url is None
    url = {"request_url": request_url} if request_url else {}
    events = sorted({r.id for r in routes if r.kind is Kind.EVENT} | {fact.id for fact in FACTS})
    return {
        "display_information": {
            "name": "PartsPlan",
            "description": APP_DESCRIPTION,
            "background_color": "#1f4e5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "PartsPlan", "always_online": True},
            "slash_commands": [_command(ROOT, *root_command_words(), url), *_aliases(routes, url)],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**url, "bot_events": events},
            "interactivity": {"is_enabled": True, **url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }


def _aliases(routes: tuple[Route, ...], url: dict[str, str]) -> list[dict[str, Any]]:
    words = {verb.name: verb for verb in VERBS}
    return [
        _command(r.alias, words[r.id].description, words[r.id].usage, url)
        for r in routes
        if r.kind is Kind.COMMAND and r.alias
    ]


def _command(name: str, description: str, usage: str, url: dict[str, str]) -> dict[str, Any]:
    asked = {"url": url["request_url"]} if url else {}
    return {
        "command": name,
        "description": description,
        "usage_hint": usage,
        "should_escape": True,
        **asked,
    }
