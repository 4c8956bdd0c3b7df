"""Deliver while workers are killed and Slack loses answers; then compare what was said with what stands
there.

`python -m tests.chaos.delivery` runs the full form (T1): 1,200 posts, 3 workers, 40 kills. `--naive` runs a
courier that sends again without asking: it must be found out.
"""

import argparse
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.engine import make_url

from domain.delivery.model import OutboxRow
from gateways.database import embedded
from gateways.database.engine import make_engine
from gateways.database.migrate import migrate
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery.outbox import enqueue
from tests.jobs.slack_outside import Outside, slack, start_worker

QUICK: dict[str, Any] = {
    "poll": 0.05,
    "heartbeat": 0.3,
    "stalled": 1.0,
    "tick": 0.3,
    "restart": 0.2,
    "slack_timeout": 1,
    "pace": {"channel": 0.02, "workspace": 0.0},
}
POST = "chat.postMessage"


@dataclass(frozen=True)
class Plan:
    """How hard to shake."""

    posts: int = 1200
    workers: int = 3
    kills: int = 40
    channels: int = 5
    seconds_between_kills: float = 1.2
    patience: float = 240.0
    faults: float = 1.0  # times 3 % dropped answers, 2 % 503 before and 2 % 503 after
    naive: bool = False
    seed: int = 1


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    lost: int
    doubled: int
    disordered: int
    kills: int
    unsent: int
    seconds: float
    posts: int
    history_calls: int


def say_many(engine: Engine, outside: Outside, number: int) -> dict[str, list[str]]:
    """Messages round the channels, in transactions of ten; the texts by channel, in order."""
    channels = [c.id for c in outside.workspace.state.channels.values() if c.kind == "public"]
    said: dict[str, list[str]] = {channel: [] for channel in channels}
    for start in range(0, number, 10):
        with unit_of_work(engine) as session:
            for index in range(start, min(start + 10, number)):
                channel, words = channels[index % len(channels)], f"message {index}"
                enqueue(
                    session, key=words, channel=channel, thing=words, payload={"text": words}, feature="t"
                )
                said[channel].append(words)
    return said


def unsent(engine: Engine) -> int:
    """Rows that are not in Slack as far as we know."""
    with read_only(engine) as session:
        return session.scalar(select(func.count()).where(OutboxRow.state != "sent")) or 0


def compare(said: dict[str, list[str]], shown: dict[str, list[str]]) -> tuple[int, int, int]:
    """How many were lost, doubled and out of order."""
    lost = doubled = disordered = 0
    for channel, words in said.items():
        counts = Counter(shown[channel])
        lost += sum(1 for text in words if not counts[text])
        doubled += sum(count - 1 for count in counts.values())
        places = [words.index(text) for text in dict.fromkeys(shown[channel])]
        disordered += sum(1 for a, b in pairwise(places) if a > b)
    return lost, doubled, disordered


class Crowd:
    """Worker processes, some of which are killed."""

    def __init__(self, url: str, outside: Outside, plan: Plan) -> None:
        self.url, self.outside, self.plan = url, outside, plan
        self.dice = random.Random(plan.seed)
        self.kills = 0
        self.members = [self._start() for _ in range(plan.workers)]

    def _start(self) -> subprocess.Popen[bytes]:
        return start_worker(self.url, self.outside, naive=self.plan.naive, **QUICK)

    def kill_one(self) -> None:
        """SIGKILL for one of them, and a new one in its place."""
        place = self.dice.randrange(len(self.members))
        self.members[place].kill()
        self.members[place].wait()
        self.members[place] = self._start()
        self.kills += 1

    def stop(self) -> None:
        """SIGTERM for all, and wait."""
        for member in self.members:
            member.send_signal(signal.SIGTERM)
        for member in self.members:
            member.wait(timeout=40)


def shake(url: str, plan: Plan) -> Outcome:
    """Say, deliver, kill, compare."""
    engine = make_engine(url)
    with slack(plan.channels) as outside:
        outside.workspace.state.faults.reseed(plan.seed)
        outside.workspace.fault("drop_after", POST, count=None, probability=0.03 * plan.faults)
        outside.workspace.fault("http_503", POST, count=None, probability=0.02 * plan.faults)
        outside.workspace.fault("http_503_after", POST, count=None, probability=0.02 * plan.faults)
        said = say_many(engine, outside, plan.posts)
        began = time.monotonic()
        crowd = Crowd(url, outside, plan)
        next_kill = began + 1.5
        try:
            while time.monotonic() < began + plan.patience:
                time.sleep(0.05)
                if crowd.kills < plan.kills and time.monotonic() >= next_kill:
                    crowd.kill_one()
                    next_kill = time.monotonic() + plan.seconds_between_kills * crowd.dice.uniform(0.5, 1.5)
                if unsent(engine) == 0 or (plan.naive and compare(said, outside.shown())[1]):
                    break
        finally:
            crowd.stop()
        lost, doubled, disordered = compare(said, outside.shown())
        looked = len(outside.workspace.calls("conversations.history"))
        left = unsent(engine)
    engine.dispose()
    return Outcome(
        lost, doubled, disordered, crowd.kills, left, round(time.monotonic() - began, 1), plan.posts, looked
    )


def main() -> int:
    """The full form in a database of its own; 0 where nothing was lost, doubled or out of order."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--posts", type=int, default=1200)
    asked.add_argument("--workers", type=int, default=3)
    asked.add_argument("--kills", type=int, default=40)
    asked.add_argument("--between", type=float, default=1.2)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--naive", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="partsplan-chaos-") as home:
        Path(home).chmod(0o755)
        raw = make_url(embedded.start(Path(home))).set(drivername="postgresql+psycopg")
        url = raw.render_as_string(hide_password=False)
        engine = make_engine(url)
        migrate(engine)
        engine.dispose()
        plan = Plan(
            given.posts, given.workers, given.kills, 5, given.between, naive=given.naive, seed=given.seed
        )
        outcome = shake(url, plan)
    print(outcome)
    return 0 if (outcome.lost, outcome.doubled, outcome.disordered, outcome.unsent) == (0, 0, 0, 0) else 1


if __name__ == "__main__":
    raise SystemExit(main())
