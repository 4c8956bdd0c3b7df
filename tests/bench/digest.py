"""How long the morning takes for everybody who sells, and how much memory: in a process of its own.

`python -m tests.bench.digest URL INSTANT` prints JSON.
"""

import json
import sys
import time
from datetime import datetime

from gateways.database.engine import make_engine
from jobs.all import REGISTRY
from jobs.runs import run_slot_now
from tests.bench.memory import peak_mb


def main() -> None:
    """Write the digests of one morning into the outbox."""
    url, at = sys.argv[1], datetime.fromisoformat(sys.argv[2])
    engine = make_engine(url)
    began = time.perf_counter()
    results = run_slot_now(engine, "daily_progress", at, registry=REGISTRY)
    took = time.perf_counter() - began
    print(
        json.dumps(
            {
                "seconds": round(took, 2),
                "messages": sum(len(result.posts) for result in results),
                "max_rss_mb": peak_mb(),
            }
        )
    )


if __name__ == "__main__":
    main()
