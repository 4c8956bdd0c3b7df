"""A database server and worker processes for the long checks."""

import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from gateways.database import embedded
from gateways.database.engine import make_engine
from gateways.database.migrate import migrate
from tests.jobs.slack_outside import Outside, start_worker


@contextmanager
def database() -> Iterator[str]:
    """The URL of a migrated database of its own."""
    with tempfile.TemporaryDirectory(prefix="partsplan-chaos-") as home:
        Path(home).chmod(0o755)
        raw = make_url(embedded.start(Path(home))).set(drivername="postgresql+psycopg")
        url = raw.render_as_string(hide_password=False)
        engine = make_engine(url)
        migrate(engine)
        engine.dispose()
        yield url


@contextmanager
def workers(
    url: str, outside: Outside, number: int, **settings: Any
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Worker processes, stopped politely at the end."""
    started = [start_worker(url, outside, **settings) for _ in range(number)]
    try:
        yield started
    finally:
        for worker in started:
            worker.send_signal(signal.SIGTERM)
        for worker in started:
            try:
                worker.wait(timeout=40)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
                raise


def open_engine(url: str) -> Engine:
    """An engine for looking."""
    return make_engine(url, pool_size=2)
