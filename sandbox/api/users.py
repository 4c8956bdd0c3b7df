"""users.*, team.info, dnd.info, usergroups.list."""

from __future__ import annotations

from sandbox import channels, people
from sandbox.api.paging import page
from sandbox.api.registry import Call, conversation_scopes, method
from sandbox.errors import Refusal
from sandbox.model import Json, User

_KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def _shown(call: Call, user: User) -> Json:
    email = call.granted("users:read.email")
    return people.to_json(call.state, user, email=email, locale=call.args.flag("include_locale"))


@method("users.info", 4, "users:read", required=("user",), json_body=False)
def info(call: Call) -> Json:
    """One member."""
    user = call.state.users.get(call.args.text("user"))
    if user is None:
        raise Refusal("user_not_found")
    return {"user": _shown(call, user)}


@method("users.list", 2, "users:read", json_body=False)
def list_(call: Call) -> Json:
    """All members, bots and deactivated ones too."""
    everyone = list(call.state.users.values())
    shown, cursor = page(call.args, everyone, len(everyone), 1000)
    return {
        "members": [_shown(call, u) for u in shown],
        "cache_ts": int(call.state.now()),
        "response_metadata": {"next_cursor": cursor},
    }


@method("users.lookupByEmail", 3, "users:read.email", required=("email",), json_body=False)
def lookup_by_email(call: Call) -> Json:
    """The active member with this address."""
    wanted = call.args.text("email").casefold()
    for user in call.state.users.values():
        if wanted and user.email.casefold() == wanted and not user.deleted:
            return {"user": _shown(call, user)}
    raise Refusal("users_not_found")


@method("users.conversations", 3, *conversation_scopes("read"))
def conversations(call: Call) -> Json:
    """Conversations a member (the bot when not given) is in and the bot sees."""
    who = call.args.text("user") or call.app.bot_user_id
    if who not in call.state.users:
        raise Refusal("user_not_found")
    kinds = {_KINDS.get(t, "") for t in call.args.names("types") or ["public_channel"]}
    bot = call.app.bot_user_id
    hide_archived = call.args.flag("exclude_archived")
    found = [
        c
        for c in call.state.channels.values()
        if c.kind in kinds
        and who in c.members
        and channels.sees(c, bot)
        and not (hide_archived and c.archived)
    ]
    shown, cursor = page(call.args, found, 100, 999)
    listed = [channels.to_json(call.state, c, bot) for c in shown]
    return {"channels": listed, "response_metadata": {"next_cursor": cursor}}


@method("team.info", 3, "team:read")
def team_info(call: Call) -> Json:
    """Name and domain of the workspace."""
    state = call.state
    team = {
        "id": state.team_id,
        "name": state.team_name,
        "domain": state.team_domain,
        "url": f"{state.base_url}/",
    }
    return {"team": {**team, "email_domain": "", "icon": {"image_default": True}}}


@method("dnd.info", 3, "dnd:read", json_body=False)
def dnd_info(call: Call) -> Json:
    """Whether a member wants no notifications now."""
    user = call.state.users.get(call.args.text("user") or call.app.bot_user_id)
    if user is None:
        raise Refusal("user_not_found")
    start = int(call.state.now()) - 60 if user.dnd else 1
    end = start + 8 * 3600 if user.dnd else 1
    return {
        "dnd_enabled": user.dnd,
        "next_dnd_start_ts": start,
        "next_dnd_end_ts": end,
        "snooze_enabled": False,
    }


@method("usergroups.list", 2, "usergroups:read", json_body=False)
def usergroups_list(call: Call) -> Json:
    """The sandbox has no user groups."""
    del call
    return {"usergroups": []}
