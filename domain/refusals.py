"""When the domain says no: typed, with a message key that `templates/refusals` words in three languages."""

from dataclasses import dataclass


class Refusal(Exception):
    """The domain says no, and why. `key` names the sentence.

    Subclasses are dataclasses, not frozen: Python sets a traceback on them.
    """

    key = "refusal"


@dataclass(unsafe_hash=True)
class Stranger(Refusal):
    """The Slack user is nobody in the company's people."""

    key = "stranger"


@dataclass(unsafe_hash=True)
class Departed(Refusal):
    """The person has left the company or is deactivated in Slack."""

    key = "departed"


@dataclass(unsafe_hash=True)
class NotYours(Refusal):
    """The actor may not see these numbers. `sees` is the widest they may: own, region."""

    sees: str
    key = "not_yours"


@dataclass(unsafe_hash=True)
class NotAllowed(Refusal):
    """The actor has not the right this action needs."""

    right: str
    key = "not_allowed"


@dataclass(unsafe_hash=True)
class UnknownWho(Refusal):
    """No person or region of that name. `nearest` holds up to three that are close and may be shown."""

    text: str
    nearest: tuple[str, ...]
    key = "unknown_who"


@dataclass(unsafe_hash=True)
class AmbiguousWho(Refusal):
    """Several people or regions of that name."""

    text: str
    candidates: tuple[str, ...]
    key = "ambiguous_who"


@dataclass(unsafe_hash=True)
class UnknownPeriodText(Refusal):
    """The period cannot be read. `suggestions` are up to three spellings that can."""

    text: str
    suggestions: tuple[str, ...]
    key = "unknown_period"


@dataclass(unsafe_hash=True)
class UnknownVerb(Refusal):
    """`/parts` does not know the word. `nearest` is the verb that was probably meant, or empty."""

    text: str
    nearest: str
    key = "unknown_verb"


@dataclass(unsafe_hash=True)
class NoShare(Refusal):
    """A person's own numbers never go to a channel, and a region without a channel has nowhere to go."""

    why: str  # personal, no_channel
    key = "no_share"


@dataclass(unsafe_hash=True)
class NotKnownAnymore(Refusal):
    """A button of a message whose computation is gone or was made by a later version."""

    key = "not_known_anymore"


@dataclass(unsafe_hash=True)
class TooMany(Refusal):
    """The person asks too often. `seconds` until the next answer."""

    seconds: int
    key = "too_many"
