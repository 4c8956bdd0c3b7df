"""What everybody sets for themselves: language, hour, zone, quiet hours, pauses; and what they are told they get."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.limits import Limits
from gateways.database.unit_of_work import unit_of_work
from tests.company import settle
from tests.wire import Wire, wire


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        made.context.limits = Limits(per_minute=10**6)
        with unit_of_work(engine) as session:
            made.made.sells(session, "alice", date(2019, 11, 4), "500")
            made.made.aims(session, "alice", date(2019, 11, 1), "2100", region="East")
            settle(session)
        yield made


def preference(on: Wire, who: str) -> dict[str, Any]:
    with on.engine.connect() as connection:
        row = connection.execute(
            text("SELECT f.*, p.snoozed_until FROM person p LEFT JOIN preference f ON f.person_id = p.id"
                 " WHERE p.code = :who"), {"who": who},
        ).mappings().one()  # fmt: skip
        return {key: str(value) if value is not None else None for key, value in row.items()}


def test_an_hour_a_zone_and_quiet_hours_of_ones_own(on: Wire) -> None:
    alice = on.person("alice")
    alice.types("/parts settings", "#general")
    shown = alice.modal()
    assert shown is not None and len([b for b in shown.blocks if b["type"] == "input"]) <= 6
    assert alice.options(shown, "people.settings.zone", "prag") == ["Europe/Prague"]
    alice.fills("people.settings.at", "07:00")
    errors = alice.submits().errors
    assert next(iter(errors.values())).startswith("07:00 is in your quiet hours (19:00 to 08:00)")
    alice.fills("people.settings.quiet_to", "06:30").fills("people.settings.zone", "Europe/Prague")
    assert not alice.submits().errors
    assert "every working day at 07:00 (Europe/Prague)" in alice.last("@PartsPlan").text_content
    found = preference(on, "alice")
    assert (found["digest_at"], found["timezone"]) == ("07:00:00", "Europe/Prague")
    assert (found["quiet_from"], found["quiet_to"]) == ("19:00:00", "06:30:00")
    alice.types("/parts settings", "#general")
    again = alice.modal()
    assert again is not None
    assert again.control("people.settings.at").element["initial_option"]["value"] == "07:00"
    alice.fills("people.settings.at", "company").fills("people.settings.zone", "")
    alice.fills("people.settings.quiet_from", "company").fills(
        "people.settings.quiet_to", "company"
    ).submits()
    found = preference(on, "alice")
    assert (found["digest_at"], found["timezone"], found["quiet_from"]) == (None, None, None)
    with on.engine.connect() as connection:
        changes = connection.execute(text("SELECT before, after FROM event WHERE verb = 'chose_times'")).all()
    assert [c.after["digest_at"] for c in changes] == ["07:00", None] and changes[1].before[
        "digest_at"
    ] == "07:00"


def pause(on: Wire, who: str, **chosen: str) -> dict[str, str]:
    person = on.person(who)
    shown = person.modal()
    if shown is None:
        person.types("/parts settings", "#general")
    if shown is None or shown.callback_id == "people.settings.save":
        assert person.clicks("people.pause.open").ok
    for field, value in chosen.items():
        person.fills(f"people.pause.{field}", value)
    return person.submits().errors


def test_a_pause_of_everything_for_a_leave_and_its_end(on: Wire) -> None:
    assert pause(on, "alice", kind="all", until="day") == {
        "day": "Choose the first day on which messages come again."
    }
    assert pause(on, "alice", day="2019-11-15") == {"day": "Choose a day after today."}
    assert "would end before" in pause(on, "alice", day="2019-12-09", first="2019-12-10")["first"]
    assert pause(on, "alice", first="2019-12-02") == {}
    said = on.person("alice").last("@PartsPlan").text_content
    assert "Everything from 2 December until 9 December" in said
    found = preference(on, "alice")
    assert (found["snoozed_until"], found["away_from"]) == ("2019-12-09", "2019-12-02")
    assert pause(on, "alice", until="off") == {}
    assert preference(on, "alice")["snoozed_until"] is None


def test_one_kind_alone(on: Wire) -> None:
    errors = pause(on, "lin", kind="daily_progress", until="monday", first="2019-11-17")
    assert errors == {"first": "请假会暂停全部消息：请在上面选“全部”，或这里留空。"}
    assert pause(on, "lin", kind="daily_progress", until="monday", first="") == {}
    assert "每日进度（到 11 月 18 日恢复）" in on.person("lin").last("@PartsPlan").text_content
    found = preference(on, "lin")
    assert found["snoozed_until"] is None and found["snoozed_kinds"] == "{'daily_progress': '2019-11-18'}"


def test_what_i_get_and_why(on: Wire) -> None:
    alice = on.person("alice")
    alice.types("/parts settings", "#general")
    alice.clicks("What I Get and Why")
    shown = alice.modal()
    assert shown is not None
    for words in (
        "every working day at 08:30 (UTC), because you sell",
        "not sent yet",
        "#east (East)",
        "Never about what you did yourself",
        "19:00 to 08:00",
    ):
        assert words in shown.text_content, words
    assert "#west" not in shown.text_content
    gina = on.person("gina")
    gina.types("/parts settings", "#general")
    gina.clicks("What I Get and Why")
    read = gina.modal()
    assert (
        read is not None and "no numbers of your own" in read.text_content and "#sales" in read.text_content
    )


def test_a_test_of_my_own_numbers(on: Wire) -> None:
    alice = on.person("alice")
    alice.types("/parts settings", "#general")
    alice.clicks("Send Me a Test")
    shown = alice.modal()
    assert shown is not None and "A test is in your messages" in shown.text_content
    read = alice.last("@PartsPlan").text_content
    assert "Test: this is what you would get now." in read and "500 of 2,100" in read
    gina = on.person("gina")
    gina.types("/parts settings", "#general")
    gina.clicks("Send Me a Test")
    assert "You would get nothing now" in gina.last("@PartsPlan").text_content


@pytest.mark.parametrize(
    ("who", "title", "pause_title"), [("wei", "個人設定", "暫停訊息"), ("lin", "个人设置", "暂停消息")]
)
def test_forms_in_the_readers_language(on: Wire, who: str, title: str, pause_title: str) -> None:
    person = on.person(who)
    person.types("/parts settings", "#general")
    shown = person.modal()
    assert shown is not None and shown.title == title
    person.clicks(pause_title)
    shown = person.modal()
    assert shown is not None and shown.title == pause_title


def roles(on: Wire, who: str, whose: str) -> None:
    person = on.person(who)
    person.types("/parts company", "#general")
    person.clicks("Roles")
    person.fills("people.roles.person", whose)
    assert not person.submits().errors


def read(on: Wire, who: str = "adam") -> str:
    shown = on.person(who).modal()
    assert shown is not None
    return shown.text_content


def told(on: Wire) -> list[tuple[str, str]]:
    with on.engine.connect() as connection:
        return [
            (r.channel, r.payload["text"])
            for r in connection.execute(text("SELECT channel, payload FROM outbox ORDER BY id"))
        ]


def test_a_role_is_given_and_ended_and_its_holder_hears_of_it(on: Wire) -> None:
    roles(on, "adam", "Lin (lin)")
    adam = on.person("adam")
    assert "Sales representative (from the people list)" in read(on)
    errors = adam.fills("people.roles.role", "region_lead").submits().errors
    assert next(iter(errors.values())) == "Choose the region that is led."
    adam.fills("people.roles.region", "West").fills("people.roles.last", "2019-11-01")
    assert next(iter(adam.submits().errors.values())).startswith("The last day is before the first")
    adam.fills("people.roles.last", "2020-01-31")
    assert not adam.submits().errors
    assert "Lin has the role: Lead of a region, West, 15 November to 31 January 2020." in read(on)
    lin = on.workspace.state.user("lin").id
    assert told(on) == [
        (lin, "Adam 给了你 PartsPlan 的角色：区域主管，华西，11 月 15 日至 2020 年 1 月 31 日。")
    ]
    person = on.person("lin")
    person.types("/target west", "#general")
    assert "华西" in person.last("#general").text_content
    shown = adam.modal()
    control = next(
        c for c in shown.controls if c.element.get("accessibility_label") == "End Lead of a region"
    )
    adam._act(shown, control, None)
    assert "Lin no longer has the role: Lead of a region, West." in read(on)
    person.types("/target west", "#general")
    assert "你可以看自己的数字" in person.last("#general").text_content
    with on.engine.connect() as connection:
        verbs = connection.scalars(text("SELECT verb FROM event WHERE verb LIKE 'role%' ORDER BY seq")).all()
    assert verbs == ["role_given", "role_ended"]


def test_a_role_of_the_people_list_says_where_it_comes_back_from(on: Wire) -> None:
    roles(on, "adam", "Gina (gina)")
    on.person("adam").clicks("End")
    assert "It came with the people list" in read(on)


def test_nobody_touches_their_own_rights_and_one_administrator_stays(on: Wire) -> None:
    roles(on, "adam", "Adam (adam)")
    adam = on.person("adam")
    adam.clicks("End")
    assert "given and ended by others" in read(on)
    roles(on, "adam", "Wei (wei)")
    adam.fills("people.roles.role", "admin").fills("people.roles.last", "2019-11-20")
    assert not adam.submits().errors
    wei = on.person("wei")
    wei.types("/parts company", "#general")
    wei.clicks("角色")
    wei.fills("people.roles.person", "Adam (adam)").submits()
    wei.clicks("結束")
    assert "這樣就沒有人能改設定了" in read(on, "wei"), "Wei's own role ends on the 20th"
    with on.engine.connect() as connection:
        assert (
            connection.scalar(
                text("SELECT count(*) FROM role_grant WHERE role = 'admin' AND valid_to IS NULL")
            )
            == 1
        )


def test_their_own_act_is_not_told(on: Wire) -> None:
    roles(on, "adam", "Adam (adam)")
    adam = on.person("adam")
    adam.fills("people.roles.role", "planner")
    assert not adam.submits().errors
    assert told(on) == []


def test_nobody_but_administrators_gives_roles(on: Wire) -> None:
    roles(on, "adam", "Lin (lin)")
    with on.engine.begin() as connection:
        connection.execute(text("UPDATE role_grant SET valid_to = '2019-11-14' WHERE role = 'admin'"))
    adam = on.person("adam")
    adam.fills("people.roles.role", "executive").submits()
    assert "Only an administrator" in adam.last("@PartsPlan").text_content
    with on.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM role_grant WHERE role = 'executive'")) == 1
