"""Whether a signed body has the form of a request of Slack's, before anything relies on it.

A signature proves who sent the body, not what is in it. Slack's library and ours take `user`, `event` or
`actions` for what Slack documents; anything else ends here, with a word for the log and none of the body.
"""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.request.internals import parse_body

DEEPEST = 60
MOST_VALUES = 50_000
Test = Callable[[Any], bool]


class Malformed(ValueError):
    """Not a request of Slack's; `str` is what is wrong, in one word."""


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _object(value: Any) -> bool:
    return isinstance(value, dict)


def _name_or_object(value: Any) -> bool:
    return isinstance(value, str | dict)


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(map(_object, value))


# Field -> what it is where it is there at all; null is as good as absent.
_ANY: Mapping[str, Test] = {
    **dict.fromkeys(
        (
            *("type", "team_id", "enterprise_id", "user_id", "channel_id", "command", "text", "challenge"),
            *("response_url", "trigger_id", "api_app_id", "event_id", "callback_id", "thread_ts", "id"),
            *("subtype", "action_id", "block_id", "bot_id", "app_installed_team_id", "function_execution_id"),
            *("bot_access_token", "user_team", "ssl_check", "token", "view_id"),
        ),
        _text,
    ),
    **dict.fromkeys(("event", "view", "container", "message", "previous_message", "item"), _object),
    **dict.fromkeys(("assistant_thread", "function_data", "state"), _object),
    **dict.fromkeys(("team", "enterprise", "user", "channel"), _name_or_object),
    **dict.fromkeys(("authorizations", "response_urls"), _objects),
}
_HOLDERS = ("event", "user", "team", "channel", "view", "message", "enterprise", "container", "item")
_ACTORS = {
    "block_actions",
    "view_submission",
    "view_closed",
    "shortcut",
    "message_action",
    "block_suggestion",
}
# Asked when a request URL is saved; told when we are sent too much.
_OTHERS = {"url_verification", "app_rate_limited"}


def read(body: str, content_type: str) -> dict[str, Any]:
    """The body as Slack's library reads it. Raises Malformed."""
    try:
        found = parse_body(body, content_type)
    except (ValueError, RecursionError) as error:
        raise Malformed("unreadable") from error
    if not isinstance(found, dict) or not found:
        raise Malformed("no_object")
    _check_values(found)
    _check_fields(found, depth=3)
    _check_kind(found)
    return found


def _check_values(found: dict[str, Any]) -> None:
    """No character that no text can hold, and an end to it."""
    open_: list[tuple[Any, int]] = [(found, 0)]
    seen = 0
    while open_:
        value, depth = open_.pop()
        seen += 1
        if depth > DEEPEST or seen > MOST_VALUES:
            raise Malformed("too_deep" if depth > DEEPEST else "too_much")
        if isinstance(value, str) and not _is_writable(value):
            raise Malformed("characters")
        if isinstance(value, dict):
            open_ += [(inner, depth + 1) for pair in value.items() for inner in pair]
        elif isinstance(value, list):
            open_ += [(inner, depth + 1) for inner in value]


def _is_writable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def _check_fields(found: dict[str, Any], depth: int) -> None:
    for field, is_so in _ANY.items():
        if found.get(field) is not None and not is_so(found[field]):
            raise Malformed(field)
    if depth:
        inside = [found.get(name) for name in _HOLDERS]
        for inner in (*inside, *(found.get("authorizations") or ()), *(found.get("response_urls") or ())):
            if isinstance(inner, dict):
                _check_fields(inner, depth - 1)


def _check_kind(found: dict[str, Any]) -> None:
    """What each kind of request must have."""
    kind = found.get("type")
    if "command" in found:
        _need(found, "command", "user_id", "trigger_id")
    elif kind == "event_callback":
        event = found.get("event")
        if not isinstance(event, dict) or not event.get("type") or not found.get("event_id"):
            raise Malformed("event")
        _check_event(event)
    elif kind in _ACTORS:
        user = found.get("user")
        if not isinstance(user, dict) or not user.get("id"):
            raise Malformed("user")
        if kind != "view_closed" and kind != "block_suggestion":
            _need(found, "trigger_id")
        if kind == "block_suggestion":
            _need(found, "action_id")
        if kind == "block_actions":
            _check_actions(found)
        if kind in ("view_submission", "view_closed"):
            _check_view(found.get("view"))
    elif kind not in _OTHERS and "ssl_check" not in found:
        raise Malformed("kind")


def _need(found: dict[str, Any], *fields: str) -> None:
    for field in fields:
        if not found.get(field):
            raise Malformed(field)


def _check_event(event: dict[str, Any]) -> None:
    if event["type"] == "app_home_opened" and not isinstance(event.get("user"), str):
        raise Malformed("event.user")
    if event["type"] in ("team_join", "user_change"):
        user = event.get("user")
        if not isinstance(user, dict) or not user.get("id"):
            raise Malformed("event.user")


def _check_actions(found: dict[str, Any]) -> None:
    actions = found.get("actions")
    if not _objects(actions) or not actions:
        raise Malformed("actions")
    for action in actions:
        option = action.get("selected_option")
        if not isinstance(action.get("action_id"), str) or not isinstance(action.get("value") or "", str):
            raise Malformed("actions")
        if not isinstance(option or {}, dict) or not isinstance((option or {}).get("value") or "", str):
            raise Malformed("actions")
        if not isinstance(action.get("block_id") or "", str) or not isinstance(action.get("type") or "", str):
            raise Malformed("actions")


def _check_view(view: Any) -> None:
    """The values of a modal: objects by block and by field, options with a text as their value."""
    named = ("callback_id", "type")
    if not isinstance(view, dict) or not all(isinstance(view.get(name), str) for name in named):
        raise Malformed("view")
    state = view.get("state") or {}
    values = state.get("values") or {} if isinstance(state, dict) else None
    if not isinstance(values, dict) or not all(map(_object, values.values())):
        raise Malformed("view.state")
    for block in values.values():
        for element in block.values():
            if not isinstance(element, dict) or not all(map(_is_option, _chosen(element))):
                raise Malformed("view.state")


def _chosen(element: dict[str, Any]) -> list[Any]:
    several = element.get("selected_options") or []
    return [element.get("selected_option"), *(several if isinstance(several, list) else ["wrong"])]


def _is_option(option: Any) -> bool:
    return option is None or (isinstance(option, dict) and isinstance(option.get("value"), str))
