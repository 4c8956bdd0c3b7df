"""api.test, auth.test, apps.connections.open, reactions, pins, bookmarks, blocks.validate."""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox import manifest
from sandbox.api.registry import Call, method
from sandbox.errors import Refusal
from sandbox.model import AppEvent, Json
from sandbox.validate import Report, check_blocks, check_view

_MOST_VALIDATED = 100_000


@method("api.test", 4, token="none")
def api_test(call: Call) -> Json:
    """Echo; `error` provokes that error."""
    if call.args.has("error"):
        raise Refusal(call.args.text("error"), args=call.args.values)
    return {"args": call.args.values} if call.args.values else {}


@method("auth.test", 0)
def auth_test(call: Call) -> Json:
    """Who the token belongs to."""
    state, app = call.state, call.app
    return {
        "url": f"{state.base_url}/",
        "team": state.team_name,
        "user": state.users[app.bot_user_id].name,
        "team_id": state.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", 3, token="app")
def connections_open(call: Call) -> Json:
    """A WebSocket URL for Socket Mode, good for one connection."""
    if not manifest.uses_socket(call.app):
        raise Refusal("forbidden_team")
    state = call.state
    ticket = state.ids.secret(40)
    state.tickets[ticket] = call.app.app_id
    base = state.base_url.replace("http://", "ws://", 1)
    return {"url": f"{base}/link/?ticket={ticket}&app_id={call.app.app_id}"}


@method("reactions.add", 3, "reactions:write", required=("channel", "name", "timestamp"))
def reactions_add(call: Call) -> Json:
    """React as the bot."""
    channel = call.channel()
    name = call.args.text("name").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise Refusal("invalid_name")
    message = call.state.message(channel.id, call.args.text("timestamp"))
    if message is None:
        raise Refusal("message_not_found")
    if call.app.bot_user_id not in channel.members:
        raise Refusal("not_in_channel")
    users = message.reactions.setdefault(name, [])
    if call.app.bot_user_id in users:
        raise Refusal("already_reacted")
    users.append(call.app.bot_user_id)
    body = {
        "type": "reaction_added",
        "user": call.app.bot_user_id,
        "reaction": name,
        "item_user": message.user,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "event_ts": call.state.ids.ts(call.state.now()),
    }
    call.state.emit(AppEvent("reaction_added", body, channel=channel.id))
    call.state.touch()
    return {}


@method("pins.add", 2, "pins:write", required=("channel",))
def pins_add(call: Call) -> Json:
    """Pin a message."""
    channel = call.channel()
    if call.app.bot_user_id not in channel.members:
        raise Refusal("not_in_channel")
    ts = call.args.text("timestamp")
    if not ts:
        raise Refusal("no_item_specified")
    if call.state.message(channel.id, ts) is None:
        raise Refusal("message_not_found")
    if ts in channel.pins:
        raise Refusal("already_pinned")
    if len(channel.pins) >= 100:
        raise Refusal("too_many_pins")
    channel.pins.append(ts)
    call.state.touch()
    return {}


@method("bookmarks.add", 2, "bookmarks:write", required=("channel_id", "title", "type"))
def bookmarks_add(call: Call) -> Json:
    """Add a link to the channel's bookmarks."""
    channel = call.channel(name="channel_id")
    link = call.args.text("link")
    if call.args.text("type") == "link" and not re.match(r"https?://[^\s]+$", link):
        raise Refusal("invalid_link")
    if len(channel.bookmarks) >= 100:
        raise Refusal("too_many_bookmarks")
    now = int(call.state.now())
    bookmark: Json = {
        "id": call.state.ids.make("Bk"),
        "channel_id": channel.id,
        "title": call.args.text("title"),
        "link": link,
        "emoji": call.args.text("emoji"),
        "type": call.args.text("type"),
        "date_created": now,
        "date_updated": now,
        "app_id": call.app.app_id,
    }
    channel.bookmarks.append(bookmark)
    call.state.touch()
    return {"bookmark": bookmark}


@method("blocks.validate", 3, token="none")
def blocks_validate(call: Call) -> Json:
    """Check blocks, a message or a view without any token."""
    given = [name for name in ("blocks", "view", "message") if call.args.has(name)]
    if len(given) != 1:
        raise Refusal(
            "invalid_arguments", errors=["must provide exactly one of `blocks`, `view`, or `message`"]
        )
    name = given[0]
    value = _parsed(call, name)
    report = Report()
    if name == "blocks":
        if not isinstance(value, list):
            raise Refusal(
                "invalid_blocks", errors=[{"code": "invalid_type", "message": "must provide an array"}]
            )
        check_blocks(report, value, "message")
    elif not isinstance(value, dict):
        raise Refusal(
            f"invalid_{name}", errors=[{"code": "invalid_type", "message": "must provide an object"}]
        )
    elif name == "message":
        blocks = value.get("blocks")
        check_blocks(report, blocks if isinstance(blocks, list) else [], "message", "/blocks")
    else:
        check_view(report, value, ("modal", "home"))
    problems = [p.to_json() for p in report.problems if p.code != "schema"]
    if problems:
        raise Refusal(f"invalid_{name}", errors=problems)
    return {}


def _parsed(call: Call, name: str) -> Any:
    raw = call.args.values[name]
    text = raw if isinstance(raw, str) else json.dumps(raw)
    if len(text) > _MOST_VALIDATED:
        raise Refusal("invalid_arguments", errors=[f"`{name}` must be at most {_MOST_VALIDATED} characters"])
    try:
        return json.loads(text)
    except ValueError:
        raise Refusal("invalid_arguments", errors=[f"`{name}` must be valid JSON"]) from None
