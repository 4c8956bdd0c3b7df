"""What people see when they ask, over HTTP and Socket Mode, in three languages."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, text

from gateways.database.unit_of_work import unit_of_work
from tests.company import settle
from tests.wire import Wire, wire

NOVEMBER = date(2019, 11, 1)


def business(on: Wire) -> None:
    """Alice has sold 568,603.17 of 700,000, Lin 100 of 1,000, and 50 went directly."""
    with unit_of_work(on.engine) as session:
        on.made.sells(session, "alice", date(2019, 11, 4), "500000.00")
        on.made.sells(session, "alice", date(2019, 11, 14), "68603.17")
        on.made.sells(session, "alice", date(2018, 11, 5), "578475.00")
        on.made.sells(session, "lin", date(2019, 11, 5), "100.00", region="West")
        on.made.sells(session, None, date(2019, 11, 5), "50.00", channel="direct")
        on.made.aims(session, "alice", NOVEMBER, "700000")
        on.made.aims(session, "lin", NOVEMBER, "1000")
        settle(session)


@pytest.fixture(params=["http", "socket"])
def slack(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Wire]:
    with wire(engine, socket_mode=request.param == "socket") as made:
        business(made)
        yield made


@pytest.fixture
def http(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        business(made)
        yield made


def asked(on: Wire, who: str, typed: str, channel: str = "#general") -> str:
    """What the person reads after typing."""
    person = on.person(who)
    outcome = person.types(typed, channel)
    assert outcome.ok, outcome
    return person.last(channel).text_content


def test_a_rep_reads_their_month(slack: Wire) -> None:
    read = asked(slack, "alice", "/target")
    assert "568,603 of 700,000 (81.2%)" in read or "568,603 of 700,000 (81.2 %)" in read
    assert "10 of 21 working days gone" in read


def test_parts_target_is_the_same(slack: Wire) -> None:
    assert asked(slack, "alice", "/parts target me 2019-11") == asked(slack, "alice", "/target 2019-11")


def test_why_shows_the_arithmetic_to_the_cent(slack: Wire) -> None:
    alice = slack.person("alice")
    alice.types("/target", "#general")
    alice.clicks(alice.last("#general"), "Why?")
    read = alice.waits_for("#general", "568,603.17").text_content
    assert "700,000" in read


def test_by_week_adds_up(http: Wire) -> None:
    alice = http.person("alice")
    alice.types("/target", "#general")
    alice.clicks(alice.last("#general"), "By Week")
    read = alice.waits_for("#general", "500,000").text_content
    assert "68,603" in read


@pytest.mark.parametrize(
    ("who", "typed", "words"),
    [
        ("lin", "/target", "工作日"),
        ("wei", "/target alice", "你可以看自己的數字"),
        ("lin", "/target alice", "你可以看自己的数字"),
        ("alice", "/target lin", "You can see your own numbers"),
        ("carol", "/target company", "region"),
        ("gina", "/target est", "East"),
        ("gina", "/target 2019-13", "2019"),
        ("alice", "/parts targte", "target"),
    ],
)
def test_everybody_is_answered_in_their_language(http: Wire, who: str, typed: str, words: str) -> None:
    read = asked(http, who, typed)
    assert words in read
    if who != "alice":
        assert "568,603" not in read


def test_a_stranger_gets_a_sentence_and_no_number(http: Wire) -> None:
    http.workspace.add_user("eve", "eve@elsewhere.example")
    read = asked(http, "eve", "/target alice")
    assert "568" not in read
    assert read


def test_somebody_new_is_found_by_their_email(http: Wire) -> None:
    with http.engine.begin() as connection:
        connection.execute(text("UPDATE person SET slack_user_id = NULL WHERE code = 'alice'"))
    assert "568,603" in asked(http, "alice", "/target")


def test_a_right_removed_a_second_ago_refuses_the_click(http: Wire) -> None:
    gina = http.person("gina")
    gina.types("/target east", "#general")
    card = gina.last("#general")
    with http.engine.begin() as connection:
        connection.execute(text("UPDATE role_grant SET valid_to = '2019-11-14' WHERE role = 'executive'"))
    gina.clicks(card, "Why?")
    assert "You can see your own numbers" in gina.last("#general").text_content


def test_sharing_puts_the_total_into_its_channel_once(http: Wire) -> None:
    gina = http.person("gina")
    gina.types("/target company", "#general")
    gina.clicks(gina.last("#general"), "Share")
    with http.engine.connect() as connection:
        rows = connection.execute(text("SELECT channel, state FROM outbox")).all()
        verbs = connection.scalars(text("SELECT verb FROM event")).all()
    assert [tuple(row) for row in rows] == [("#sales", "pending")]
    assert verbs == ["shared"]


def test_a_persons_numbers_are_never_offered_for_sharing(http: Wire) -> None:
    alice = http.person("alice")
    alice.types("/target", "#general")
    assert "Share" not in alice.last("#general").buttons


def test_hostile_text_is_shown_literally(http: Wire) -> None:
    read = asked(http, "gina", "/target <!channel> *x* {{7*7}}")
    assert "{{7*7}}" in read
    assert "49" not in read


def test_settings_change_the_language_at_once(http: Wire) -> None:
    alice = http.person("alice")
    alice.types("/parts settings", "#general")
    modal = alice.modal()
    assert modal is not None
    with http.engine.connect() as connection:
        before = connection.scalar(text("SELECT locale FROM person WHERE code = 'alice'"))
    assert before is None
    alice.fills("people.settings.language", "zh_Hant")
    assert not alice.submits().errors
    assert "工作天" in asked(http, "alice", "/target")


def test_home_shows_my_day(http: Wire) -> None:
    alice = http.person("alice")
    alice.opens_home()
    http.workspace.settle()
    assert "568,603" in alice.home().text_content
