"""The business clock and the real one.

`PARTSPLAN_NOW` moves the business clock (what day is it for the company); signatures, leases and pacing
stay on the real clock.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def real_now() -> datetime:
    """The instant by this machine's clock, in UTC."""
    return datetime.now(UTC)


def business_clock(start: datetime | None, zone_default: str = "UTC") -> Clock:
    """A clock that starts at `start` now and runs on; the real one where `start` is None.

    An instant without a zone is read in `zone_default` (IANA).
    """
    if start is None:
        return real_now
    if start.tzinfo is None:
        from zoneinfo import ZoneInfo

        start = start.replace(tzinfo=ZoneInfo(zone_default))
    origin = start.astimezone(UTC)
    began = time.monotonic()
    return lambda: origin + timedelta(seconds=time.monotonic() - began)
