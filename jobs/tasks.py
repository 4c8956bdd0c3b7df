"""What the queue can do: three tasks, thin around the courier and the runner of slots."""

from collections.abc import Callable
from datetime import datetime, timedelta

from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.jobs import Job
from sqlalchemy.exc import SQLAlchemyError

from gateways import queue
from gateways.clock import real_now
from gateways.delivery.courier import Courier
from jobs.funnel import trouble_of
from jobs.orphans import Hands
from jobs.runs import Runner, SlotFailed, retry_delay

DATABASE_PAUSE = timedelta(seconds=2)


class Later(Exception):
    """Not now: the queue runs the job again at `at` and sleeps nowhere."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class ComeBack(BaseRetryStrategy):
    """Retries exactly what asks for it. The queue's own count of tries says nothing about ours."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to run the job again; None: it has failed, which frees its lock."""
        del job
        return RetryDecision(retry_at=exception.at) if isinstance(exception, Later) else None


def make_app(url: str, courier: Courier, runner: Runner, hands: Hands) -> App:
    """The queue's app with our tasks; `hands` knows what is running."""
    app = queue.worker_app(url)
    come_back = ComeBack()

    @app.task(name=queue.DELIVER, queue=queue.DELIVERY, retry=come_back, pass_context=True)
    def deliver(context: JobContext, outbox_id: int) -> None:
        with hands.holding(context.job.id):
            _step(courier, courier.deliver, outbox_id)

    @app.task(name=queue.RECHECK, queue=queue.DELIVERY, retry=come_back, pass_context=True)
    def recheck(context: JobContext, outbox_id: int) -> None:
        with hands.holding(context.job.id):
            _step(courier, courier.recheck, outbox_id)

    @app.task(name=queue.RUN_SLOT, queue=queue.JOBS, retry=come_back, pass_context=True)
    def run_slot(context: JobContext, slot_id: int) -> None:
        with hands.holding(context.job.id):
            run_one(runner, slot_id, tries=context.job.attempts + 1)

    return app


def _step(courier: Courier, step: Callable[[int], datetime | None], outbox_id: int) -> None:
    """One message, then come back for the next. A trouble of ours does not close the channel for ever."""
    found: list[datetime | None] = []
    trouble = trouble_of(lambda: found.append(step(outbox_id)), "delivery_stumbled", outbox=outbox_id)
    if trouble is None:
        until = found[0]
    elif isinstance(trouble, SQLAlchemyError):
        until = real_now() + DATABASE_PAUSE
    else:
        until = courier.stumbled(outbox_id, f"error:{type(trouble).__name__}")
    if until is not None:
        raise Later(until)


def run_one(runner: Runner, slot_id: int, *, tries: int) -> None:
    """A try of a slot. Raises Later where another one is worth it."""
    delay = retry_delay(tries)
    try:
        runner.run(slot_id, last_try=delay is None)
    except SlotFailed:
        if delay is not None:
            raise Later(real_now() + delay) from None
    except SQLAlchemyError:
        raise Later(real_now() + DATABASE_PAUSE) from None
