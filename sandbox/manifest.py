"""Reading an app manifest: what the app may do, what it hears of, and Slack's limits on it."""

from __future__ import annotations

import re
from typing import Any

from sandbox.model import App, Json


def _at(manifest: Json, *path: str) -> Any:
    found: Any = manifest
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def scopes(app: App) -> list[str]:
    """The bot scopes that were granted."""
    return list(_at(app.manifest, "oauth_config", "scopes", "bot") or [])


def bot_events(app: App) -> list[str]:
    """Names of the events the app subscribed to, e.g. `message.channels`."""
    return list(_at(app.manifest, "settings", "event_subscriptions", "bot_events") or [])


def commands(app: App) -> list[Json]:
    """The slash commands: `command`, `description`, `usage_hint`, `should_escape`, `url`."""
    return list(_at(app.manifest, "features", "slash_commands") or [])


def command(app: App, name: str) -> Json | None:
    """The declaration of one slash command, or None."""
    return next((c for c in commands(app) if c.get("command") == name), None)


def shortcuts(app: App, kind: str) -> list[Json]:
    """Shortcuts of kind "global" or "message"."""
    return [s for s in _at(app.manifest, "features", "shortcuts") or [] if s.get("type") == kind]


def uses_socket(app: App) -> bool:
    """Socket Mode is on, so nothing goes over HTTP."""
    return bool(_at(app.manifest, "settings", "socket_mode_enabled"))


def interactive(app: App) -> bool:
    """Buttons, modals and shortcuts reach the app."""
    return bool(_at(app.manifest, "settings", "interactivity", "is_enabled"))


def home_enabled(app: App) -> bool:
    """The app has a Home tab."""
    return bool(_at(app.manifest, "features", "app_home", "home_tab_enabled"))


def messages_enabled(app: App) -> bool:
    """The app may be spoken to in a DM; off only where the manifest says so."""
    return _at(app.manifest, "features", "app_home", "messages_tab_enabled") is not False


def messages_read_only(app: App) -> bool:
    """People may read the DM with the app but not write in it."""
    return bool(_at(app.manifest, "features", "app_home", "messages_tab_read_only_enabled"))


def url_for(app: App, kind: str, command_name: str = "") -> str:
    """Where "command", "interaction", "options" or "event" go over HTTP; "" when nowhere."""
    if app.request_url:
        return app.request_url
    if kind == "command":
        declared = command(app, command_name) or {}
        return str(declared.get("url") or "")
    settings = app.manifest.get("settings") or {}
    interactivity = settings.get("interactivity") or {}
    if kind == "event":
        return str(_at(settings, "event_subscriptions", "request_url") or "")
    if kind == "options" and interactivity.get("message_menu_options_url"):
        return str(interactivity["message_menu_options_url"])
    return str(interactivity.get("request_url") or "")


def problems(manifest: Json) -> list[str]:
    """What Slack would refuse in this manifest, in words; empty when it would be accepted."""
    found: list[str] = []
    about = manifest.get("display_information") or {}
    _length(found, "display_information.name", about.get("name"), 1, 35)
    _length(found, "display_information.description", about.get("description"), 0, 140)
    if about.get("long_description") is not None:
        _length(found, "display_information.long_description", about["long_description"], 174, 4000)
    features = manifest.get("features") or {}
    bot_name = (features.get("bot_user") or {}).get("display_name")
    if bot_name is not None:
        _length(found, "features.bot_user.display_name", bot_name, 1, 80)
    _check_commands(found, features.get("slash_commands") or [])
    _check_shortcuts(found, features.get("shortcuts") or [])
    if len(features.get("unfurl_domains") or []) > 5:
        found.append("features.unfurl_domains: at most 5")
    for kind in ("bot", "user"):
        if len(_at(manifest, "oauth_config", "scopes", kind) or []) > 255:
            found.append(f"oauth_config.scopes.{kind}: at most 255")
    if len(_at(manifest, "oauth_config", "redirect_urls") or []) > 1000:
        found.append("oauth_config.redirect_urls: at most 1000")
    if len(_at(manifest, "settings", "event_subscriptions", "bot_events") or []) > 100:
        found.append("settings.event_subscriptions.bot_events: at most 100")
    return found


def _length(found: list[str], where: str, value: Any, least: int, most: int) -> None:
    length = len(value) if isinstance(value, str) else 0
    if not least <= length <= most:
        found.append(f"{where}: {least} to {most} characters, not {length}")


def _check_commands(found: list[str], declared: list[Json]) -> None:
    if len(declared) > 50:
        found.append("features.slash_commands: at most 50")
    for index, item in enumerate(declared):
        where = f"features.slash_commands[{index}]"
        if not re.fullmatch(r"/[^\sA-Z]{1,31}", str(item.get("command"))):
            found.append(f"{where}.command: / and at most 31 more characters without spaces or capitals")
        _length(found, f"{where}.description", item.get("description"), 1, 2000)
        _length(found, f"{where}.usage_hint", item.get("usage_hint"), 0, 1000)


def _check_shortcuts(found: list[str], declared: list[Json]) -> None:
    if len(declared) > 10:
        found.append("features.shortcuts: at most 10")
    for index, item in enumerate(declared):
        where = f"features.shortcuts[{index}]"
        if item.get("type") not in ("global", "message"):
            found.append(f"{where}.type: global or message")
        _length(found, f"{where}.name", item.get("name"), 1, 24)
        _length(found, f"{where}.callback_id", item.get("callback_id"), 1, 255)
        _length(found, f"{where}.description", item.get("description"), 1, 150)
