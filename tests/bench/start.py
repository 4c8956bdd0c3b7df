"""What the bot process costs over a bare Bolt app: seconds to be ready, and resident memory."""

import json
import subprocess
import sys
from typing import Any

SCRIPT = """
import json, sys, time
started = time.perf_counter()
{body}
heavy = sorted({{"pandas", "numpy", "statsmodels", "matplotlib", "duckdb"}} & set(sys.modules))
from tests.bench.memory import peak_mb
peak = peak_mb()
print(json.dumps({{"seconds": time.perf_counter() - started, "mb": peak, "heavy": heavy}}))
"""
BARE = """
import os
os.environ["SLACK_SIGNING_SECRET"] = "x"
from tests.bench.bare import bare_app
from gunicorn.app.base import BaseApplication
bare_app(None)
"""
OURS = """
from gateways.environment import Environment
from bot.server import make_wsgi
make_wsgi(Environment(SLACK_BOT_TOKEN="xoxb-x", SLACK_SIGNING_SECRET="x"), "postgresql+psycopg://nobody@127.0.0.1:9/x")
"""


def measure(runs: int = 5) -> dict[str, Any]:
    """Medians of both, and the difference."""
    figures: dict[str, dict[str, Any]] = {}
    for name, body in (("bare", BARE), ("ours", OURS)):
        found = [_once(body) for _ in range(runs + 1)][1:]
        middle = len(found) // 2
        figures[name] = {
            "seconds": sorted(f["seconds"] for f in found)[middle],
            "mb": sorted(f["mb"] for f in found)[middle],
            "heavy": found[0]["heavy"],
        }
    return {
        **figures,
        "over_seconds": round(figures["ours"]["seconds"] - figures["bare"]["seconds"], 3),
        "over_mb": round(figures["ours"]["mb"] - figures["bare"]["mb"], 1),
    }


def _once(body: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(body=body)], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
