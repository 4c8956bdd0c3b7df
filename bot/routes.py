"""What people can do in Slack, as one printable table."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.calls import Call
from bot.replies import Reply
from domain.people.rights import Right

Listener = Callable[[Call], Reply]


class Kind(StrEnum):
    """How a route is reached."""

    COMMAND = "command"  # a verb of /parts, with its alias where it has one
    ACTION = "action"  # a button, select or overflow
    VIEW = "view"  # a modal submitted
    EVENT = "event"
    SHORTCUT = "shortcut"
    OPTIONS = "options"  # a menu asks what it offers for what was typed


@dataclass(frozen=True, slots=True)
class Route:
    """One thing people can do. `needs` is checked in the transaction of the click.

    `id` is a verb, an action id, a view's callback id or an event's type; `alias` a command of its own.
    `changes`: the request is kept in the inbox, so that a repeated delivery has no second effect. `public`: it
    posts where others read; every other answer is for the person alone. `heavy`: one at a time per person.
    """

    kind: Kind
    id: str
    listener: Listener
    needs: Right
    changes: bool = False
    alias: str | None = None
    public: bool = False
    heavy: bool = False


def command(verb: str, listener: Listener, *, needs: Right, alias: str | None = None) -> Route:
    """A verb of `/parts`; `alias` is the command that does the same."""
    return Route(Kind.COMMAND, verb, listener, needs, alias=alias)


def action(
    id_: str, listener: Listener, *, needs: Right, changes: bool = False, public: bool = False
) -> Route:
    """A button or menu."""
    return Route(Kind.ACTION, id_, listener, needs, changes, public=public)


def view(callback_id: str, listener: Listener, *, needs: Right) -> Route:
    """A submitted modal; it always changes something."""
    return Route(Kind.VIEW, callback_id, listener, needs, changes=True)


def options(action_id: str, listener: Listener, *, needs: Right) -> Route:
    """What a menu offers while somebody types."""
    return Route(Kind.OPTIONS, action_id, listener, needs)


def event(type_: str, listener: Listener, *, needs: Right, changes: bool = False) -> Route:
    """An event of the Events API."""
    return Route(Kind.EVENT, type_, listener, needs, changes)
