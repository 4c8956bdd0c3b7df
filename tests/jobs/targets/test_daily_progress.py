"""The morning's digests: who is told what, once, and on which mornings."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from domain.rules.slots import due_slots
from gateways.database.unit_of_work import read_only, unit_of_work
from jobs.all import REGISTRY
from jobs.runs import run_slot_now
from jobs.targets.tasks import schedules
from tests.company import SLACK, PartsAndCo, make_company, settle

FRIDAY = datetime(2019, 11, 15, 8, 30, tzinfo=UTC)
NOVEMBER = date(2019, 11, 1)


@pytest.fixture
def made(engine: Engine) -> Iterator[PartsAndCo]:
    with unit_of_work(engine) as session:
        made = make_company(session)
        made.sells(session, "alice", date(2019, 11, 4), "500")
        made.sells(session, "alice", date(2019, 11, 15), "77")
        made.sells(session, "alice", date(2018, 11, 4), "900")
        made.sells(session, "lin", date(2019, 11, 5), "100", region="West", customer="Neo Fleet")
        made.aims(session, "alice", NOVEMBER, "2100", region="East")
        made.aims(session, "lin", NOVEMBER, "210", region="West")
        settle(session)
    yield made


def posts(engine: Engine) -> dict[str, dict[str, Any]]:
    """What was written to the outbox, by channel."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT channel, payload FROM outbox ORDER BY id")).all()
    return {row.channel: row.payload for row in rows}


def run(engine: Engine, at: datetime = FRIDAY) -> None:
    run_slot_now(engine, "daily_progress", at, registry=REGISTRY)


def test_each_channel_and_everybody_who_sells_is_told_once(engine: Engine, made: PartsAndCo) -> None:
    run(engine)
    told = posts(engine)
    assert set(told) == {"#sales", "#east", "#west", SLACK["alice"], SLACK["lin"]}
    run(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM outbox")) == 5


def test_the_morning_tells_of_full_days(engine: Engine, made: PartsAndCo) -> None:
    run(engine)
    said = posts(engine)["#east"]["text"]
    assert "500 of 2,100 (23.8" in said


def test_the_first_of_a_month_closes_the_month_before(engine: Engine, made: PartsAndCo) -> None:
    """1 December 2019 was a Sunday: nobody would read November's end on a day without digests."""
    run(engine, datetime(2019, 12, 2, 8, 30, tzinfo=UTC))
    assert "November" in posts(engine)["#west"]["text"]
    run(engine, datetime(2019, 12, 3, 8, 30, tzinfo=UTC))
    with engine.connect() as connection:
        things = connection.scalars(text("SELECT thing FROM outbox WHERE thing LIKE '%2019-12-03'")).all()
    assert things == []


def test_no_person_is_named_in_a_channel(engine: Engine, made: PartsAndCo) -> None:
    run(engine)
    for channel, payload in posts(engine).items():
        if channel.startswith("#"):
            assert "Alice" not in str(payload)
            assert "Lin" not in str(payload)


def test_everybody_is_told_in_their_language(engine: Engine, made: PartsAndCo) -> None:
    run(engine)
    told = posts(engine)
    assert "工作日" in told[SLACK["lin"]]["text"]
    assert "working day" in told[SLACK["alice"]]["text"]


def test_the_chart_holds_at_most_twenty_points_and_the_table_is_worst_first(
    engine: Engine, made: PartsAndCo
) -> None:
    run(engine, datetime(2019, 11, 30, 8, 30, tzinfo=UTC))
    blocks = posts(engine)["#sales"]["blocks"]
    (chart,) = [b for b in blocks if b["type"] == "data_visualization"]
    assert len(chart["chart"]["axis_config"]["categories"]) <= 20
    (table,) = [b for b in blocks if b["type"] == "table"]
    regions = [row[0]["text"] for row in table["rows"][1:]]
    assert regions == ["East", "West"]


def test_nothing_to_say_is_no_message(engine: Engine, made: PartsAndCo) -> None:
    run(engine, datetime(2024, 5, 15, 8, 30, tzinfo=UTC))
    assert posts(engine) == {}


def test_the_snoozed_and_the_departed_are_left_alone(engine: Engine, made: PartsAndCo) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE person SET snoozed_until = '2019-11-18' WHERE code = 'alice'"))
        connection.execute(text("UPDATE person SET left_on = '2019-11-14' WHERE code = 'lin'"))
    run(engine)
    assert set(posts(engine)) == {"#sales", "#east", "#west"}


def test_it_runs_on_working_days_at_the_channels_hour_and_zone(engine: Engine, made: PartsAndCo) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO work_calendar VALUES ('2019-11-14', false, 'Founders'),"
                " ('2019-11-16', true, 'make-up')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO setting (key, value, changed_at) VALUES ('schedules.daily_progress.channels',"
                """ '{"#west": {"at": "09:15", "timezone": "Asia/Shanghai"}}', now())"""
            )
        )
    with read_only(engine) as session:
        made_schedules = {s.name: s for s in schedules(session)}
    week = (datetime(2019, 11, 11, tzinfo=UTC), datetime(2019, 11, 18, tzinfo=UTC))
    east = due_slots(made_schedules["daily_progress:#east"], since=week[0], until=week[1])
    assert [slot.local_date.day for slot in east] == [11, 12, 13, 15, 16]
    assert {f"{slot.due_at:%H:%M}" for slot in east} == {"08:30"}
    west = due_slots(made_schedules["daily_progress:#west"], since=week[0], until=week[1])
    assert {f"{slot.due_at:%H:%M}" for slot in west} == {"01:15"}


def test_a_schedule_switched_off_has_no_slots(engine: Engine, made: PartsAndCo) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO setting (key, value, changed_at) VALUES ('schedules.daily_progress.enabled',"
                 " 'false', now())")
        )  # fmt: skip
    with read_only(engine) as session:
        assert schedules(session) == ()
