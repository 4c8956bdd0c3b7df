"""Whether this installation does its work: what /readyz answers."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateways.database.unit_of_work import read_only

CLOCK = "clock"  # the last tick, by the real clock
BUSINESS = "clock_business"  # the same tick, by the business clock
SILENT = timedelta(minutes=2)
LATE = timedelta(minutes=5)

# Messages of a channel that a person has to open are not late: the admins were told of it.
_STATE = text("""
SELECT (SELECT at FROM heartbeat WHERE name = 'clock') AS ticked,
       (SELECT at FROM heartbeat WHERE name = 'clock_business') AS business,
       (SELECT paused FROM gate WHERE channel = '*') AS paused,
       (SELECT min(due_at) FROM slot WHERE state = 'due') AS slot,
       (SELECT min(o.created_at) FROM outbox o LEFT JOIN gate g ON g.channel = o.channel
         WHERE o.state IN ('pending', 'sending') AND g.paused IS NULL) AS post
""")


def readiness(engine: Engine, now: datetime) -> list[str]:
    """What is wrong, as codes; empty where all is well. `now` is the real time.

    `database`, `clock_silent` (no tick for two minutes), `slot_late` and `post_late` (five minutes),
    `token:CODE` (Slack refuses our token).
    """
    try:
        with read_only(engine) as session:
            state = session.execute(_STATE).one()
    except SQLAlchemyError:
        return ["database"]
    problems = []
    if state.ticked is None or now - state.ticked > SILENT:
        problems.append("clock_silent")
    if state.slot is not None and _business_now(now, state.ticked, state.business) - state.slot > LATE:
        problems.append("slot_late")
    if state.post is not None and now - state.post > LATE:
        problems.append("post_late")
    if state.paused:
        problems.append(f"token:{state.paused}")
    return problems


def _business_now(now: datetime, ticked: datetime | None, business: datetime | None) -> datetime:
    """The business clock's time, as far ahead of its last tick as the real one is."""
    if ticked is None or business is None:
        return now
    return business + (now - ticked)
