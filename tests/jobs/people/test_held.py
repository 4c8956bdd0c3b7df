"""What comes at a bad hour waits, is told once and together, and never at night."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from domain.people.manners import manners_of
from domain.people.views import Kind
from domain.rules.company import load_company
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery.telling import Told, tell
from gateways.environment import Environment
from jobs.all import REGISTRY
from jobs.runs import Runner
from jobs.slots import fill
from tests.company import SLACK, PartsAndCo, make_company, settle

FRIDAY_NIGHT = datetime(2019, 11, 15, 21, tzinfo=UTC)
MONDAY = datetime(2019, 11, 18, tzinfo=UTC)


@pytest.fixture
def made(engine: Engine) -> Iterator[PartsAndCo]:
    with unit_of_work(engine) as session:
        made = make_company(session)
        made.sells(session, "alice", date(2019, 11, 4), "500")
        made.aims(session, "alice", date(2019, 11, 1), "2100", region="East")
        settle(session)
    yield made


def say(
    engine: Engine,
    made: PartsAndCo,
    who: str,
    at: datetime,
    words: str,
    thing: str = "role:1",
    by: str = "adam",
) -> Told:
    with unit_of_work(engine) as session:
        company = load_company(session)
        reader = manners_of(session, company, made.people[who], today=company.today(at))
        assert reader is not None
        return tell(
            session, reader, Kind.NEWS, thing=thing, fact=words, payload=lambda: {"text": words, "blocks": []},
            company=company, actor_id=made.people[by], now=at, feature="people",
        )  # fmt: skip


def posts(engine: Engine, who: str) -> list[str]:
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT payload FROM outbox WHERE channel = :c ORDER BY id"), {"c": SLACK[who]}
        )
        return [str(row.payload["text"]) + str(row.payload["blocks"]) for row in rows]


def _step(engine: Engine, since: datetime, now: datetime) -> datetime:
    runner = Runner(engine, Environment(), lambda: now, REGISTRY)
    with unit_of_work(engine) as session:
        due = [
            slot
            for name in ("daily_progress", "held_messages")
            for slot in fill(session, REGISTRY.find(name).schedules(session), since=since, now=now).due
        ]
    for slot in due:
        runner.run(slot)
    return now


def at(hour: int, minute: int = 0, day: datetime = MONDAY) -> datetime:
    return day.replace(hour=hour, minute=minute)


def test_it_waits_over_night_and_weekend_and_comes_when_the_quiet_hours_end(
    engine: Engine, made: PartsAndCo
) -> None:
    assert say(engine, made, "wei", FRIDAY_NIGHT, "You buy now.") is Told.HELD
    _step(engine, FRIDAY_NIGHT, at(7, 59))
    assert posts(engine, "wei") == []
    _step(engine, at(7, 59), at(8))
    assert len(posts(engine, "wei")) == 1 and "You buy now." in posts(engine, "wei")[0]
    _step(engine, at(8), at(18))
    assert len(posts(engine, "wei")) == 1, "once"


def test_of_one_thing_the_newest_is_told_and_several_things_are_one_message(
    engine: Engine, made: PartsAndCo
) -> None:
    say(engine, made, "wei", FRIDAY_NIGHT, "You lead East.", "role:7")
    say(engine, made, "wei", FRIDAY_NIGHT, "You lead East no more.", "role:7")
    say(engine, made, "wei", FRIDAY_NIGHT, "You plan.", "role:8")
    _step(engine, FRIDAY_NIGHT, at(8))
    (only,) = posts(engine, "wei")
    assert "You lead East no more." in only and "You plan." in only and "You lead East." not in only
    assert "people.snooze" in only and "people.settings.open" in only and "rules.digest.why" in only


def test_whoever_has_a_digest_this_morning_hears_of_it_there(engine: Engine, made: PartsAndCo) -> None:
    say(engine, made, "alice", FRIDAY_NIGHT, "You plan <!channel>.")
    _step(engine, FRIDAY_NIGHT, at(8))
    assert posts(engine, "alice") == []
    _step(engine, at(8), at(8, 30))
    (only,) = posts(engine, "alice")
    assert "500 of 2,100" in only and "You plan &lt;!channel&gt;." in only and "Also for you" in only


def test_a_digest_with_nothing_to_say_still_brings_what_waits(engine: Engine, made: PartsAndCo) -> None:
    say(engine, made, "bob", FRIDAY_NIGHT, "You plan.")
    _step(engine, FRIDAY_NIGHT, at(8))
    _step(engine, at(8), at(8, 30))
    assert len(posts(engine, "bob")) == 1 and "You plan." in posts(engine, "bob")[0]


def test_a_second_message_of_the_day_waits_for_the_next_morning(engine: Engine, made: PartsAndCo) -> None:
    assert say(engine, made, "wei", at(10), "You plan.", "role:1") is Told.SENT
    assert say(engine, made, "wei", at(10, 5), "You plan.", "role:1") is Told.REPEATED
    assert say(engine, made, "wei", at(11), "You buy.", "role:2") is Told.HELD
    _step(engine, at(11), at(8, day=datetime(2019, 11, 19, tzinfo=UTC)))
    assert len(posts(engine, "wei")) == 2


def test_ones_own_act_is_neither_told_nor_kept(engine: Engine, made: PartsAndCo) -> None:
    assert say(engine, made, "adam", at(10), "You plan.") is Told.OWN_ACT
    assert say(engine, made, "adam", FRIDAY_NIGHT, "You plan.") is Told.OWN_ACT
    _step(engine, FRIDAY_NIGHT, at(8))
    assert posts(engine, "adam") == []


@pytest.mark.parametrize(
    "preference",
    ["UPDATE person SET snoozed_until = '2019-11-19' WHERE code = 'wei'",
     "INSERT INTO preference (person_id, snoozed_kinds)"
     " SELECT id, '{\"news\": \"2019-11-19\"}' FROM person WHERE code = 'wei'"],
)  # fmt: skip
def test_snoozed_means_silent_and_nothing_is_lost(engine: Engine, made: PartsAndCo, preference: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(preference))
    assert say(engine, made, "wei", at(10), "You plan.") is Told.HELD
    _step(engine, at(10), at(18))
    assert posts(engine, "wei") == []
    _step(engine, at(18), at(8, day=datetime(2019, 11, 19, tzinfo=UTC)))
    assert len(posts(engine, "wei")) == 1


def sql(engine: Engine, statement: str, **values: Any) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement), values)


def test_quiet_hours_of_ones_own_and_none_at_all(engine: Engine, made: PartsAndCo) -> None:
    sql(engine, "INSERT INTO preference (person_id, quiet_from, quiet_to, snoozed_kinds)"
                " SELECT id, '12:00', '14:30', '{}' FROM person WHERE code = 'wei'")  # fmt: skip
    assert say(engine, made, "wei", at(13), "You plan.") is Told.HELD
    _step(engine, at(13), at(14, 30))
    assert len(posts(engine, "wei")) == 1
    sql(engine, "UPDATE preference SET quiet_from = '00:00', quiet_to = '00:00'")
    assert say(engine, made, "wei", at(23, day=datetime(2019, 11, 19, tzinfo=UTC)), "You buy.") is Told.SENT


def test_an_hour_changed_in_the_morning_brings_no_second_digest(engine: Engine, made: PartsAndCo) -> None:
    _step(engine, at(8), at(8, 30))
    sql(engine, "INSERT INTO preference (person_id, digest_at, snoozed_kinds)"
                " SELECT id, '10:00', '{}' FROM person WHERE code = 'alice'")  # fmt: skip
    sql(engine, "UPDATE setting SET value = '\"11:00\"' WHERE key = 'schedules.daily_progress.at'")
    _step(engine, at(8, 30), at(12))
    assert len(posts(engine, "alice")) == 1
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM outbox WHERE channel = '#east'")) == 1


def test_a_schedule_in_the_quiet_hours_waits_for_their_end(engine: Engine, made: PartsAndCo) -> None:
    sql(engine, "UPDATE setting SET value = '\"06:00\"' WHERE key = 'schedules.daily_progress.at'")
    _step(engine, at(5), at(7, 59))
    assert posts(engine, "alice") == []
    _step(engine, at(7, 59), at(8))
    assert len(posts(engine, "alice")) == 1
    with read_only(engine) as session:
        lives = session.scalars(
            text("SELECT expires_at - created_at FROM outbox WHERE channel = '#east'")
        ).one()
    assert lives.total_seconds() <= 6 * 3600
