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
    """A modal, opened with the trigger of the click."""

    view: View


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


Reply = Answer | OpenModal | FieldErrors | Saved | PublishHome | Nothing
