"""Load on a local server: `wrk` where it is installed, else threads of our own (said in the result)."""

import hashlib
import hmac
import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

Request = tuple[bytes, dict[str, str]]
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests per second; latencies in milliseconds; answers that were not 200."""

    tool: str
    requests_per_second: float
    p50: float
    p99: float
    refused: int


def signed_command(command: str, text: str, user: str) -> Request:
    """Body and headers of a slash command, signed for the next five minutes."""
    body = urlencode(
        {
            "token": "x", "team_id": "T0BENCH", "team_domain": "bench", "channel_id": "C0BENCH",
            "channel_name": "bench", "user_id": user, "user_name": "bench", "command": command, "text": text,
            "response_url": "https://hooks.slack.com/commands/T0/1/x", "trigger_id": "1.2.bench",
            "api_app_id": "A0BENCH", "is_enterprise_install": "false",
        }
    ).encode()  # fmt: skip
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


def run_load(port: int, requests: Sequence[Request], *, connections: int, seconds: float) -> Figures:
    """As many requests as the server takes over keep-alive connections, in turn."""
    if shutil.which("wrk"):
        return _wrk(port, requests, connections, seconds)
    return _threads(port, requests, connections, seconds, rate=None)


def run_paced(port: int, requests: Sequence[Request], *, rate: float, seconds: float) -> Figures:
    """A steady number of requests per second, latency measured from when each was due."""
    return _threads(port, requests, 8, seconds, rate=rate)


def _wrk(port: int, requests: Sequence[Request], connections: int, seconds: float) -> Figures:
    lines = ["made = {}"]
    for body, headers in requests:
        given = ", ".join(f"['{name}'] = '{value}'" for name, value in headers.items())
        made = f"wrk.format('POST', '/slack/events', {{{given}}}, [==[{body.decode()}]==])"
        lines.append(f"made[#made + 1] = function() return {made} end")
    lines += [
        "texts, turn = {}, 0",
        "function request()",
        "  turn = turn % #made + 1",
        "  texts[turn] = texts[turn] or made[turn]()",
        "  return texts[turn]",
        "end",
    ]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.lua"
        script.write_text("\n".join(lines))
        command = [
            "wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--latency", "--timeout", "5s", "-s", str(script),
            f"http://127.0.0.1:{port}/slack/events",
        ]  # fmt: skip
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    errors = re.search(r"Socket errors: .*", said)
    return Figures(
        "wrk",
        float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),  # type: ignore[index]
        _milliseconds(re.search(r"(?m)^\s+50%\s+(\S+)", said)[1]),  # type: ignore[index]
        _milliseconds(re.search(r"(?m)^\s+99%\s+(\S+)", said)[1]),  # type: ignore[index]
        (int(refused[1]) if refused else 0) + (1 if errors else 0),
    )


def _milliseconds(written: str) -> float:
    for unit, factor in (("us", 0.001), ("ms", 1.0), ("s", 1000.0)):
        if written.endswith(unit):
            return float(written.removesuffix(unit)) * factor
    raise ValueError(written)


def _threads(
    port: int, requests: Sequence[Request], threads: int, seconds: float, *, rate: float | None
) -> Figures:
    taken: list[float] = []
    refused = [0]
    lock = threading.Lock()
    began = time.perf_counter()

    def work(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        turn = number
        while True:
            due = began + turn / rate if rate else time.perf_counter()
            if due - began > seconds:
                return
            time.sleep(max(0.0, due - time.perf_counter()))
            body, headers = requests[turn % len(requests)]
            connection.request("POST", "/slack/events", body, headers)
            answer = connection.getresponse()
            answer.read()
            with lock:
                taken.append((time.perf_counter() - due) * 1000)
                refused[0] += answer.status != 200
            turn += threads

    workers = [threading.Thread(target=work, args=(n,)) for n in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    cut = statistics.quantiles(taken, n=100)
    return Figures("threads", len(taken) / (time.perf_counter() - began), cut[49], cut[98], refused[0])
