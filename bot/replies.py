"""What a listener answers with; the funnel brings it to Slack after the transaction."""

from dataclasses import dataclass
from typing import Any

from templates.blocks import Message

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A message only the person sees."""

    message: Message


@dataclass(frozen=True, slots=True)
class OpenModal:
    """A modal: opened with the trigger of the click, or shown in place of the one that was clicked or sent."""

    view: View


@dataclass(frozen=True, slots=True)
class PushModal:
    """A modal on top of the one that was clicked."""

    view: View


@dataclass(frozen=True, slots=True)
class ShowAndTell:
    """The modal that was clicked, drawn anew, and a message in the person's conversation with us."""

    view: View
    message: Message


@dataclass(frozen=True, slots=True)
class Options:
    """What a menu offers for the letters typed."""

    options: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """A submitted modal stays open, with what is wrong under its fields (by block id)."""

    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """The modal closes and the person reads what happened, in their direct messages."""

    message: Message


@dataclass(frozen=True, slots=True)
class PublishHome:
    """The person's Home."""

    view: View


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to say."""


Reply = Answer | OpenModal | PushModal | ShowAndTell | Options | FieldErrors | Saved | PublishHome | Nothing
