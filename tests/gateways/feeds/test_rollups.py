"""Whatever is imported in whatever order, both roll-ups are what the lines say."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from domain.orders.operations import rebuild_rollups
from gateways.database.unit_of_work import unit_of_work
from tests.gateways.feeds.made import Feed, line, rollups, rows

DAYS = ("2026-10-05", "2026-10-06", "2026-11-01")
AMOUNTS = st.none() | st.decimals(-10_000, 10_000, places=4)
LINES = st.builds(
    line,
    st.sampled_from(["SO1", "SO2", "SO3"]),
    st.integers(1, 3),
    ordered_on=st.sampled_from(DAYS),
    channel=st.sampled_from(["reseller", "direct", ""]),
    person=st.sampled_from(["alice", "bob", ""]),
    region=st.sampled_from(["East", "West"]),
    customer=st.sampled_from(["ACE", "NEO", ""]),
    part_no=st.sampled_from(["BP-0012", "OF-0034"]),
    quantity=st.decimals(-50, 50, places=2),
    amount=AMOUNTS,
    cost=AMOUNTS,
    currency=st.sampled_from(["USD", "EUR", ""]),
)
BATCHES = st.lists(
    st.lists(LINES, min_size=1, max_size=6, unique_by=lambda made: (made["order_no"], made["line_no"])),
    min_size=1,
    max_size=4,
)
GROUPS = st.lists(st.sampled_from(["Workshops", "Fleets", ""]), min_size=4, max_size=4)


def emptied(engine: Engine) -> None:
    """The same database for every example: a new one each would take a second."""
    with engine.begin() as connection:
        connection.execute(
            text("TRUNCATE order_line, sales_daily, sales_scope_daily, import_batch RESTART IDENTITY")
        )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES, groups=GROUPS)
def test_rollups_follow_the_lines(
    engine: Engine, batches: list[list[dict[str, object]]], groups: list[str]
) -> None:
    emptied(engine)
    latest: dict[tuple[object, object], dict[str, object]] = {}
    with TemporaryDirectory() as folder:
        feed = Feed(Path(folder))
        for batch, group in zip(batches, groups, strict=False):
            feed.tables["orders"] = batch
            feed.tables["customers"][0] = {**feed.tables["customers"][0], "customer_group": group}
            assert feed.load(engine).problems == ()
            latest |= {(made["order_no"], made["line_no"]): made for made in batch}
            written = rollups(engine)
            with unit_of_work(engine) as session:
                rebuild_rollups(session)
            assert written == rollups(engine)
    company = rows(engine, "SELECT sum(amount), sum(quantity), sum(lines), sum(unpriced_lines) FROM sales_scope_daily "
                   "WHERE person_id = 0 AND region_id = 0")[0]  # fmt: skip
    amounts = [made["amount"] for made in latest.values()]
    assert company == (
        sum(a for a in amounts if a is not None),
        sum(made["quantity"] for made in latest.values()),  # type: ignore[misc]
        len(latest),
        amounts.count(None),
    )
