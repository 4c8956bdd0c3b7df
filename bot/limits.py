"""How often one person may ask: a token bucket each, twenty at once, one more every three seconds.

The buckets are this process's own: with N web processes somebody who is lucky gets N times as much. That is
enough against a stuck key or a script, and it costs an answer no query. What is heavy is held exactly, one
at a time per person across all processes, by a lock in the database (`domain/people/turns.py`).
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.routes import Kind
from domain.names import Locale
from domain.refusals import TooMany

PER_MINUTE = 20
MOST_PEOPLE = 5_000
# Home and events are Slack's doing; a form that was filled in is taken, opening it was counted.
COUNTED = frozenset({Kind.COMMAND, Kind.ACTION, Kind.SHORTCUT})


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    locale: Locale | None = None


class Limits:
    """The buckets of one process. `clock` counts seconds; safe to use from several threads."""

    def __init__(
        self,
        *,
        per_minute: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        most_people: int = MOST_PEOPLE,
    ) -> None:
        self._size = float(PER_MINUTE if per_minute is None else per_minute)
        self._clock, self._most = clock, most_people
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def spend(self, user: str) -> None:
        """Take one token. Raises TooMany with the seconds until there is another."""
        with self._lock:
            bucket = self._filled(user)
            if bucket.tokens < 1:
                raise TooMany(max(1, math.ceil((1 - bucket.tokens) * 60 / self._size)))
            bucket.tokens -= 1

    def speaks(self, user: str, locale: Locale) -> None:
        """Remember the language the person was answered in: a refusal asks nobody."""
        with self._lock:
            if user in self._buckets:
                self._buckets[user].locale = locale

    def locale_of(self, user: str) -> Locale | None:
        """The language the person was last answered in."""
        with self._lock:
            return self._buckets[user].locale if user in self._buckets else None

    def __len__(self) -> int:
        return len(self._buckets)

    def _filled(self, user: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.get(user)
        if bucket is None:
            if len(self._buckets) >= self._most:
                self._drop(now)
            bucket = self._buckets[user] = _Bucket(self._size, now)
        bucket.tokens = self._tokens(bucket, now)
        bucket.at = now
        return bucket

    def _tokens(self, bucket: _Bucket, now: float) -> float:
        return min(self._size, bucket.tokens + (now - bucket.at) * self._size / 60)

    def _drop(self, now: float) -> None:
        """Forget who has all their tokens; where that is not enough, who was here longest ago."""
        by_age = sorted(self._buckets, key=lambda user: self._buckets[user].at)
        full = [user for user in by_age if self._tokens(self._buckets[user], now) >= self._size]
        for user in full or by_age[: self._most // 2]:
            del self._buckets[user]
