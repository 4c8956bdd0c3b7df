"""How fast we speak, and how long we wait: pure arithmetic on real instants."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_BACKOFF = timedelta(seconds=300)


@dataclass(frozen=True, slots=True)
class Pace:
    """Slack's limits, kept from below.

    `channel`: seconds between two messages of a channel (Slack: 1). `workspace`: seconds per message over
    all channels in the long run, with `burst` messages at once (Slack: several hundred a minute; 272 + 20
    here). `edit` and `edit_burst`: the same for chat.update (Slack: 50 a minute). `lease`: seconds after
    which an attempt that has not posted yet may not post any more, since somebody else may have taken over.
    """

    channel: float = 1.05
    workspace: float = 0.22
    burst: int = 20
    edit: float = 1.3
    edit_burst: int = 4
    lease: float = 18.0


def backoff(tries: int) -> timedelta:
    """The pause after the n-th try in a row that came to nothing: 1, 2, 4 … 300 s.

    >>> [int(backoff(n).total_seconds()) for n in (1, 2, 3, 9, 10, 5000)]
    [1, 2, 4, 256, 300, 300]
    """
    if tries >= 10:
        return LONGEST_BACKOFF
    return timedelta(seconds=2 ** max(0, tries - 1))


def allowed_at(spent_until: datetime, interval: float, burst: int) -> datetime:
    """When the next of a paced kind may go: `spent_until` is how far ahead time has been spent already."""
    return spent_until - timedelta(seconds=interval * burst)


def spend(spent_until: datetime, now: datetime, interval: float) -> datetime:
    """How far ahead time is spent once one more has gone."""
    return max(spent_until, now) + timedelta(seconds=interval)
