"""Time in the workspace: the real clock, or a virtual one that a test moves."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from typing import Protocol

Job = Callable[[], None]


class Timer:
    """A job due at `when` (epoch seconds). `cancel()` keeps it from running."""

    def __init__(self, when: float, job: Job) -> None:
        self.when = when
        self._job: Job | None = job

    def cancel(self) -> None:
        """Forget the job; harmless when it has run."""
        self._job = None

    def run(self) -> None:
        """Run the job once unless cancelled."""
        job, self._job = self._job, None
        if job is not None:
            job()


class Clock(Protocol):
    """What the workspace asks of a clock."""

    def now(self) -> float:
        """Epoch seconds."""
        ...

    def at(self, when: float, job: Job) -> Timer:
        """Run `job` as soon as the clock reaches `when`."""
        ...

    def close(self) -> None:
        """Stop; jobs not yet due never run."""
        ...


class _Agenda:
    """Timers ordered by time, first come first served within the same instant."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Timer]] = []
        self._order = itertools.count()

    def add(self, timer: Timer) -> None:
        heapq.heappush(self._heap, (timer.when, next(self._order), timer))

    def next_time(self) -> float | None:
        return self._heap[0][0] if self._heap else None

    def pop_due(self, now: float) -> Timer | None:
        if self._heap and self._heap[0][0] <= now:
            return heapq.heappop(self._heap)[2]
        return None


class RealClock:
    """Wall time; due jobs run one after the other in a daemon thread of its own."""

    def __init__(self) -> None:
        self._agenda = _Agenda()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def now(self) -> float:
        """Epoch seconds of the machine."""
        return time.time()

    def at(self, when: float, job: Job) -> Timer:
        """Run `job` in the clock's thread at `when`."""
        timer = Timer(when, job)
        with self._wake:
            self._agenda.add(timer)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="sandbox-clock", daemon=True)
                self._thread.start()
            self._wake.notify()
        return timer

    def close(self) -> None:
        """Stop the thread and wait for it."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _run(self) -> None:
        while True:
            with self._wake:
                if self._closed:
                    return
                due = self._agenda.pop_due(self.now())
                if due is None:
                    upcoming = self._agenda.next_time()
                    self._wake.wait(None if upcoming is None else max(0.0, upcoming - self.now()))
                    continue
            due.run()


class VirtualClock:
    """Stands still at `start` (or runs on from it when `running`) and jumps on `advance`.

    Jobs run in the thread that advances, in order of time, with the clock showing their instant.
    A running clock also moves by itself, but its jobs still wait for an `advance`.
    """

    def __init__(self, start: float = 1_574_000_000.0, *, running: bool = False) -> None:
        self._base = start
        self._running_since = time.monotonic() if running else None
        self._agenda = _Agenda()
        self._lock = threading.RLock()

    def now(self) -> float:
        """Epoch seconds as far as this clock has come."""
        with self._lock:
            moved = 0.0 if self._running_since is None else time.monotonic() - self._running_since
            return self._base + moved

    def at(self, when: float, job: Job) -> Timer:
        """Run `job` during the first `advance` that reaches `when`."""
        timer = Timer(when, job)
        with self._lock:
            self._agenda.add(timer)
        return timer

    def advance(self, seconds: float) -> None:
        """Move on by `seconds` and run what falls due on the way. ValueError when negative."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        target = self.now() + seconds
        while True:
            with self._lock:
                due = self._agenda.pop_due(target)
                if due is not None:
                    self._jump_to(max(due.when, self.now()))
            if due is None:
                break
            due.run()
        with self._lock:
            self._jump_to(max(target, self.now()))

    def close(self) -> None:
        """Nothing to stop."""

    def _jump_to(self, when: float) -> None:
        self._base += when - self.now()
