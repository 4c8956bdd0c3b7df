"""Members: their JSON as Slack shows it to an app, and changes to them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.model import AppEvent, Json, User
from sandbox.state import State

_COLOURS = (
    "9f69e7",
    "4bbe2e",
    "e7392d",
    "3c989f",
    "674b1b",
    "e96699",
    "e0a729",
    "684b6c",
    "5b89d5",
    "235e5b",
)


def to_json(state: State, user: User, *, email: bool, locale: bool) -> Json:
    """The `user` object; e-mail needs a scope, the locale an argument."""
    profile: Json = {
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "status_text": "",
        "status_emoji": "",
        "team": state.team_id,
    }
    if email and not user.is_bot:
        profile["email"] = user.email
    if user.is_bot:
        profile |= {"api_app_id": user.app_id, "bot_id": user.bot_id}
    shown: Json = {
        "id": user.id,
        "team_id": state.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if not user.deleted:
        offset = datetime.fromtimestamp(state.now(), ZoneInfo(user.tz)).utcoffset()
        shown |= {
            "color": colour(user),
            "real_name": user.real_name,
            "tz": user.tz,
            "tz_label": user.tz.split("/")[-1].replace("_", " "),
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": user.is_admin,
            "is_owner": user.is_owner,
            "is_primary_owner": user.is_owner,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_email_confirmed": True,
            "who_can_share_contact_card": "EVERYONE",
        }
    if locale:
        shown["locale"] = user.locale
    return shown


def colour(user: User) -> str:
    """Six hexadecimal digits, the same for the same member always."""
    return _COLOURS[sum(map(ord, user.id)) % len(_COLOURS)]


def announce(state: State, kind: str, user: User) -> None:
    """Emit `team_join` or `user_change`; both carry the locale and the profile."""
    user.updated = int(state.now())
    shown = to_json(state, user, email=True, locale=True)
    state.emit(AppEvent(kind, {"type": kind, "user": shown, "cache_ts": user.updated}))
    state.touch()
