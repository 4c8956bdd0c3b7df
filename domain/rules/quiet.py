"""Quiet hours: the part of a day in which PartsPlan tells nobody anything they did not ask for."""

from dataclasses import dataclass
from datetime import time, timedelta

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `start` up to, not including, `end`, by the local clock; over midnight where it ends earlier.

    Equal times mean no quiet hours at all.

    >>> night = Quiet(time(19), time(8))
    >>> night.covers(time(19)), night.covers(time(7, 59)), night.covers(time(8))
    (True, True, False)
    """

    start: time
    end: time

    @property
    def is_off(self) -> bool:
        """Whether there are none."""
        return self.start == self.end

    def covers(self, at: time) -> bool:
        """Whether it is quiet at a local time."""
        if self.is_off:
            return False
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def opened(self, at: time) -> time:
        """The time itself, or the end of the quiet hours it falls into.

        >>> Quiet(time(19), time(8)).opened(time(6, 30)).isoformat("minutes")
        '08:00'
        """
        return self.end if self.covers(at) else at

    def left(self, at: time) -> timedelta | None:
        """How long until they begin; None where it is quiet already or never.

        >>> Quiet(time(19), time(8)).left(time(17, 30))
        datetime.timedelta(seconds=5400)
        """
        if self.is_off or self.covers(at):
            return None
        return timedelta(minutes=(_minutes(self.start) - _minutes(at)) % DAY)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


NIGHT = Quiet(time(19), time(8))
