"""A worker as a process of its own, with times a test can wait for."""

import json
import sys
import time
from uuid import uuid4

from sqlalchemy import text

from gateways.delivery.courier import Courier
from gateways.delivery.outcomes import Outcome
from gateways.delivery.pacing import Pace
from gateways.delivery.take import Taken
from gateways.environment import Environment
from jobs.registry import Job, JobContext, Registry
from jobs.worker import WorkerSettings, run_worker


def forgets_to_ask(_: Courier, taken: Taken, slack_channel: str) -> Outcome | None:
    """What everybody writes first: send again whatever has not been written down as sent."""
    del taken, slack_channel


def sleeps(context: JobContext) -> None:
    """Takes its time, and says when it began: two lives of one run would show."""
    with context.unit_of_work() as session:
        session.execute(
            text("INSERT INTO setting (key, value, changed_at) VALUES (:key, '1', now())"),
            {"key": f"began:{uuid4()}"},
        )
    time.sleep(float(context.slot.place or 0))


def main() -> None:
    """Read the settings and work until told to stop."""
    given = json.loads(sys.argv[1])
    environment = Environment(
        SLACK_BOT_TOKEN=given.pop("token"),
        SLACK_API_URL=given.pop("api_url"),
        PARTSPLAN_NOW=given.pop("now", None),
        LOG_LEVEL="WARNING",
    )
    if given.pop("naive", False):
        Courier._look = forgets_to_ask  # type: ignore[method-assign]
    url, pace = given.pop("url"), Pace(**given.pop("pace", {}))
    run_worker(
        environment,
        url,
        registry=Registry((Job("sleeps", sleeps),)),
        settings=WorkerSettings(pace=pace, **given),
    )


if __name__ == "__main__":
    main()
