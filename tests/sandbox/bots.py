"""A real Bolt app behind a threaded WSGI server, as outsiders would build one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from sandbox import App as Installed
from sandbox import SandboxServer

# fmt: off
SCOPES = [
    "chat:write", "chat:write.public", "commands", "im:write", "mpim:write", "users:read",
    "users:read.email", "channels:read", "groups:read", "im:read", "mpim:read", "channels:history",
    "groups:history", "im:history", "mpim:history", "files:read", "files:write", "reactions:write",
    "pins:write", "bookmarks:write", "channels:join", "channels:manage", "groups:write",
    "team:read", "dnd:read", "usergroups:read",
]
EVENTS = [
    "message.channels", "message.groups", "message.im", "app_home_opened", "app_mention",
    "member_joined_channel", "team_join", "user_change", "file_shared", "reaction_added",
]
# fmt: on


def manifest(**changes: Any) -> dict[str, Any]:
    """A manifest with everything on. `socket`, `scopes`, `events`, `home`, `messages_tab` change it."""
    return {
        "display_information": {"name": changes.get("name", "Helper")},
        "features": {
            "bot_user": {"display_name": changes.get("name", "Helper"), "always_online": True},
            "app_home": {
                "home_tab_enabled": changes.get("home", True),
                "messages_tab_enabled": changes.get("messages_tab", True),
                "messages_tab_read_only_enabled": False,
            },
            "slash_commands": [
                {"command": "/stock", "description": "Stock of a part", "usage_hint": "PART"},
                {"command": "/tell", "description": "Tell somebody", "should_escape": True},
            ],
            "shortcuts": [
                {
                    "name": "New complaint",
                    "type": "global",
                    "callback_id": "complaint.new",
                    "description": "File",
                },
                {
                    "name": "File this",
                    "type": "message",
                    "callback_id": "complaint.from",
                    "description": "File",
                },
            ],
        },
        "oauth_config": {"scopes": {"bot": list(changes.get("scopes", SCOPES))}},
        "settings": {
            "interactivity": {"is_enabled": changes.get("interactive", True)},
            "event_subscriptions": {
                "bot_events": changes.get(
                    "events",
                    EVENTS,
                )
            },
            "socket_mode_enabled": changes.get("socket", False),
        },
    }


def bolt(installed: Installed, api_url: str) -> App:
    """An App configured as this product's bot is."""
    return App(
        client=WebClient(token=installed.bot_token, base_url=api_url, retry_handlers=[], timeout=5),
        signing_secret=installed.signing_secret,
        process_before_response=True,
        raise_error_for_unhandled_request=False,
        token_verification_enabled=False,
    )


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def listening(app: App, installed: Installed, server: SandboxServer) -> Iterator[str]:
    """Serve the app on a free port and tell the workspace where."""
    httpd = make_server(
        "127.0.0.1", 0, SlackRequestHandler(app, "/slack/events"), server_class=_Threads, handler_class=_Quiet
    )
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{httpd.server_port}/slack/events"
    server.workspace.connect(installed, url)
    try:
        yield url
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()
