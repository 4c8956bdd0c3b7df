"""A clock as a process of its own, that lives through weeks in seconds."""

import random
import sys
from datetime import UTC, datetime, time, timedelta

from slack_sdk import WebClient

from domain.rules.slots import Schedule
from gateways.database.engine import make_engine
from gateways.delivery.courier import Courier
from jobs.clock import Ticker
from jobs.registry import Job, Registry

START = datetime(2026, 3, 20, tzinfo=UTC)
END = START + timedelta(days=21)
ZONES = ("Europe/Prague", "America/New_York", "Asia/Taipei")
TIMES = tuple(time(hour, 30) for hour in range(0, 24, 3))
SCHEDULES = [Schedule(f"digest:{zone}:{n}", TIMES, zone) for zone in ZONES for n in range(2)]
REGISTRY = Registry((Job("digest", lambda _: None, lambda _: SCHEDULES),))


def main() -> None:
    """Tick from START to END, at intervals of this process's own."""
    url, seed = sys.argv[1], int(sys.argv[2])
    engine, dice = make_engine(url, pool_size=1), random.Random(seed)
    now = START
    ticker = Ticker(engine, REGISTRY, Courier(engine, WebClient()), clock=lambda: now)
    while now < END:
        ticker.fill()
        now = min(END, now + timedelta(minutes=dice.randrange(60, 600)))
    ticker.fill()


if __name__ == "__main__":
    main()
