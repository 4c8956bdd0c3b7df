"""Jobs that the queue thinks this worker is running, and that it is not.

A connection that breaks while a job is fetched or put away leaves the job `doing` in a worker that lives,
where nobody looks for it: its lock would close a channel for ever.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

from gateways.database.unit_of_work import unit_of_work
from jobs.sweep import retry

_DOING = text("SELECT id FROM procrastinate_jobs WHERE worker_id = :worker AND status = 'doing'")


class Hands:
    """What this worker has in hand. `worker_id` is set while one is registered; safe from any thread."""

    def __init__(self) -> None:
        self.worker_id: int | None = None
        self._held: set[int] = set()
        self._let_go_at = 0.0
        self._suspects: set[int] = set()
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, job_id: int | None) -> Iterator[None]:
        """For as long as a job runs."""
        with self._lock:
            self._held.add(job_id or 0)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(job_id or 0)
                self._let_go_at = time.monotonic()

    def is_warm(self, seconds: float) -> bool:
        """Whether something runs, or ran within so many seconds."""
        return bool(self._held) or time.monotonic() - self._let_go_at < seconds

    def let_go(self, engine: Engine) -> int:
        """Put back jobs that were not in hand now and at the last look; how many.

        Two looks, since between a job's end and its being put away it is in nobody's hand.
        """
        worker_id = self.worker_id
        if worker_id is None:
            return 0
        with unit_of_work(engine) as session:
            doing = set(session.scalars(_DOING, {"worker": worker_id}))
            with self._lock:
                loose = doing - self._held
                orphans, self._suspects = loose & self._suspects, loose
            return sum(retry(session, job_id, worker_id) for job_id in sorted(orphans))
