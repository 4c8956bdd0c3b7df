"""Rate limits: per method and app in windows of a minute, and messages per channel."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from sandbox.errors import RateLimited
from sandbox.log import Log
from sandbox.settings import Settings

_WINDOW = 60.0


@dataclass
class Limits:
    """Counts calls on the workspace's clock. The workspace lock guards it."""

    settings: Settings
    log: Log
    _calls: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    _buckets: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _last_post: dict[tuple[str, str], float] = field(default_factory=dict)

    def call(self, app_id: str, method: str, tier: int, now: float) -> None:
        """Count one call; RateLimited when the tier's calls per minute are used up."""
        allowed = self.settings.tier_per_minute.get(tier, self.settings.special_per_minute)
        if method == "chat.postMessage":
            allowed = self.settings.workspace_posts_per_minute
        times = self._calls.setdefault((app_id, method), deque())
        while times and times[0] <= now - _WINDOW:
            times.popleft()
        if len(times) >= allowed and self.settings.rate_limits:
            wait = max(1, math.ceil(times[0] + _WINDOW - now))
            self._note(now, "refused", method, app_id, "", wait)
            raise RateLimited(wait)
        times.append(now)

    def post(self, app_id: str, channel: str, now: float) -> None:
        """Count one message into a channel; RateLimited once the burst is spent."""
        key = (app_id, channel)
        burst, pace = self.settings.post_burst, self.settings.post_per_second
        level, since = self._buckets.get(key, (float(burst), now))
        level = min(float(burst), level + (now - since) * pace)
        last = self._last_post.get(key)
        if level < 1 - 1e-9:
            wait = max(1, math.ceil((1 - level) / pace - 1e-9))
            if self.settings.rate_limits:
                self._buckets[key] = (level, now)
                self._note(now, "refused", "chat.postMessage", app_id, channel, wait)
                raise RateLimited(wait)
            self._note(now, "not enforced", "chat.postMessage", app_id, channel, wait)
        elif last is not None and now - last < 1 / pace - 1e-9:
            self.log.bursts.append({"at": now, "app_id": app_id, "channel": channel})
        self._buckets[key] = (max(0.0, level - 1), now)
        self._last_post[key] = now

    def _note(self, now: float, kind: str, method: str, app_id: str, channel: str, wait: int) -> None:
        self.log.violations.append(
            {
                "at": now,
                "kind": kind,
                "method": method,
                "app_id": app_id,
                "channel": channel,
                "retry_after": wait,
            }
        )
