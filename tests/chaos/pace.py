"""T5, T6 and T20 with real times: `python -m tests.chaos.pace`."""

import json
import time
from collections import defaultdict
from datetime import timedelta
from typing import Any

import psutil
from sqlalchemy import Engine, text

from gateways.clock import real_now
from gateways.database.unit_of_work import unit_of_work
from gateways.delivery.outbox import enqueue
from tests.chaos.delivery import say_many, unsent
from tests.chaos.scratch import database, open_engine, workers
from tests.jobs.slack_outside import Outside, slack, wait_for

POST = "chat.postMessage"


def steady() -> dict[str, Any]:
    """T5: five channels x 8 posts with 4 workers, then a burst of 10 into one, under Slack's own limits."""
    with database() as url, slack(5, rate_limits=True) as outside:
        engine = open_engine(url)
        with workers(url, outside, 4):
            time.sleep(4)
            first = _timed(engine, lambda: say_many(engine, outside, 40), seconds=60)
            burst = _timed(engine, lambda: _burst(engine, outside, 10), seconds=60)
        engine.dispose()
        refused = [call for call in outside.workspace.calls(POST) if call.status == 429]
        floor, burst_floor = 7 * 1.05, 10 * 1.05
        return {
            "seconds": first, "times_floor": round(first / floor, 2), "burst": burst,
            "burst_times_floor": round(burst / burst_floor, 2), "429s": len(refused),
        }  # fmt: skip


def _burst(engine: Engine, outside: Outside, number: int) -> None:
    channel = next(c.id for c in outside.workspace.state.channels.values() if c.kind == "public")
    with unit_of_work(engine) as session:
        for n in range(number):
            enqueue(
                session, key=f"b{n}", channel=channel, thing=f"b{n}", payload={"text": f"b{n}"}, feature="t"
            )


def _timed(engine: Engine, start: Any, *, seconds: float) -> float:
    start()
    began = time.monotonic()
    wait_for(lambda: unsent(engine) == 0, seconds=seconds, every=0.02)
    return round(time.monotonic() - began, 2)


def backlog(number: int = 10_000, channels: int = 20, minutes: float = 2.0) -> dict[str, Any]:
    """T6: half is past its time and dropped at once; the rest drains at the workspace's pace, memory flat."""
    with database() as url, slack(channels, rate_limits=True) as outside:
        engine = open_engine(url)
        _pile_up(engine, outside, number)
        with workers(url, outside, 2) as started:
            time.sleep(20)
            processes = [psutil.Process(worker.pid) for worker in started]
            sent, cpu, memory = _posted(outside), _cpu(processes), _memory(processes)
            time.sleep(minutes * 60)
            more = _posted(outside) - sent
            figures = {
                "per_minute": round(more / minutes),
                "dropped": _count(engine, "dropped"),
                "cpu_share_of_a_core": round((_cpu(processes) - cpu) / (minutes * 60), 3),
                "memory_mb": [round(m / 1e6) for m in (memory, _memory(processes))],
                "jobs": _jobs(engine),
            }
        engine.dispose()
        return figures | {"429s": sum(call.status == 429 for call in outside.workspace.calls(POST))}


def _pile_up(engine: Engine, outside: Outside, number: int) -> None:
    channels = [c.id for c in outside.workspace.state.channels.values() if c.kind == "public"]
    for start in range(0, number, 500):
        with unit_of_work(engine) as session:
            for n in range(start, start + 500):
                old = n < number // 2
                enqueue(
                    session, key=f"m{n}", channel=channels[n % len(channels)], thing=f"m{n}",
                    payload={"text": f"m{n}"}, feature="t", expires_at=real_now() - timedelta(seconds=1) if
                    old else None,
                )  # fmt: skip


def _posted(outside: Outside) -> int:
    return sum(map(len, outside.shown().values()))


def _cpu(processes: list[psutil.Process]) -> float:
    return sum(sum(p.cpu_times()[:2]) for p in processes)


def _memory(processes: list[psutil.Process]) -> int:
    return sum(p.memory_info().rss for p in processes)


def _count(engine: Engine, state: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM outbox WHERE state = :s"), {"s": state}) or 0


def _jobs(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM procrastinate_jobs")) or 0


def idle(seconds: float = 30.0) -> dict[str, Any]:
    """What a worker costs that has nothing to do."""
    with database() as url, slack(1) as outside, workers(url, outside, 1) as started:
        time.sleep(8)
        process = psutil.Process(started[0].pid)
        before = _cpu([process])
        servers = [p for p in psutil.process_iter(["name"]) if p.info["name"] == "postgres"]
        server = _cpu(servers)
        time.sleep(seconds)
        memory = process.memory_full_info()
        return {
            "cpu_share_of_a_core": round((_cpu([process]) - before) / seconds, 4),
            "server_share": round((_cpu([p for p in servers if p.is_running()]) - server) / seconds, 4),
            "pss_mb": round(memory.pss / 1e6), "rss_mb": round(memory.rss / 1e6),
        }  # fmt: skip


def holds_only_its_channel() -> dict[str, Any]:
    """T5: `Retry-After: 30` for one channel: silence there for 30 s, the others as ever."""
    with database() as url, slack(3) as outside:
        engine = open_engine(url)
        held = next(c.id for c in outside.workspace.state.channels.values() if c.kind == "public")
        outside.workspace.fault("ratelimited", POST, seconds=30, channel=held)
        with workers(url, outside, 2):
            time.sleep(4)
            say_many(engine, outside, 24)
            wait_for(lambda: unsent(engine) == 0, seconds=90)
        engine.dispose()
        times: dict[str, list[float]] = defaultdict(list)
        for call in outside.workspace.calls(POST):
            times[str(call.args["channel"])].append(call.at)
        others = max(max(at) - min(at) for channel, at in times.items() if channel != held)
        return {"silence": round(times[held][1] - times[held][0], 1), "others_took": round(others, 1)}


if __name__ == "__main__":
    for check in (steady, holds_only_its_channel, idle, backlog):
        print(check.__name__, json.dumps(check()), flush=True)
