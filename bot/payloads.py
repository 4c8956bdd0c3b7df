"""Reading what Slack sends: the only place that knows the shapes of its requests."""

from typing import Any

Body = dict[str, Any]


def user_id(body: Body) -> str:
    """Who acts; empty where the request is nobody's."""
    if "user_id" in body:  # a slash command
        return str(body["user_id"])
    for holder in (body, body.get("event") or {}):
        user = holder.get("user")
        if isinstance(user, dict):
            return str(user.get("id") or "")
        if isinstance(user, str):
            return user
    return ""


def team_id(body: Body) -> str:
    """The workspace the request comes from."""
    team = body.get("team")
    if isinstance(team, dict):
        return str(team.get("id", ""))
    return str(body.get("team_id", ""))


def is_foreign(body: Body, own: str | None) -> bool:
    """Whether the request, or who acts in it, belongs to another workspace than `own`.

    A shared channel shows our messages to other companies, and Slack passes on what they click.
    """
    found = {body.get("team_id"), team_id(body)}
    user = body.get("user")
    if isinstance(user, dict):
        found.add(user.get("team_id"))
    return own is not None and bool(found - {own, None, ""})


def channel_id(body: Body) -> str:
    """Where the person is; empty in a modal or Home."""
    if "channel_id" in body:
        return str(body["channel_id"])
    channel = body.get("channel")
    return str(channel.get("id") or "") if isinstance(channel, dict) else ""


def first_action(body: Body) -> dict[str, Any]:
    """The element that was used."""
    actions = body.get("actions") or [{}]
    return dict(actions[0])


def action_value(body: Body) -> str:
    """The payload of the button, or of the option that was chosen."""
    used = first_action(body)
    chosen = used.get("selected_option") or {}
    return str(used.get("value") or chosen.get("value") or "")


def request_key(kind: str, body: Body) -> str:
    """What makes this request the same as its repetition.

    Events have an id of their own; commands and clicks a trigger that is never used twice.
    """
    if kind == "event":
        return f"event:{body.get('event_id', '')}"
    return f"trigger:{body.get('trigger_id', '')}"


def open_modal(body: Body) -> str:
    """The id of the modal the person is in; empty outside one."""
    view = body.get("view") or {}
    return str(view.get("id") or "") if view.get("type") == "modal" else ""


def metadata(body: Body) -> str:
    """What the modal carries to its submission."""
    return str((body.get("view") or {}).get("private_metadata") or "")


def conversations(body: Body) -> list[str]:
    """Ids of the channels chosen in a submitted modal."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    chosen = [element.get("selected_conversation") for block in values.values() for element in block.values()]
    return sorted({id_ for id_ in chosen if isinstance(id_, str) and id_})[:3]


def block_ids(body: Body) -> dict[str, str]:
    """The block of each field of a submitted modal, by action id: errors are put under blocks."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    return {action_id: block_id for block_id, block in values.items() for action_id in block}


def view_state(body: Body) -> dict[str, Any]:
    """The values of a submitted modal, by action id: a string, a list of strings, or None."""
    values: dict[str, Any] = {}
    for block in (((body.get("view") or {}).get("state") or {}).get("values") or {}).values():
        for id_, element in block.items():
            values[id_] = _value(element)
    return values


def _value(element: dict[str, Any]) -> Any:
    if "selected_option" in element:
        return (element["selected_option"] or {}).get("value")
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"]]
    for field in ("value", "selected_date", "selected_time", "selected_conversation", "selected_user"):
        if field in element:
            return element[field]
    return None
