"""The worker process: the clock and the queue. Any number may run, on any number of machines.

On SIGTERM it takes no new work, gives what is running twenty seconds, and goes. What was not finished is
taken over by another worker once this one has given no sign of life for thirty seconds.
"""

import asyncio
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg
import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from gateways.clock import business_clock, real_now
from gateways.database.engine import make_engine
from gateways.database.unit_of_work import unit_of_work
from gateways.delivery.courier import Courier
from gateways.delivery.notice import bare_notice
from gateways.delivery.pacing import Pace
from gateways.delivery.settle import Notice
from gateways.environment import Environment
from gateways.logs import configure_logs
from gateways.slack import web_client
from jobs.clock import Ticker, start_clock
from jobs.orphans import Hands
from jobs.registry import Registry
from jobs.runs import Runner
from jobs.slots import at_start
from jobs.sweep import release_worker, sweep
from jobs.tasks import make_app

log = structlog.get_logger("jobs")
# A database that restarts, or a worker that was taken to be dead by the others.
LOST = (ConnectorException, psycopg.Error, SQLAlchemyError, OSError)
LOOK_SECONDS = 0.25
# Nothing wakes a worker when a lock frees or a job's time comes: whoever ran a job just now asks often, the
# others are woken by new jobs and ask now and then. All asking at 0.2 s costs an idle worker 1.3 % of a
# core.
WARM_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """Seconds, and how many jobs run at once. A test shortens them; in production the defaults are right.

    `stalled`: a worker without a sign of life for so long is taken to be dead; at least three times Slack's
    time-out.
    """

    poll: float = 0.2
    idle_poll: float = 0.5
    heartbeat: float = 10.0
    stalled: float = 30.0
    tick: float = 15.0
    graceful: float = 20.0
    last: float = 5.0
    restart: float = 1.0
    concurrency: int = 8
    slack_timeout: int = 10
    pace: Pace = field(default_factory=Pace)


def run_worker(
    environment: Environment,
    url: str,
    *,
    stop: threading.Event | None = None,
    registry: Registry | None = None,
    settings: WorkerSettings | None = None,
    notice: Notice = bare_notice,
) -> None:
    """Work until `stop` is set, or until SIGTERM or SIGINT where this is the main thread.

    In the main thread it also sets up the logs, and ends the process should something running not end by
    itself.
    """
    jobs = registry or _all_jobs()
    chosen, stopping = settings or WorkerSettings(), stop or threading.Event()
    is_process = threading.current_thread() is threading.main_thread() and stop is None
    if is_process:
        configure_logs(environment.log_level)
    # Transactions are short and calls of Slack hold none: half as many connections as jobs are enough.
    engine = make_engine(url, pool_size=max(2, chosen.concurrency // 2))
    courier = Courier(
        engine,
        web_client(environment, timeout=chosen.slack_timeout),
        pace=chosen.pace,
        notice=notice,
    )
    clock = business_clock(environment.now)
    hands = Hands()
    ticker = Ticker(
        engine,
        jobs,
        courier,
        clock=clock,
        origin=environment.now,
        stalled_after=chosen.stalled,
        hands=hands,
    )
    app = make_app(url, courier, Runner(engine, environment, clock, jobs), hands)
    scheduler = start_clock(ticker.tick, seconds=chosen.tick)
    log.info("worker_started")
    try:
        _start_jobs(engine, jobs)
        asyncio.run(_work(app, engine, chosen, stopping, hands, is_process))
    finally:
        scheduler.shutdown(wait=True)
        engine.dispose()
        log.info("worker_stopped")


def _all_jobs() -> Registry:
    """The table of jobs, loaded with all features only where it is wanted."""
    from jobs.all import REGISTRY

    return REGISTRY


def _start_jobs(engine: Engine, registry: Registry) -> None:
    with unit_of_work(engine) as session:
        at_start(session, [job.name for job in registry if job.at_start], now=real_now())


async def _work(
    app: App,
    engine: Engine,
    settings: WorkerSettings,
    stop: threading.Event,
    hands: Hands,
    is_process: bool,
) -> None:
    """Run the queue's worker, and another one whenever the database has been away."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(settings.concurrency + 2, thread_name_prefix="job"))
    if is_process:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, _told_to_stop, stop, settings)
    while not stop.is_set():
        try:
            async with app.open_async():
                await _one_worker(app, engine, settings, stop, hands)
        except LOST as lost:
            log.warning("database_lost", error=type(lost).__name__)
        if not stop.is_set():
            await asyncio.sleep(settings.restart)


async def _one_worker(
    app: App, engine: Engine, settings: WorkerSettings, stop: threading.Event, hands: Hands
) -> None:
    """Until told to stop, or until the worker ends by itself. Raises what it ended with."""
    worker = _make_worker(app, settings)
    running = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]
    while not running.done() and not stop.is_set():
        await asyncio.wait((running,), timeout=LOOK_SECONDS)
        hands.worker_id = worker.worker_id
        warm = hands.is_warm(WARM_SECONDS)
        worker.fetch_job_polling_interval = settings.poll if warm else settings.idle_poll
    held, hands.worker_id = hands.worker_id, None
    try:
        if running.done():
            running.result()
        else:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
    finally:
        # It signs off by itself, unless the database was away just then.
        if worker.worker_id is not None and held is not None:
            await _release(engine, held, settings)


def _make_worker(app: App, settings: WorkerSettings) -> Worker:
    return Worker(
        app=app,
        concurrency=settings.concurrency,
        fetch_job_polling_interval=settings.poll,
        shutdown_graceful_timeout=settings.graceful,
        listen_notify=True,
        delete_jobs="successful",
        install_signal_handlers=False,
        update_heartbeat_interval=settings.heartbeat,
        stalled_worker_timeout=settings.stalled,
    )


async def _release(engine: Engine, worker_id: int, settings: WorkerSettings) -> None:
    """A worker that could not sign off has finished all the same: what it held goes on at once."""

    def release() -> None:
        release_worker(engine, worker_id)
        sweep(engine, stalled_after=settings.stalled)

    with suppress(SQLAlchemyError):
        await asyncio.to_thread(release)


def _told_to_stop(stop: threading.Event, settings: WorkerSettings) -> None:
    """Begin to stop. A thread that does not end must not keep the process: others take its work over."""
    stop.set()
    watchdog = threading.Timer(settings.graceful + settings.last, os._exit, (0,))
    watchdog.daemon = True
    watchdog.start()
