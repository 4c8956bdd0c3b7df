"""`/target` against a bare Bolt app that does one indexed SELECT, on the same server in the same run."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.bench.load import SECRET, Figures, Request, run_load, run_paced, signed_command
from tests.wire import free_port

CONNECTIONS = 16


@contextmanager
def served(module: list[str], variables: dict[str, str]) -> Iterator[int]:
    """A server of a module on a free port, for as long as the block lasts."""
    port = free_port()
    process = subprocess.Popen([sys.executable, *module], env={**os.environ, **variables, "PORT": str(port)})
    try:
        _until_it_answers(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def compare(url: str, *, users: Sequence[str], text: str, now: str, seconds: float) -> dict[str, Any]:
    """Requests per second of both, in turn, and the latency of ours at 50 requests a second."""
    variables = {
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_APP_TOKEN": "",
        # Our app asks for its own identity once; nobody answers, which must not matter to a question.
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "PARTSPLAN_NOW": now,
        "WEB_CONCURRENCY": "2",
        "LOG_LEVEL": "ERROR",
    }
    ours: list[Figures] = []
    theirs: list[Figures] = []
    for _ in range(3):
        with served(["-m", "tests.bench.bare"], variables) as port:
            theirs.append(_full(port, users, text, seconds))
        with served(["-m", "tests.bench.ours"], variables) as port:
            ours.append(_full(port, users, text, seconds))
            paced = run_paced(port, _asked(users, text), rate=50, seconds=seconds)
    ratios = sorted(o.requests_per_second / t.requests_per_second for o, t in zip(ours, theirs, strict=True))
    return {
        "ratio": round(ratios[1], 3),
        "ratios": [round(r, 3) for r in ratios],
        "ours_per_second": [round(f.requests_per_second) for f in ours],
        "bare_per_second": [round(f.requests_per_second) for f in theirs],
        "ours_p99_at_50_per_second_ms": round(paced.p99, 1),
        "refused": sum(f.refused for f in (*ours, *theirs, paced)),
        "tool": ours[0].tool,
    }


def _asked(users: Sequence[str], text: str) -> list[Request]:
    return [signed_command("/target", text, user) for user in users]


def _full(port: int, users: Sequence[str], text: str, seconds: float) -> Figures:
    requests = _asked(users, text)
    run_load(port, requests, connections=8, seconds=1)
    return run_load(port, requests, connections=CONNECTIONS, seconds=seconds)
