"""What is said about the company's settings: frozen, ready to be worded in any language."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Spot(NamedTuple):
    """A setting by its dotted name, or one entry of it: `channels.regions` / `East`."""

    key: str
    inner: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that differs from the weekend rule, with what it is called."""

    day: date
    is_working: bool
    label: str = ""


class Outcome(StrEnum):
    """How a run ended."""

    NEVER = "never"  # it has not been due yet
    POSTED = "posted"
    WAITING = "waiting"  # it is written, and not in Slack yet
    REFUSED = "refused"  # Slack does not take it; the reason is Slack's code
    NOTHING = "nothing"  # there was nothing to report
    RUNNING = "running"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LastResult:
    """The last run up to now: when it was due, how it ended and why; `posts`: how many messages."""

    outcome: Outcome
    due_at: datetime | None = None
    reason: str = ""
    posts: int = 0
