"""Figures for /metrics.

What this process has seen itself (acknowledgements) is counted here. Delivery and slots are read from the
database when they are asked for, so that every process shows the work of all.
"""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from gateways.database.unit_of_work import read_only

REGISTRY = CollectorRegistry()
_ACKS = Counter(
    "partsplan_acks", "Requests of Slack that were answered", ["kind", "route", "outcome"], registry=REGISTRY
)
_ACK_SECONDS = Histogram(
    "partsplan_ack_seconds",
    "From the request to its acknowledgement",
    ["kind"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0),
    registry=REGISTRY,
)

_POSTS = text("""
SELECT feature, state, count(*) AS rows, coalesce(sum(refusals), 0) AS refusals,
       coalesce(sum(greatest(attempts - refusals - 1, 0)), 0) AS retries
  FROM outbox GROUP BY feature, state
""")
_AGES = text("""
SELECT coalesce(extract(epoch FROM
         now() - min(created_at) FILTER (WHERE state IN ('pending', 'sending'))), 0) AS oldest,
       percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM sent_at - created_at))
         FILTER (WHERE sent_at > now() - interval '24 hours') AS waits,
       percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP
         (ORDER BY extract(epoch FROM sent_at - (payload ->> 'due')::timestamptz))
         FILTER (WHERE sent_at > now() - interval '24 hours' AND payload ? 'due') AS due
  FROM outbox
 WHERE sent_at > now() - interval '24 hours' OR state IN ('pending', 'sending')
""")
_DUE_BY_FEATURE = text("""
SELECT feature, percentile_cont(0.99) WITHIN GROUP
         (ORDER BY extract(epoch FROM sent_at - (payload ->> 'due')::timestamptz)) AS due
  FROM outbox WHERE sent_at > now() - interval '24 hours' AND payload ? 'due' GROUP BY feature
""")
_INSTALLATION = text("""
SELECT (SELECT coalesce(max(extract(epoch FROM now() - coalesce(j.scheduled_at, e.at))), 0)
          FROM procrastinate_jobs j LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
         WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())) AS queue,
       (SELECT count(*) FROM procrastinate_workers
         WHERE last_heartbeat > now() - interval '60 seconds') AS workers,
       (SELECT extract(epoch FROM now() - at) FROM heartbeat WHERE name = 'clock') AS clock,
       (SELECT count(*) FROM gate WHERE paused IS NOT NULL) AS closed,
       (SELECT count(*) FROM trouble WHERE state = 'open') AS troubles
""")
_SLOTS = text("SELECT split_part(schedule, ':', 1) AS job, state, count(*) AS rows FROM slot GROUP BY 1, 2")
_JOBS = text("SELECT status::text AS status, count(*) AS rows FROM procrastinate_jobs GROUP BY 1")


def acked(kind: str, route: str, outcome: str, seconds: float) -> None:
    """A request of Slack's was answered after so many seconds."""
    _ACKS.labels(kind=kind, route=route, outcome=outcome).inc()
    _ACK_SECONDS.labels(kind=kind).observe(seconds)


def render(engine: Engine) -> bytes:
    """Everything in the text format. Without a database: what this process knows itself."""
    shared = CollectorRegistry()
    try:
        with read_only(engine) as session:
            found = list(_figures(session))
    except SQLAlchemyError:
        found = []
    shared.register(_Found(found))
    return generate_latest(REGISTRY) + generate_latest(shared)


class _Found(Collector):
    """Figures that have been read already."""

    def __init__(self, found: list[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        """As they are."""
        return self._found


def _figures(session: Session) -> Iterable[Metric]:
    posts = CounterMetricFamily("partsplan_posts", "Messages by state", labels=["feature", "state"])
    refusals = CounterMetricFamily(
        "partsplan_post_refusals", "Definite refusals by Slack", labels=["feature"]
    )
    retries = CounterMetricFamily("partsplan_post_retries", "Attempts after one in doubt", labels=["feature"])
    by_feature: dict[str, tuple[int, int]] = {}
    for row in session.execute(_POSTS):
        posts.add_metric([row.feature, row.state], row.rows)
        had = by_feature.get(row.feature, (0, 0))
        by_feature[row.feature] = (had[0] + int(row.refusals), had[1] + int(row.retries))
    for feature, (refused, again) in by_feature.items():
        refusals.add_metric([feature], refused)
        retries.add_metric([feature], again)
    yield from (posts, refusals, retries)
    yield from _ages(session)
    yield from _installation(session)
    yield from _counts(session)


def _ages(session: Session) -> Iterable[Metric]:
    row = session.execute(_AGES).one()
    yield GaugeMetricFamily(
        "partsplan_outbox_age_seconds", "Age of the oldest open message", value=float(row.oldest)
    )
    for name, words, values in (
        ("partsplan_post_seconds", "From commit to Slack, last 24 hours", row.waits),
        ("partsplan_slot_to_slack_seconds", "From a slot's due time to Slack, last 24 hours", row.due),
    ):
        gauge = GaugeMetricFamily(name, words, labels=["quantile"])
        for quantile, value in zip(("0.5", "0.99"), values or (), strict=False):
            if value is not None:
                gauge.add_metric([quantile], float(value))
        yield gauge


def _installation(session: Session) -> Iterable[Metric]:
    by_feature = GaugeMetricFamily(
        "partsplan_feature_slot_to_slack_seconds",
        "The slowest hundredth from due time to Slack, last 24 hours",
        labels=["feature"],
    )
    for row in session.execute(_DUE_BY_FEATURE):
        by_feature.add_metric([row.feature], float(row.due))
    yield by_feature
    row = session.execute(_INSTALLATION).one()
    for name, words, value in (
        ("partsplan_queue_age_seconds", "How long the oldest job has been waiting that could run", row.queue),
        ("partsplan_workers", "Workers that gave a sign of life within a minute", row.workers),
        ("partsplan_clock_age_seconds", "Since the last tick of any clock", row.clock),
        ("partsplan_gates_closed", "Channels that take no messages; the workspace counts as one", row.closed),
        ("partsplan_troubles", "Troubles the operations channel was told of and that go on", row.troubles),
    ):
        if value is not None:
            yield GaugeMetricFamily(name, words, value=float(value))


def _counts(session: Session) -> Iterable[Metric]:
    slots = GaugeMetricFamily("partsplan_slots", "Slots by state", labels=["job", "state"])
    for row in session.execute(_SLOTS):
        slots.add_metric([row.job, row.state], row.rows)
    jobs = GaugeMetricFamily("partsplan_queue_jobs", "Jobs in the queue", labels=["status"])
    for row in session.execute(_JOBS):
        jobs.add_metric([row.status], row.rows)
    yield from (slots, jobs)
