"""The figures of the imitation, all in one place so that a test can tighten one."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Settings:
    """Times are seconds. `rate_limits=False` switches every 429 off (scripted faults still work)."""

    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    response_url_uses: int = 5
    response_url_seconds: float = 1800.0
    rate_limits: bool = True
    tier_per_minute: dict[int, int] = field(default_factory=lambda: {2: 20, 3: 50, 4: 100})
    special_per_minute: int = 600
    post_burst: int = 5
    post_per_second: float = 1.0
    workspace_posts_per_minute: int = 300
    event_retry_seconds: tuple[float, ...] = (0.0, 60.0, 300.0)
    max_sockets: int = 10
    files_processed_at_once: bool = True
