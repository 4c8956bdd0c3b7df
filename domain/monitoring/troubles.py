"""When a trouble is told, told again and called over: pure rules, so that nothing flaps in a channel.

A trouble is told once it has been seen at two looks in a row, and is over once it was absent at two. One
that comes back within a day goes on in the same message. One that lasts is posted anew after a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LOOKS = 2
AGAIN = timedelta(hours=24)
EDIT_EVERY = timedelta(minutes=5)


class Kind(StrEnum):
    """Every trouble there is; `subject` is what it is about."""

    DATABASE_VERSION = "database_version"
    DEAD_LETTERS = "dead_letters"
    IN_DOUBT = "in_doubt"
    TOKEN = "token"
    CHANNEL_CLOSED = "channel_closed"  # subject: the channel
    SLOT_LATE = "slot_late"  # subject: the job
    SLOT_FAILED = "slot_failed"  # subject: the schedule
    DATA_STALE = "data_stale"
    WORKERS = "workers"
    OUTAGE = "outage"


# Known only afterwards: told at the first look, and over at once.
AFTERWARDS = frozenset({Kind.OUTAGE})


class State(StrEnum):
    """Where a trouble stands."""

    SUSPECTED = "suspected"
    OPEN = "open"
    CLOSED = "closed"


class Step(StrEnum):
    """What a look leads to in the channel."""

    NONE = "none"
    POST = "post"  # a message of its own
    EDIT = "edit"  # the message as it is now
    REPOST = "repost"  # the old message points on, a new one is posted


@dataclass(frozen=True, slots=True)
class Sign:
    """A trouble as a look sees it. `began`: since when, where that is known."""

    kind: Kind
    subject: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    began: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same trouble at the next look."""
        return (self.kind, self.subject)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trouble as it is remembered."""

    kind: Kind
    subject: str
    facts: Mapping[str, Any]
    state: State
    began: datetime
    streak: int = 0
    times: int = 1
    told: datetime | None = None
    posted: datetime | None = None
    ended: datetime | None = None


def begun(sign: Sign, *, now: datetime) -> tuple[Trouble, Step]:
    """A trouble at its first look."""
    began = sign.began or now
    if sign.kind in AFTERWARDS:
        over = Trouble(
            sign.kind, sign.subject, sign.facts, State.CLOSED, began, told=now, posted=now, ended=now
        )
        return over, Step.POST
    return Trouble(sign.kind, sign.subject, sign.facts, State.SUSPECTED, began, streak=1), Step.NONE


def seen(trouble: Trouble, sign: Sign, *, now: datetime) -> tuple[Trouble, Step]:
    """A trouble that is there at this look."""
    if trouble.state is State.SUSPECTED:
        return _suspected(trouble, sign, now)
    if trouble.state is State.CLOSED:
        return replace(trouble, state=State.SUSPECTED, streak=1, facts=sign.facts), Step.NONE
    going_on = replace(trouble, streak=0, facts=sign.facts)
    if trouble.posted is not None and now - trouble.posted >= AGAIN:
        return replace(going_on, told=now, posted=now), Step.REPOST
    changed = dict(sign.facts) != dict(trouble.facts)
    if changed and (trouble.told is None or now - trouble.told >= EDIT_EVERY):
        return replace(going_on, told=now), Step.EDIT
    # What is not told yet is kept as it was told, so that the next look sees the difference too.
    return replace(going_on, facts=trouble.facts), Step.NONE


def _suspected(trouble: Trouble, sign: Sign, now: datetime) -> tuple[Trouble, Step]:
    streak = trouble.streak + 1
    if streak < LOOKS:
        return replace(trouble, streak=streak, facts=sign.facts), Step.NONE
    opened = replace(trouble, state=State.OPEN, streak=0, facts=sign.facts, told=now, ended=None)
    if trouble.posted is None:
        return replace(opened, posted=now), Step.POST
    return replace(opened, times=trouble.times + 1), Step.EDIT


def absent(trouble: Trouble, *, now: datetime) -> tuple[Trouble | None, Step]:
    """A trouble that is not there at this look; None: it was never told and is forgotten."""
    if trouble.state is State.CLOSED:
        return trouble, Step.NONE
    if trouble.state is State.SUSPECTED:
        back = replace(trouble, state=State.CLOSED, streak=0) if trouble.posted else None
        return back, Step.NONE
    streak = trouble.streak + 1
    if streak < LOOKS:
        return replace(trouble, streak=streak), Step.NONE
    return replace(trouble, state=State.CLOSED, streak=0, told=now, ended=now), Step.EDIT


def comes_back(trouble: Trouble, *, now: datetime) -> bool:
    """Whether a closed trouble that shows again goes on in its old message."""
    if trouble.kind in AFTERWARDS or trouble.posted is None:
        return False
    return now - (trouble.ended or trouble.posted) < AGAIN and now - trouble.posted < AGAIN
