"""The queue: Procrastinate on our own database.

A job is deferred on the session's own connection, so that it exists exactly when the rows it concerns do.
Jobs carry ids only; the rows say what is to be done. The bot process imports this file: the library costs
it about 0.05 s.
"""

from functools import lru_cache
from typing import Any

import psycopg.conninfo
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

# Names that jobs in the table carry: never renamed, a worker of the next release must know them.
DELIVER = "deliver"
RECHECK = "recheck"
RUN_SLOT = "run_slot"

DELIVERY = "delivery"
JOBS = "jobs"

# The row lock keeps a worker from fetching the job before our transaction has ended (it skips locked rows),
# so the job that is waiting is sure to see what we have written.
_WAITING = text("""
SELECT id FROM procrastinate_jobs
 WHERE lock = :lock AND task_name = :task AND status = 'todo' LIMIT 1 FOR SHARE SKIP LOCKED
""")

_FORGET = text("DELETE FROM procrastinate_jobs WHERE lock = :lock AND status <> 'doing'")
_RENAME = text("UPDATE procrastinate_jobs SET lock = :placeholder WHERE lock = :lock")


@lru_cache(maxsize=1)
def _deferring() -> App:
    """An app that never opens a connection of its own: it only defers on others'."""
    return App(connector=SyncPsycopgConnector())


def defer(session: Session, task_name: str, *, lock: str | None = None, queue: str = JOBS, **ids: Any) -> int:
    """Defer a job in the session's transaction; its id. Jobs of one lock run one at a time, in order."""
    return defer_on(session.connection(), task_name, lock=lock, queue=queue, **ids)


def defer_on(
    connection: Connection, task_name: str, *, lock: str | None = None, queue: str = JOBS, **ids: Any
) -> int:
    """Like `defer`, on a connection."""
    configured = _deferring().configure_task(
        task_name,
        lock=lock,
        queue=queue,
        connection=connection.connection.driver_connection,
        allow_unknown=True,
    )
    return configured.defer(**ids)


def ensure(session: Session, task_name: str, *, lock: str, queue: str = JOBS, **ids: Any) -> int | None:
    """Defer unless a job of this task and lock is waiting anyway; None where one is.

    Thousands of rows of one channel share a job or two: the queue looks through all waiting jobs each time
    it is asked, which takes 150 ms at 10,000.
    """
    waiting = session.execute(_WAITING, {"lock": lock, "task": task_name}).first()
    return None if waiting else defer(session, task_name, lock=lock, queue=queue, **ids)


def forget_lock(session: Session, lock: str, placeholder: str) -> None:
    """Take a lock's name out of the queue: it says whom the messages were for.

    What has run or waits goes, a job that is running keeps its place under another name.
    """
    session.execute(_FORGET, {"lock": lock})
    session.execute(_RENAME, {"lock": lock, "placeholder": placeholder})


def conninfo(url: str) -> str:
    """The libpq connection string for an SQLAlchemy URL."""
    parsed = make_url(url)
    known: dict[str, Any] = parsed.translate_connect_args(username="user", database="dbname")
    options = {key: value for key, value in parsed.query.items() if isinstance(value, str)}
    return psycopg.conninfo.make_conninfo("", **{**known, **options})


def worker_app(url: str, *, pool_size: int = 4) -> App:
    """An app for a worker: its own small pool, opened when the worker starts."""
    connector = PsycopgConnector(
        conninfo=conninfo(url),
        min_size=1,
        max_size=pool_size,
        timeout=10,
        kwargs={"application_name": "partsplan-queue", "connect_timeout": 3, "options": "-c timezone=UTC"},
    )
    return App(connector=connector)
